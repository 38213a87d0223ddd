import { LabError } from '../lab-error.js';
import { commandFailed, type RunCommand } from '../run/command.js';
import { inNetns } from '../run/in-netns.js';

export interface PingResult {
  readonly target: string;
  readonly sent: number;
  readonly received: number;
  /** Absent when nothing came back. */
  readonly averageMs?: number;
}

export interface PingOptions {
  /** Packets to each target. Default 3. */
  readonly count?: number;
  /** How long to wait for each answer. Default 1,000. */
  readonly timeoutMs?: number;
  /** Source address; default what the routes say. */
  readonly source?: string;
}

/** Pings all targets at once from inside a namespace. A target that does not answer is a result, not an error. */
export async function ping(
  netns: string,
  targets: readonly string[],
  options: PingOptions,
  run: RunCommand,
): Promise<readonly PingResult[]> {
  const { count = 3, timeoutMs = 1000, source } = options;
  const from = source === undefined ? [] : ['-S', source];
  const args = ['-q', '-c', `${count}`, '-p', '100', '-i', '1', '-t', `${timeoutMs}`, ...from, ...targets];
  const command = inNetns(netns, { program: 'fping', args });
  const { code, stderr } = await run(command);
  // 0 and 1: all or some answered; others: a target is no address, or fping itself does not work
  if (code !== 0 && code !== 1) throw commandFailed(command, { code, said: stderr });
  return parseFping(stderr, targets);
}

/** Reads `fping -q -c` (fping(8)), whose summary is on stderr. @throws LabError `unexpected-output` */
export function parseFping(text: string, targets: readonly string[]): readonly PingResult[] {
  const results = new Map(text.split('\n').flatMap((line) => resultIn(line).map((result) => [result.target, result])));
  return targets.map((target) => {
    const result = results.get(target);
    if (result === undefined) {
      throw new LabError('unexpected-output', `fping: expected a summary of ${target}, got '${text.slice(0, 200)}'`);
    }
    return result;
  });
}

const summary =
  /^(?<target>\S+)\s+: xmt\/rcv\/%loss = (?<sent>\d+)\/(?<received>\d+)\/\d+%(, min\/avg\/max = [\d.]+\/(?<average>[\d.]+)\/)?/;

function resultIn(line: string): PingResult[] {
  const { target, sent, received, average } = summary.exec(line)?.groups ?? {};
  if (target === undefined) return [];
  const counts = { target, sent: Number(sent), received: Number(received) };
  return [average === undefined ? counts : { ...counts, averageMs: Number(average) }];
}
