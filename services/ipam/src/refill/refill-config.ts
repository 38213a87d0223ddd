import type { PoolPolicy } from '@terway/ipam-core';

/** What `eni_conf` and the process settings say about filling pools; read anew for every pass. */
export interface RefillConfig {
  /** Uid of this cluster: the tag by which its ENIs are known. */
  readonly clusterId: string;
  /** Candidate vSwitches of a zone; empty = the node's own vSwitch. */
  readonly vSwitchIdsOf: (zoneId: string) => readonly string[];
  /** Groups of new ENIs; empty = those of the node's primary ENI. */
  readonly securityGroupIds: readonly string[];
  readonly poolPolicy: PoolPolicy;
  /** Tags of new ENIs beside our own. */
  readonly eniTags: Readonly<Record<string, string>>;
  readonly resourceGroupId?: string;
}

const clusterTag = 'terway.alibabacloud.com/cluster';
const intentTag = 'terway.alibabacloud.com/intent';

/** The tag that makes an ENI ours. What does not carry it is never touched. */
export function clusterTags(clusterId: string): Record<string, string> {
  return { [clusterTag]: clusterId };
}

/** The intent that has made an ENI; undefined when none of ours has. */
export function intentOf(tags: Readonly<Record<string, string>>): string | undefined {
  return tags[intentTag];
}

/** The tags of an ENI that an intent creates; upstream's own tag is among them so that its tools show it. */
export function intentTags(clusterId: string, intentId: string): Record<string, string> {
  return { ...clusterTags(clusterId), [intentTag]: intentId, creator: 'terway' };
}
