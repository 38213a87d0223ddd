import { IpamRefusal } from '@terway/ipam-core';
import { createLogger } from '@terway/runtime';
import { VSwitchFullLog } from './vswitch-full-log.js';

function full(vSwitchId: string): IpamRefusal {
  const details = {
    vswitch_id: vSwitchId,
    request_id: 'R-1',
    cloud_code: 'InvalidVSwitchId.IpNotEnough',
    cloud_message: `The specified VSwitch ${vSwitchId} has not enough IpAddress.`,
    cloud_status: '403',
  };
  return new IpamRefusal('vswitch-exhausted', 'full', { details });
}

describe('the line of a full vSwitch', () => {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', format: 'text', nowMs: () => 0, write: (line) => lines.push(line) });
  beforeEach(() => void lines.splice(0));

  it('reads as operators of Terway know it', () => {
    new VSwitchFullLog((line) => log.warn(line), 10_000).note(full('vsw-1'), 0);
    expect(lines).toEqual([
      'time="1970-01-01T00:00:00Z" level=warning msg="Assign private ip address failed: Aliyun API Error: ' +
        'RequestId: R-1 Status Code: 403 Code: InvalidVSwitchId.IpNotEnough ' +
        'Message: The specified VSwitch vsw-1 has not enough IpAddress., retrying"\n',
    ]);
  });

  it('comes at most once in 10 s for each vSwitch', () => {
    const printed: number[] = [];
    let nowMs = 0;
    const fullLog = new VSwitchFullLog(() => printed.push(nowMs), 10_000);
    const notes: readonly (readonly [number, string])[] = [
      [0, 'vsw-1'],
      [5_000, 'vsw-1'],
      [5_000, 'vsw-2'],
      [9_999, 'vsw-1'],
      [10_000, 'vsw-1'],
      [14_999, 'vsw-2'],
      [15_000, 'vsw-2'],
    ];
    for (const [atMs, vSwitchId] of notes) {
      nowMs = atMs;
      fullLog.note(full(vSwitchId), atMs);
    }
    expect(printed).toEqual([0, 5_000, 10_000, 15_000]);
  });

  it('does not come for other refusals', () => {
    new VSwitchFullLog((line) => log.warn(line), 10_000).note(new IpamRefusal('pool-exhausted', 'empty'), 0);
    const throttled = new IpamRefusal('pool-exhausted', 'empty', { details: { cloud_code: 'Throttling' } });
    new VSwitchFullLog((line) => log.warn(line), 10_000).note(throttled, 0);
    expect(lines).toEqual([]);
  });
});
