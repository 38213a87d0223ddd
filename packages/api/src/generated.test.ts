import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loaderOptions } from './loader-options.js';

const root = join(__dirname, '../../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: { generate: string };
};
const flags = scripts.generate.slice(scripts.generate.indexOf('proto-loader-gen-types')).split(' ').slice(1);

/** The loader's options in the words of the generator's flags. */
const flagOf: Readonly<Record<string, string>> = {
  longs: '--longs=Number',
  enums: '--enums=String',
  defaults: '--defaults',
  oneofs: '--oneofs',
  arrays: '--arrays',
  objects: '--objects',
};

describe('the generated types', () => {
  it('follow the options by which messages are read', () => {
    expect(Object.keys(flagOf)).toEqual(Object.keys(loaderOptions));
    expect(loaderOptions).toMatchObject({ longs: Number, enums: String });
    const shaping = ['longs', 'enums', 'bytes', 'defaults', 'oneofs', 'arrays', 'objects', 'keepCase', 'json'];
    const given = flags.filter((flag) => shaping.includes(flag.replace(/^--|=.*$/g, '')));
    expect(given.toSorted()).toEqual(Object.values(flagOf).toSorted());
  });

  it('are what `npm run generate` makes of the proto files', () => {
    const fresh = mkdtempSync(join(tmpdir(), 'terway-generated-'));
    try {
      const committed = 'packages/api/src/generated';
      const to = flags.map((flag) => (flag === committed ? fresh : flag));
      execFileSync(join(root, 'node_modules/.bin/proto-loader-gen-types'), to, { cwd: root });
      expect(contentOf(join(root, committed))).toEqual(contentOf(fresh));
    } finally {
      rmSync(fresh, { recursive: true });
    }
  });
});

function contentOf(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return Object.fromEntries(files.toSorted().map((file) => [file, readFileSync(join(directory, file), 'utf8')]));
}
