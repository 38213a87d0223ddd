import type { PoolPolicy, VSwitchPolicy } from '@terway/ipam-core';
import { closest } from '@terway/runtime';
import ipaddr from 'ipaddr.js';

/** What the service takes of `eni_conf`, the JSON that operators of Terway know. */
export interface EniConf {
  /** Candidate vSwitches by zone. */
  readonly vSwitches: Readonly<Record<string, readonly string[]>>;
  readonly securityGroupIds: readonly string[];
  readonly poolPolicy: Pick<PoolPolicy, 'minIdle' | 'maxIdle' | 'vSwitchPolicy'>;
  readonly eniTags: Readonly<Record<string, string>>;
  readonly resourceGroupId: string | undefined;
  readonly serviceCidrs: readonly string[];
  readonly extraRoutes: readonly string[];
}

export interface ReadEniConf {
  readonly conf: EniConf;
  /** Unknown keys with a suggestion, and keys that are known and not honoured. */
  readonly warnings: readonly string[];
}

/** Everything that is wrong with an `eni_conf`, each with key, what was expected and what came. */
export class EniConfError extends Error {
  override readonly name = 'EniConfError';
  constructor(readonly problems: readonly string[]) {
    super(`eni_conf: ${problems.join('; ')}`);
  }
}

type Checked<T> = { readonly ok: T } | { readonly expected: string };
type Check<T> = (value: unknown) => Checked<T>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

const text: Check<string> = (value) => (isText(value) ? { ok: value } : { expected: 'a text' });
const texts: Check<string[]> = (value) => (isTexts(value) ? { ok: value } : { expected: 'a list of texts' });
const count: Check<number> = (value) =>
  Number.isInteger(value) && (value as number) >= 0 ? { ok: value as number } : { expected: 'a whole number from 0' };
const tags: Check<Record<string, string>> = (value) =>
  isRecord(value) && Object.values(value).every((tag) => typeof tag === 'string')
    ? { ok: value as Record<string, string> }
    : { expected: 'an object of texts' };
const zones: Check<Record<string, string[]>> = (value) =>
  isRecord(value) && Object.values(value).every(isTexts)
    ? { ok: value as Record<string, string[]> }
    : { expected: 'an object of zones, each with a list of vSwitch ids' };
const isCidr = (value: unknown): value is string =>
  isText(value) && (ipaddr.IPv4.isValidCIDRFourPartDecimal(value) || ipaddr.IPv6.isValidCIDR(value));
const cidrs: Check<string[]> = (value) => {
  const parts = isText(value) ? value.split(',').map((part) => part.trim()) : [];
  return parts.length > 0 && parts.every(isCidr)
    ? { ok: parts }
    : { expected: 'CIDRs separated by commas, such as 172.21.0.0/20' };
};
const routes: Check<string[]> = (value) =>
  Array.isArray(value) && value.every((route) => isRecord(route) && isCidr(route['dst']))
    ? { ok: value.map((route: { dst: string }) => route.dst) }
    : { expected: 'a list of objects like {"dst": "10.0.0.0/8"}' };
const policy: Check<VSwitchPolicy> = (value) =>
  value === 'ordered' || value === 'random' || value === 'most' || value === 'balanced'
    ? { ok: value }
    : { expected: 'ordered, random, most or balanced' };

/** Keys that are honoured, as `terway` documents them. */
const honoured = {
  version: text,
  vswitches: zones,
  vswitch_selection_policy: policy,
  security_group: text,
  security_groups: texts,
  max_pool_size: count,
  min_pool_size: count,
  eni_tags: tags,
  resource_group_id: text,
  service_cidr: cidrs,
  extra_routes: routes,
} as const;

/** Keys of Terway that this release does not act on. */
const notHonoured = [
  ...['access_key', 'access_secret', 'region_id', 'credential_path', 'eni_tag_filter', 'eni_tag_block_list'],
  ...['ip_warm_up_size', 'idle_ip_reclaim_after', 'idle_ip_reclaim_interval', 'idle_ip_reclaim_batch_size'],
  ...['idle_ip_reclaim_jitter_factor', 'ip_pool_sync_period', 'min_eni', 'max_eni', 'eni_cap_ratio', 'eni_cap_shift'],
  ...['prefix', 'eni_selection_policy', 'ip_stack', 'enable_eni_trunking', 'enable_erdma', 'ipam_type', 'rate_limit'],
  ...['custom_stateful_workload_kinds', 'backoff_override', 'disable_device_plugin', 'kube_client_qps'],
  ...['kube_client_burst', 'enable_patch_pod_ips', 'enable_ip_prefix', 'ipv4_prefix_count', 'ipv6_prefix_count'],
];

/** Where a key is absent. */
const defaults = { minIdle: 4, maxIdle: 10, vSwitchPolicy: 'balanced' } as const;
const mostSecurityGroups = 10;

type Values = { [Key in keyof typeof honoured]?: (typeof honoured)[Key] extends Check<infer T> ? T : never };

/** Reads and checks an `eni_conf`. @throws EniConfError with every problem at once */
export function readEniConf(json: string): ReadEniConf {
  const given = parseObject(json);
  const problems: string[] = [];
  const warnings: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const check: Check<unknown> | undefined = Object.hasOwn(honoured, key)
      ? honoured[key as keyof typeof honoured]
      : undefined;
    if (check === undefined) {
      warnings.push(describeUnknown(key));
      continue;
    }
    const checked = check(value);
    if ('ok' in checked) values[key] = checked.ok;
    else problems.push(`${key}: expected ${checked.expected}, got ${JSON.stringify(value)}`);
  }
  const conf = confOf(values as Values);
  const { minIdle, maxIdle } = conf.poolPolicy;
  if (minIdle > maxIdle) problems.push(`min_pool_size: expected at most max_pool_size (${maxIdle}), got ${minIdle}`);
  if (conf.securityGroupIds.length > mostSecurityGroups) {
    const got = conf.securityGroupIds.length;
    problems.push(`security_groups: expected at most ${mostSecurityGroups} groups, got ${got}`);
  }
  if (problems.length > 0) throw new EniConfError(problems);
  return { conf, warnings };
}

function parseObject(json: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new EniConfError([`expected JSON, got text that does not parse: ${(cause as Error).message}`]);
  }
  if (isRecord(value)) return value;
  throw new EniConfError([`expected a JSON object, got ${JSON.stringify(value)}`]);
}

function describeUnknown(key: string): string {
  if (notHonoured.includes(key)) return `${key}: known to Terway, not honoured by this release`;
  const suggestion = closest(key, [...Object.keys(honoured), ...notHonoured]);
  return `${key}: unknown key${suggestion === undefined ? '' : `, did you mean ${suggestion}?`}`;
}

function confOf(values: Values): EniConf {
  const { security_group: group, security_groups: groups = [], min_pool_size: min, max_pool_size: max } = values;
  const maxIdle = max ?? Math.max(defaults.maxIdle, min ?? 0);
  return {
    vSwitches: values.vswitches ?? {},
    securityGroupIds: [...new Set([...(group === undefined ? [] : [group]), ...groups])],
    poolPolicy: {
      minIdle: min ?? Math.min(defaults.minIdle, maxIdle),
      maxIdle,
      vSwitchPolicy: values.vswitch_selection_policy ?? defaults.vSwitchPolicy,
    },
    eniTags: values.eni_tags ?? {},
    resourceGroupId: values.resource_group_id,
    serviceCidrs: values.service_cidr ?? [],
    extraRoutes: values.extra_routes ?? [],
  };
}
