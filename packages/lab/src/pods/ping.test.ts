import type { RunCommand } from '../run/command.js';
import { parseFping, ping } from './ping.js';

const output = `10.0.0.6 : xmt/rcv/%loss = 3/3/0%, min/avg/max = 0.029/0.107/0.226
10.0.0.7 : xmt/rcv/%loss = 3/0/100%
`;

it('reads who answered and how fast', () => {
  expect(parseFping(output, ['10.0.0.7', '10.0.0.6'])).toEqual([
    { target: '10.0.0.7', sent: 3, received: 0 },
    { target: '10.0.0.6', sent: 3, received: 3, averageMs: 0.107 },
  ]);
});

it('reports a target without a summary', () => {
  expect(() => parseFping(output, ['10.0.0.8'])).toThrow('fping: expected a summary of 10.0.0.8');
});

it('takes a target that does not answer for a result', async () => {
  const run: RunCommand = () => Promise.resolve({ code: 1, stdout: '', stderr: output });
  await expect(ping('tw-x-n1', ['10.0.0.7'], {}, run)).resolves.toEqual([{ target: '10.0.0.7', sent: 3, received: 0 }]);
});

it('takes an fping that does not work for a failure', async () => {
  const run: RunCommand = () => Promise.resolve({ code: 4, stdout: '', stderr: "can't create socket" });
  await expect(ping('tw-x-n1', ['10.0.0.7'], {}, run)).rejects.toThrow("exited 4: can't create socket");
});
