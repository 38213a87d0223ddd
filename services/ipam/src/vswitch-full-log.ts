import type { CloudRefusal } from '@terway/cloud';
import type { Logger } from '@terway/runtime';

/** At most one line per node and vSwitch in this time. */
const everyMs = 10_000;

/** The line that operators of Terway look for when a vSwitch has no address left. */
export class VSwitchFullLog {
  private readonly printedAtMs = new Map<string, number>();

  constructor(
    private readonly log: Pick<Logger, 'warn'>,
    private readonly nowMs: () => number,
  ) {}

  note(nodeId: string, vSwitchId: string, { requestId, status, code, message }: CloudRefusal): void {
    const key = `${nodeId}/${vSwitchId}`;
    this.forgetOld();
    if (this.printedAtMs.has(key)) return;
    this.printedAtMs.set(key, this.nowMs());
    const said = `RequestId: ${requestId} Status Code: ${status} Code: ${code} Message: ${message}`;
    this.log.warn(`Assign private ip address failed: Aliyun API Error: ${said}, retrying`);
  }

  /** How many lines are remembered, so as not to be printed again: those of the last 10 s at the latest note. */
  get remembered(): number {
    return this.printedAtMs.size;
  }

  /** The map is in the order of printing, so the old ones come first. */
  private forgetOld(): void {
    for (const [key, atMs] of this.printedAtMs) {
      if (this.nowMs() - atMs < everyMs) return;
      this.printedAtMs.delete(key);
    }
  }
}
