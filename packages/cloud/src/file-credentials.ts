import { readFile } from 'node:fs/promises';
import { checkedCredentials, type Credentials, type CredentialSource, CredentialsError } from './credentials.js';

/**
 * Credentials in a JSON file with the fields of an STS answer: `AccessKeyId`, `AccessKeySecret` and, if temporary,
 * `SecurityToken`. The file is read before every call, so whoever rotates it only has to replace it by a rename.
 */
export function fileCredentials(path: string): CredentialSource {
  return { name: 'profile', current: () => readCredentials(path) };
}

async function readCredentials(path: string): Promise<Credentials> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CredentialsError('unreadable', `credentials file ${path} cannot be read`, { cause: error });
  });
  const fields = parse(text, path);
  const field = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  return checkedCredentials(
    {
      accessKeyId: field('AccessKeyId'),
      accessKeySecret: field('AccessKeySecret'),
      securityToken: field('SecurityToken'),
    },
    `credentials file ${path}`,
  );
}

function parse(text: string, path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // the parser's message quotes the text, and with it the secret
  }
  throw new CredentialsError('malformed', `credentials file ${path}: expected a JSON object, got something else`);
}
