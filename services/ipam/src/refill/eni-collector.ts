import type { CloudApi, CloudEni } from '@terway/cloud';
import type { NodeRecord } from '@terway/ipam-core';
import type { Logger } from '@terway/runtime';
import type { NodeStore } from '../store/node-store.js';
import { orphansAmong } from './orphans.js';
import { clusterTags } from './refill-config.js';

export interface EniCollectorParts {
  readonly cloud: Pick<CloudApi, 'listEnis' | 'deleteEni'>;
  readonly store: Pick<NodeStore, 'nodeIds' | 'read'>;
  readonly clusterId: string;
  /** How long a call that was sent can still change what a listing shows. */
  readonly boundMs: number;
  readonly nowMs: () => number;
  readonly log: Logger;
}

/** Deletes ENIs that carry our tags and that nobody wants any more; any number of replicas may do so at once. */
export class EniCollector {
  /** When the first listing began that showed the ENI as an orphan. */
  private readonly orphanSinceMs = new Map<string, number>();

  constructor(private readonly parts: EniCollectorParts) {}

  /**
   * One look at the ENIs of the cluster that no instance has. An orphan goes once two looks that are the bound apart have
   * shown it. @throws IpamRefusal when a record cannot be read: what is in it may explain an ENI
   */
  async collect(signal: AbortSignal): Promise<void> {
    const { clusterId, cloud, nowMs, boundMs } = this.parts;
    const beganAtMs = nowMs();
    const listed = await cloud.listEnis({ tags: clusterTags(clusterId), status: 'Available' }, signal);
    if (listed.kind !== 'done') return;
    const orphans = orphansAmong(listed.value, await this.records());
    this.remember(orphans, beganAtMs);
    for (const orphan of orphans) {
      const sinceMs = this.orphanSinceMs.get(orphan.eniId) ?? beganAtMs;
      if (beganAtMs - sinceMs >= boundMs) await this.remove(orphan, signal);
    }
  }

  private async records(): Promise<NodeRecord[]> {
    const { store } = this.parts;
    const records = await Promise.all((await store.nodeIds()).map((id) => store.read(id)));
    return records.filter((record) => record !== undefined);
  }

  private remember(orphans: readonly CloudEni[], beganAtMs: number): void {
    const now = new Set(orphans.map(({ eniId }) => eniId));
    for (const eniId of this.orphanSinceMs.keys()) if (!now.has(eniId)) this.orphanSinceMs.delete(eniId);
    for (const eniId of now) if (!this.orphanSinceMs.has(eniId)) this.orphanSinceMs.set(eniId, beganAtMs);
  }

  /** The cloud refuses to delete what an instance has; what it refuses or does not answer is looked at again. */
  private async remove({ eniId, ips }: CloudEni, signal: AbortSignal): Promise<void> {
    const outcome = await this.parts.cloud.deleteEni({ eniId }, signal);
    const about = { eni: eniId, ips: ips.join(' '), outcome: outcome.kind };
    this.parts.log.info('ENI that no record explains is deleted', about);
  }
}
