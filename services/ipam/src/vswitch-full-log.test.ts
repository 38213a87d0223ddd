import type { CloudRefusal } from '@terway/cloud';
import { createLogger } from '@terway/runtime';
import { VSwitchFullLog } from './vswitch-full-log.js';

const refusal: CloudRefusal = {
  reason: 'vswitch-exhausted',
  code: 'InvalidVSwitchId.IpNotEnough',
  message: 'The specified VSwitch "vsw-AAA" has not enough IpAddress.',
  status: 403,
  requestId: '2095E971-E473-4BA0-853F-0C41CF52651D',
};

function fullLog() {
  const lines: string[] = [];
  const clock = { nowMs: Date.parse('2020-03-17T07:03:40Z') };
  const nowMs = (): number => clock.nowMs;
  const log = createLogger({ level: 'info', format: 'text', nowMs, write: (line) => lines.push(line) });
  return { lines, clock, full: new VSwitchFullLog(log, nowMs) };
}

it('prints the line that operators know, letter by letter', () => {
  const { lines, full } = fullLog();
  full.note('i-1', 'vsw-AAA', refusal);
  expect(lines).toEqual([
    'time="2020-03-17T07:03:40Z" level=warning msg="Assign private ip address failed: Aliyun API Error: ' +
      'RequestId: 2095E971-E473-4BA0-853F-0C41CF52651D Status Code: 403 Code: InvalidVSwitchId.IpNotEnough ' +
      'Message: The specified VSwitch \\"vsw-AAA\\" has not enough IpAddress., retrying"\n',
  ]);
});

it('prints it once in 10 s for each node and vSwitch', () => {
  const { lines, clock, full } = fullLog();
  const linesAfter = (afterMs: number, nodeId: string, vSwitchId: string): number => {
    clock.nowMs += afterMs;
    full.note(nodeId, vSwitchId, refusal);
    return lines.length;
  };
  expect(linesAfter(0, 'i-1', 'vsw-AAA')).toBe(1);
  expect(linesAfter(9_999, 'i-1', 'vsw-AAA')).toBe(1);
  expect(linesAfter(0, 'i-2', 'vsw-AAA')).toBe(2);
  expect(linesAfter(0, 'i-1', 'vsw-BBB')).toBe(3);
  expect(linesAfter(1, 'i-1', 'vsw-AAA')).toBe(4);
});

it('remembers no node longer than that', () => {
  const { clock, full } = fullLog();
  for (let n = 0; n < 100; n++) full.note(`i-${n}`, 'vsw-AAA', refusal);
  clock.nowMs += 10_000;
  full.note('i-100', 'vsw-AAA', refusal);
  expect(full.remembered).toBe(1);
});
