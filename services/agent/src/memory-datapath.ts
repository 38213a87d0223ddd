import { DatapathError, type PodAttachment } from '@terway/datapath';
import type { EniLink, KernelView, NetnsKind, PodDatapath } from './pod-datapath.js';

/** What the kernel was asked to do for one pod; each may be made to fail once. */
export type DatapathCall = 'attach' | 'detach';

/** For tests: a kernel that holds attachments whole or in part, by the name of their host end. */
export class MemoryDatapath implements PodDatapath {
  /** Namespaces that exist. */
  readonly sandboxes = new Set<string>();
  readonly attached = new Map<string, PodAttachment>();
  /** Parts that an attachment has lost, in words. */
  readonly lost = new Map<string, readonly string[]>();
  /** Addresses that rules of vanished pods still name. */
  readonly leftovers = new Set<string>();
  /** The next call of this kind is refused half way. */
  failNext: DatapathCall | undefined;
  /** Waited for at the start of every call of the kind. */
  readonly pauses: Partial<Record<DatapathCall, Promise<void>>> = {};

  constructor(public enis: readonly EniLink[]) {}

  async netnsKind(path: string): Promise<NetnsKind> {
    return this.sandboxes.has(path) ? 'sandbox' : 'missing';
  }

  async prepareHost(): Promise<void> {
    return undefined;
  }

  async observe(): Promise<KernelView> {
    const living = [...this.attached.values()].map(({ ip, hostIfName, eni }) => ({
      ip,
      hostInterface: hostIfName,
      eniMac: eni.mac,
    }));
    const dead = [...this.leftovers].map((ip) => ({ ip, hostInterface: undefined, eniMac: this.enis[0]?.mac ?? '' }));
    return { addresses: [...living, ...dead], hostInterfaces: [...this.attached.keys()], enis: this.enis };
  }

  async attach(attachment: PodAttachment): Promise<void> {
    await this.pauses.attach;
    this.failIfAsked('attach');
    if (!this.sandboxes.has(attachment.netns)) throw new DatapathError('netns-missing', attachment.netns);
    this.attached.set(attachment.hostIfName, attachment);
  }

  async detach({ hostIfName }: PodAttachment): Promise<void> {
    await this.pauses.detach;
    this.failIfAsked('detach');
    this.attached.delete(hostIfName);
  }

  async missing({ hostIfName, ip }: PodAttachment): Promise<readonly string[]> {
    if (this.attached.get(hostIfName)?.ip !== ip) return ['host: link'];
    return this.lost.get(hostIfName) ?? [];
  }

  async repair({ hostIfName }: PodAttachment): Promise<void> {
    this.lost.delete(hostIfName);
  }

  async forgetVanished(known: () => ReadonlySet<string>): Promise<readonly string[]> {
    const vanished = [...this.leftovers].filter((ip) => !known().has(ip));
    for (const ip of vanished) this.leftovers.delete(ip);
    return vanished;
  }

  /** The sandbox ends, and with it both ends of its link. */
  vanish(netns: string): void {
    this.sandboxes.delete(netns);
    for (const [name, attachment] of this.attached) if (attachment.netns === netns) this.attached.delete(name);
  }

  private failIfAsked(call: DatapathCall): void {
    if (this.failNext !== call) return;
    this.failNext = undefined;
    throw new DatapathError('kernel-refused', `${call} failed half way`);
  }
}
