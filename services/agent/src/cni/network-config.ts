import { CniError, cniCode } from './errors.js';

export interface NetworkConfig {
  readonly cniVersion: string | undefined;
  /** Name of the network; part of the identity of every attachment. */
  readonly name: string;
  readonly dns: unknown;
  /** Unread: ADD and CHECK judge it, DEL does not care. */
  readonly prevResult: unknown;
  /** Unread; only GC has it. */
  readonly validAttachments: unknown;
}

/** What the specification allows in the name of a network and in a container id. */
export const identifier = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/**
 * The network configuration on standard input. Fields that the plugin does not know are allowed.
 *
 * @throws CniError 6, when it is not one JSON object; 7, when a field is not what the specification allows
 */
export function parseNetworkConfig(stdin: string): NetworkConfig {
  const config = parseObject(stdin);
  return {
    cniVersion: versionOf(config),
    name: nameOf(config),
    dns: config['dns'],
    prevResult: config['prevResult'],
    validAttachments: config['cni.dev/valid-attachments'],
  };
}

/** The version that an answer should carry although the call failed before it was understood. */
export function versionForErrors(stdin: string): string {
  try {
    return versionOf(parseObject(stdin)) ?? '0.1.0';
  } catch {
    return '1.0.0';
  }
}

function parseObject(stdin: string): Record<string, unknown> {
  const text = stdin.startsWith('\ufeff') ? stdin.slice(1) : stdin;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CniError(cniCode.decodeFailure, 'stdin: expected one JSON object', String(cause), { cause });
  }
  if (!isObject(value))
    throw new CniError(cniCode.decodeFailure, `stdin: expected one JSON object, got ${kind(value)}`);
  return value;
}

function versionOf(config: Record<string, unknown>): string | undefined {
  const version = config['cniVersion'];
  if (version === undefined || typeof version === 'string') return version;
  throw new CniError(cniCode.decodeFailure, `cniVersion: expected a string, got ${kind(version)}`);
}

function nameOf(config: Record<string, unknown>): string {
  const name = config['name'];
  if (typeof name === 'string' && identifier.test(name)) return name;
  const got = typeof name === 'string' ? JSON.stringify(name) : kind(name);
  throw new CniError(cniCode.invalidConfig, `name: expected letters, digits, "_", ".", "-", got ${got}`);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a JSON value is, in the words of JSON. */
export function kind(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
