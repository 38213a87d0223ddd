import { type Component, periodic } from '@terway/runtime';
import type { Vpc, VSwitch } from '../fabric/vpc.js';
import { afterLinkChange, type LinkChange, type PluggedEnis, vpcOf } from './plugged-enis.js';

export interface LiveVpcParts {
  readonly apply: (vpc: Vpc) => Promise<void>;
  readonly vSwitches: readonly VSwitch[];
  readonly services: readonly string[];
  /** Hears what went wrong while following; the next pass tries again. */
  readonly report: (error: unknown) => void;
}

/** How long a link that vanished with its namespace stays away, at most. */
const lookAgainMs = 5000;

/** Keeps the fabric equal to the cloud: at once after each change, and now and then because links can vanish. */
export class LiveVpc {
  private plugged: PluggedEnis = new Map();
  private readonly nodes = new Map<string, string>();
  private readonly loop: Component & { wake(): void };

  constructor(private readonly parts: LiveVpcParts) {
    this.loop = periodic({
      name: 'vpc',
      intervalMs: lookAgainMs,
      task: () => this.settle(),
      report: parts.report,
    });
  }

  /** The namespace that plays an instance, from now on; its ENIs are plugged into it. */
  addNode(instanceId: string, netns: string): void {
    this.nodes.set(instanceId, netns);
  }

  /** The instance is switched off: its ENIs are plugged nowhere. */
  removeNode(instanceId: string): void {
    this.nodes.delete(instanceId);
    this.loop.wake();
  }

  follow(change: LinkChange): void {
    this.plugged = afterLinkChange(this.plugged, change);
    this.loop.wake();
  }

  /** Resolves when the kernel carries all that was known at the call. */
  async settle(): Promise<void> {
    const { vSwitches, services, apply } = this.parts;
    await apply(vpcOf(this.plugged, { nodes: this.nodes, vSwitches, services }));
  }

  start(): Promise<void> {
    return this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }
}
