import type { IpamRefusal } from '@terway/ipam-core';

/** The line that operators of Terway look for when a vSwitch has no address left. */
export function vSwitchFullLine(refusal: IpamRefusal): string | undefined {
  if (refusal.reason !== 'vswitch-exhausted') return undefined;
  const { cloud_code: code, cloud_message: message, cloud_status: status, request_id: requestId } = refusal.details;
  if (code === undefined) return undefined;
  const cloud = `RequestId: ${requestId ?? ''} Status Code: ${status ?? ''} Code: ${code} Message: ${message ?? ''}`;
  return `Assign private ip address failed: Aliyun API Error: ${cloud}, retrying`;
}

/** Lets a line through at most once per interval and vSwitch. */
export class VSwitchFullLog {
  private readonly printedAtMs = new Map<string, number>();

  constructor(
    private readonly print: (line: string) => void,
    private readonly intervalMs: number,
  ) {}

  note(refusal: IpamRefusal, nowMs: number): void {
    const line = vSwitchFullLine(refusal);
    if (line === undefined) return;
    const vSwitch = refusal.details['vswitch_id'] ?? '';
    const lastMs = this.printedAtMs.get(vSwitch);
    if (lastMs !== undefined && nowMs - lastMs < this.intervalMs) return;
    this.printedAtMs.set(vSwitch, nowMs);
    this.print(line);
  }
}
