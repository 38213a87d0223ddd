import { Buffer } from 'node:buffer';
import type { Owner, Pod } from '@terway/ipam-core';
import { CniError, cniCode } from './errors.js';
import { identifier, type NetworkConfig, parseNetworkConfig } from './network-config.js';
import { parsePodArgs } from './pod-args.js';
import { parsePreviousResult, type PreviousResult } from './previous-result.js';
import { type CniVerb, type CniVersion, isVerb, negotiate } from './version.js';
import { type Attachment, parseValidAttachments } from './valid-attachments.js';

/** What the plugin sends over `cni.sock`. */
export interface CniMessage {
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
}

interface Common {
  readonly cniVersion: CniVersion;
  /** Name of the CNI network. */
  readonly network: string;
}

export interface AddRequest extends Common {
  readonly verb: 'ADD';
  readonly owner: Owner;
  readonly pod: Pod;
  readonly netns: string;
  readonly previous: PreviousResult | undefined;
  readonly dns: unknown;
}

export interface DelRequest extends Common {
  readonly verb: 'DEL';
  readonly owner: Owner;
}

export interface CheckRequest extends Common {
  readonly verb: 'CHECK';
  readonly owner: Owner;
  readonly netns: string;
  readonly previous: PreviousResult;
}

export interface GcRequest extends Common {
  readonly verb: 'GC';
  readonly valid: readonly Attachment[];
}

export interface StatusRequest extends Common {
  readonly verb: 'STATUS';
}

export type CniRequest = AddRequest | DelRequest | CheckRequest | GcRequest | StatusRequest;

type Env = CniMessage['env'];

/**
 * Understands one call of a container runtime, or says why not; nothing else of the agent reads CNI variables.
 *
 * @throws CniError 1, 4, 6 or 7
 */
export function parseRequest({ env, stdin }: CniMessage): CniRequest {
  const verb = verbOf(env);
  const config = parseNetworkConfig(stdin);
  const common = { cniVersion: negotiate(config.cniVersion, verb), network: config.name };
  switch (verb) {
    case 'ADD':
      return { ...common, verb, ...addFields(env, config) };
    case 'DEL':
      return { ...common, verb, owner: ownerOf(env, config) };
    case 'CHECK':
      return { ...common, verb, ...checkFields(env, config) };
    case 'GC':
      return { ...common, verb, valid: parseValidAttachments(config.validAttachments) };
    case 'STATUS':
      return { ...common, verb };
  }
}

function addFields(env: Env, config: NetworkConfig): Pick<AddRequest, 'owner' | 'pod' | 'netns' | 'previous' | 'dns'> {
  return {
    owner: ownerOf(env, config),
    netns: netnsOf(env),
    pod: parsePodArgs(env['CNI_ARGS'] ?? ''),
    previous: config.prevResult === undefined ? undefined : parsePreviousResult(config.prevResult),
    dns: config.dns,
  };
}

function checkFields(env: Env, config: NetworkConfig): Pick<CheckRequest, 'owner' | 'netns' | 'previous'> {
  return {
    owner: ownerOf(env, config),
    netns: netnsOf(env),
    previous: parsePreviousResult(config.prevResult),
  };
}

function verbOf(env: Env): CniVerb {
  const command = env['CNI_COMMAND'] ?? '';
  if (isVerb(command)) return command;
  throw invalid('CNI_COMMAND', 'ADD, DEL, CHECK, GC, STATUS or VERSION', command);
}

function ownerOf(env: Env, config: NetworkConfig): Owner {
  return { network: config.name, sandboxId: containerIdOf(env), interfaceName: interfaceNameOf(env) };
}

function containerIdOf(env: Env): string {
  const id = env['CNI_CONTAINERID'] ?? '';
  if (identifier.test(id)) return id;
  throw invalid('CNI_CONTAINERID', 'a letter or digit, then letters, digits, "_", ".", "-"', id);
}

function interfaceNameOf(env: Env): string {
  const name = env['CNI_IFNAME'] ?? '';
  if (isInterfaceName(name)) return name;
  throw invalid('CNI_IFNAME', '1 to 15 bytes without "/", ":" or white space, not "." or ".."', name);
}

/** What the kernel takes as the name of a link. */
export function isInterfaceName(name: string): boolean {
  const bytes = Buffer.byteLength(name, 'utf8');
  return bytes >= 1 && bytes <= 15 && name !== '.' && name !== '..' && !/[\s/:\p{Cc}]/u.test(name);
}

function netnsOf(env: Env): string {
  const path = env['CNI_NETNS'] ?? '';
  if (path.startsWith('/') && !/\p{Cc}/u.test(path)) return path;
  throw invalid('CNI_NETNS', 'the absolute path of a network namespace', path);
}

function invalid(variable: string, expected: string, got: string): CniError {
  const shown = got === '' ? 'nothing' : JSON.stringify(got.slice(0, 80));
  return new CniError(cniCode.invalidEnvironment, `${variable}: expected ${expected}, got ${shown}`);
}
