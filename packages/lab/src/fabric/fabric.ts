import { mustRun, type RunCommand } from '../run/command.js';
import { inNetns, ipBatch, nftTransaction } from '../run/in-netns.js';
import { diffFabric, type FabricChange } from './diff-fabric.js';
import type { PortFact } from './fact.js';
import { planFabric } from './plan-fabric.js';
import { readFabric, readTable } from './read-fabric.js';
import { emptyRouter, emptyTable, renderChange, routerSysctls } from './render.js';
import { type FabricTraffic, trafficOf } from './traffic.js';
import type { Vpc } from './vpc.js';

/** Links can vanish between looking and acting, with the namespace they are in: look again so many times. */
const attempts = 4;

/**
 * The router of a VPC, in a namespace of its own. It makes the kernel hold what `planFabric` wants, starting from what
 * the kernel has, so that ENIs which vanished with a namespace are plugged again. Calls are carried out one after
 * another; of several that wait, only the newest VPC is made.
 */
export class Fabric {
  private wanted: Vpc | undefined;
  private turn: Promise<void> = Promise.resolve();

  private constructor(
    readonly netns: string,
    private readonly run: RunCommand,
  ) {}

  /** Makes the namespace, which must not exist yet. @throws LabError `command-failed` */
  static async create(netns: string, run: RunCommand): Promise<Fabric> {
    await mustRun(run, { program: 'ip', args: ['netns', 'add', netns] });
    await mustRun(run, inNetns(netns, { program: 'sysctl', args: ['-qw', ...routerSysctls] }));
    await mustRun(run, ipBatch(netns, emptyRouter));
    await mustRun(run, nftTransaction(netns, emptyTable));
    return new Fabric(netns, run);
  }

  /**
   * Resolves when the kernel carries this VPC, or a newer one. Every netns of an attached ENI must exist.
   * @throws LabError `invalid-input`, `command-failed`
   */
  apply(vpc: Vpc): Promise<void> {
    this.wanted = vpc;
    const done = this.turn.then(() => this.reconcile());
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** What has passed so far. */
  async traffic(): Promise<FabricTraffic> {
    const [facts, text] = await Promise.all([readFabric(this.netns, this.run), readTable(this.netns, this.run)]);
    const ports = facts.filter((fact): fact is PortFact => fact.kind === 'port');
    return trafficOf(text, ports);
  }

  /** Removes the namespace, and with it every link that leads into it. */
  async remove(): Promise<void> {
    await this.turn;
    await mustRun(this.run, { program: 'ip', args: ['netns', 'delete', this.netns] });
  }

  private async reconcile(): Promise<void> {
    const vpc = this.wanted;
    if (vpc === undefined) return;
    const wanted = planFabric(vpc);
    for (let attempt = 1; ; attempt++) {
      const change = diffFabric(await readFabric(this.netns, this.run), wanted);
      try {
        await this.carryOut(change);
        if (this.wanted === vpc) this.wanted = undefined;
        return;
      } catch (error) {
        if (attempt === attempts) throw error;
      }
    }
  }

  private async carryOut(change: FabricChange): Promise<void> {
    const { nft, ip } = renderChange(change);
    if (nft.length > 0) await mustRun(this.run, nftTransaction(this.netns, nft));
    if (ip.length > 0) await mustRun(this.run, ipBatch(this.netns, ip));
  }
}
