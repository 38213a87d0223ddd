import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@terway/runtime';
import { EniConfError } from './eni-conf.js';
import { EniConfFile } from './eni-conf-file.js';

const good = '{"vswitches": {"zone-a": ["vsw-1"]}}';
const better = '{"vswitches": {"zone-a": ["vsw-1", "vsw-2"]}}';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terway-eni-conf-'));
  path = join(folder, 'eni_conf');
});
afterEach(() => rm(folder, { recursive: true }));

/** A log that can be waited for, line by line. */
function spokenLog() {
  const lines: { readonly level: string; readonly message: string; readonly said: string }[] = [];
  const hearers: (() => void)[] = [];
  const say =
    (level: string) =>
    (message: string, fields: object = {}): void => {
      lines.push({ level, message, said: JSON.stringify(fields) });
      for (const hear of hearers.splice(0)) hear();
    };
  const log: Logger = {
    ...{ debug: say('debug'), info: say('info'), warn: say('warning'), error: say('error') },
    child: () => log,
  };
  return { lines, log, heard: (): Promise<void> => new Promise((resolve) => hearers.push(resolve)) };
}

/** What the file is after it was changed to `text`, and what the log says of that. */
async function afterEdit(file: EniConfFile, text: string, { lines, heard }: ReturnType<typeof spokenLog>) {
  await writeFile(path, text);
  const watching = file.watching();
  const said = heard();
  await watching.start();
  await said;
  await watching.stop();
  return { vSwitches: file.current.vSwitches['zone-a'], last: lines.at(-1) };
}

it('takes an edit into use', async () => {
  await writeFile(path, good);
  const spoken = spokenLog();
  const file = await EniConfFile.open(path, spoken.log);
  expect(file.current.vSwitches).toEqual({ 'zone-a': ['vsw-1'] });
  expect(await afterEdit(file, better, spoken)).toMatchObject({
    vSwitches: ['vsw-1', 'vsw-2'],
    last: { level: 'info', message: 'eni_conf has changed and is in use' },
  });
});

it('keeps the last good one after a bad edit, says what is wrong, and takes the next good one', async () => {
  await writeFile(path, good);
  const spoken = spokenLog();
  const file = await EniConfFile.open(path, spoken.log);
  expect(await afterEdit(file, '{"max_pool_size": "x"}', spoken)).toMatchObject({
    vSwitches: ['vsw-1'],
    last: { level: 'error', said: expect.stringContaining('max_pool_size: expected a whole number') },
  });
  expect(await afterEdit(file, better, spoken)).toMatchObject({ vSwitches: ['vsw-1', 'vsw-2'] });
});

it('keeps the last good one while the file is gone, and says so once', async () => {
  await writeFile(path, good);
  const spoken = spokenLog();
  const file = await EniConfFile.open(path, spoken.log);
  await rm(path);
  const watching = file.watching();
  const said = spoken.heard();
  await watching.start();
  await said;
  for (let look = 0; look < 3; look++) {
    watching.wake();
    await sleep(20);
  }
  await watching.stop();
  expect(file.current.vSwitches).toEqual({ 'zone-a': ['vsw-1'] });
  expect(spoken.lines).toMatchObject([{ level: 'error', message: 'eni_conf is kept as it was' }]);
});

it('warns of keys that it does not know', async () => {
  await writeFile(path, '{"vswitchs": {}}');
  const { lines, log } = spokenLog();
  await EniConfFile.open(path, log);
  expect(lines).toMatchObject([{ level: 'warning', said: expect.stringContaining('did you mean vswitches?') }]);
});

it('does not start on a file that is wrong, or is not there', async () => {
  await writeFile(path, '[]');
  const { log } = spokenLog();
  await expect(EniConfFile.open(path, log)).rejects.toBeInstanceOf(EniConfError);
  await expect(EniConfFile.open(join(folder, 'none'), log)).rejects.toMatchObject({
    message: expect.stringMatching(/^eni_conf: expected a file that can be read, got .*ENOENT/),
  });
});
