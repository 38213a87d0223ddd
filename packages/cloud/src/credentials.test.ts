import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CredentialsError, staticCredentials } from './credentials.js';
import { fileCredentials } from './file-credentials.js';

describe('staticCredentials', () => {
  it.each([
    ['an access key', {}, 'static_ak'],
    ['temporary credentials', { securityToken: 'token' }, 'static_sts'],
    ['an empty token as none', { securityToken: '' }, 'static_ak'],
  ])('takes %s', async (_, token, name) => {
    const source = staticCredentials({ accessKeyId: 'id', accessKeySecret: 'secret', ...token });
    expect(source.name).toBe(name);
    expect((await source.current()).accessKeyId).toBe('id');
  });

  it('names what is missing', () => {
    expect(() => staticCredentials({ accessKeyId: 'id', accessKeySecret: '' })).toThrow(
      'credentials: access key secret: expected a non-empty string, got nothing',
    );
  });
});

describe('fileCredentials', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'credentials-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('reads the file anew for every call', async () => {
    const path = join(dir, 'credentials.json');
    const put = async (content: object): Promise<void> => {
      await writeFile(`${path}.new`, JSON.stringify(content));
      await rename(`${path}.new`, path);
    };
    const source = fileCredentials(path);

    await put({ AccessKeyId: 'a', AccessKeySecret: 's' });
    expect(await source.current()).toEqual({ accessKeyId: 'a', accessKeySecret: 's' });
    await put({ AccessKeyId: 'b', AccessKeySecret: 's', SecurityToken: 't', Expiration: '2030-01-01T00:00:00Z' });
    expect(await source.current()).toEqual({ accessKeyId: 'b', accessKeySecret: 's', securityToken: 't' });
  });

  it.each([
    ['a missing file', undefined, 'unreadable'],
    ['text that is not JSON', 'AccessKeySecret=hush', 'malformed'],
    ['JSON that is no object', '"hush"', 'malformed'],
    ['a missing secret', '{"AccessKeyId":"a"}', 'malformed'],
    ['a secret of another type', '{"AccessKeyId":"a","AccessKeySecret":1}', 'malformed'],
  ])('refuses %s without telling the content', async (_, content, reason) => {
    const path = join(dir, 'credentials.json');
    if (content !== undefined) await writeFile(path, content);
    const error: unknown = await fileCredentials(path)
      .current()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({ reason, message: expect.stringContaining(path) });
    expect(String(error)).not.toContain('hush');
  });
});
