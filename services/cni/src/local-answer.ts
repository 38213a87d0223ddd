import type { CniAnswer } from './message.js';

const newestVersion = '1.1.0';
const supportedVersions = ['0.3.0', '0.3.1', '0.4.0', '1.0.0', newestVersion];

/** Codes of the CNI specification, section 5. */
const decodeFailure = 6;
const tryAgainLater = 11;
const notAvailable = 50;

/** VERSION needs no agent: it repeats the version of the caller and says which ones the plugin speaks. */
export function versionAnswer(stdin: string): CniAnswer {
  const asked = readObject(stdin);
  if (asked === undefined) {
    return errorAnswer(newestVersion, decodeFailure, 'stdin: expected one JSON object', stdin.slice(0, 80));
  }
  const cniVersion = versionOf(asked);
  return { exit: 0, stdout: JSON.stringify({ cniVersion, supportedVersions }) };
}

/**
 * What the runtime hears when no agent answers. Every verb is to be tried again, DEL too: only the agent knows what
 * there is to clean up. STATUS says that no pod can start here.
 */
export function absentAgentAnswer(command: string | undefined, stdin: string, cause: string): CniAnswer {
  const code = command === 'STATUS' ? notAvailable : tryAgainLater;
  return errorAnswer(versionOf(readObject(stdin) ?? {}), code, 'the terway agent does not answer', cause);
}

function errorAnswer(cniVersion: string, code: number, msg: string, details: string): CniAnswer {
  return { exit: 1, stdout: JSON.stringify({ cniVersion, code, msg, details }) };
}

function versionOf(config: Record<string, unknown>): string {
  const version = config['cniVersion'];
  return typeof version === 'string' && version !== '' ? version : newestVersion;
}

function readObject(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
