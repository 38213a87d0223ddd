import type { Pod } from '@terway/ipam-core';
import { CniError, cniCode } from './errors.js';

const known = ['IgnoreUnknown', 'K8S_POD_NAMESPACE', 'K8S_POD_NAME', 'K8S_POD_INFRA_CONTAINER_ID', 'K8S_POD_UID'];
const yes = ['1', 'true', 't', 'True', 'TRUE', 'T'];

/**
 * The pod that a container runtime names in CNI_ARGS, `KEY=VALUE;KEY=VALUE`. Spaces around a pair and empty pairs do
 * not matter. As in libcni an unknown key is refused unless IgnoreUnknown is true.
 *
 * @throws CniError 4, naming the key
 */
export function parsePodArgs(text: string): Pod {
  const args = parsePairs(text);
  const unknown = [...args.keys()].filter((key) => !known.includes(key));
  if (unknown.length > 0 && !yes.includes(args.get('IgnoreUnknown') ?? '')) {
    throw invalid(`unknown key ${unknown.join(', ')}, and IgnoreUnknown is not 1`);
  }
  return {
    namespace: required(args, 'K8S_POD_NAMESPACE'),
    name: required(args, 'K8S_POD_NAME'),
    uid: args.get('K8S_POD_UID') ?? '',
  };
}

function parsePairs(text: string): ReadonlyMap<string, string> {
  const args = new Map<string, string>();
  for (const pair of text.split(';').map((part) => part.trim())) {
    if (pair === '') continue;
    const [key = '', value, ...rest] = pair.split('=');
    if (key === '' || value === undefined || rest.length > 0) throw invalid(`expected KEY=VALUE, got ${pair}`);
    const earlier = args.get(key);
    if (earlier !== undefined && earlier !== value) throw invalid(`${key} is both ${earlier} and ${value}`);
    args.set(key, value);
  }
  return args;
}

function required(args: ReadonlyMap<string, string>, key: string): string {
  const value = args.get(key);
  if (value === undefined || value === '') throw invalid(`${key} is missing`);
  return value;
}

function invalid(what: string): CniError {
  return new CniError(cniCode.invalidEnvironment, `CNI_ARGS: ${what}`);
}
