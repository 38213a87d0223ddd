import { IpamRefusal } from '@terway/ipam-core';

/**
 * Every key of a cluster begins with `ipam:{<cluster>:`. All of a node carries one hash tag, so that it lives in one slot
 * of a Redis Cluster; no key has a TTL.
 */
export interface RedisKeys {
  /** HASH: the record as ipam-core packs it, and `rev`, the random id of the last write. */
  record(nodeId: string): string;
  /** HASH: request id -> Unix ms. May vanish at any time. */
  requests(nodeId: string): string;
  /** SET of node ids: an index, whole again after every node has renewed once. */
  readonly registry: string;
  /** HASH: intent id -> reservation. */
  reservations(vSwitchId: string): string;
}

const registryName = 'reg';

/**
 * @throws IpamRefusal `invalid-request`, also from the functions, for a name with a brace or a colon: the first pair of
 * braces in a key decides its slot, and colons separate names
 */
export function keysOf(clusterId: string): RedisKeys {
  const prefix = `ipam:{${checked('cluster id', clusterId)}:`;
  const record = (nodeId: string): string => {
    if (nodeId === registryName) throw invalid('node id', 'another name', nodeId);
    return `${prefix}${checked('node id', nodeId)}}`;
  };
  return {
    record,
    requests: (nodeId) => `${record(nodeId)}:r`,
    registry: `${prefix}${registryName}}`,
    reservations: (vSwitchId) => `${prefix}vsw:${checked('vSwitch id', vSwitchId)}}`,
  };
}

function checked(what: string, name: string): string {
  if (name === '' || /[{}:]/.test(name)) throw invalid(what, 'text without braces and colons', name);
  return name;
}

function invalid(what: string, expected: string, got: string): IpamRefusal {
  return new IpamRefusal('invalid-request', `${what}: expected ${expected}, got ${JSON.stringify(got)}`);
}
