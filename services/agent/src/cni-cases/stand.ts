import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { bindService, grpcServer } from '@terway/api';
import { createIpRunner } from '@terway/datapath';
import { type Component, startAll, stopAll } from '@terway/runtime';
import { MemoryIpam } from '../memory-ipam.js';
import { memoryIpamHandlers } from '../memory-ipam-service.js';
import type { Outcome } from './judge.js';
import type { NodeSight } from './state-checks.js';

export interface StandOptions {
  /** Unique among the stands of this process, 1 to 99. */
  readonly number: number;
  readonly agent: boolean;
  /** Addresses that the node's ENI has; none leaves the pool exhausted. */
  readonly addresses: number;
  readonly ipam?: (ipam: MemoryIpam) => void;
}

const repository = resolve(__dirname, '../../../..');
const agentMain = join(repository, 'services/agent/dist/main.js');
const plugin = join(repository, 'services/cni/dist/bundle/terway.cjs');

/**
 * A node with one ENI in a network namespace of its own, its agent as a process in it, and the plugin as a runtime
 * executes it. The centre lives in this process.
 */
export class Stand {
  readonly ipam: MemoryIpam;
  readonly log: string[] = [];
  readonly netns: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'terway-stand-'));
  private readonly server: Component;
  private agent: ChildProcess | undefined;

  constructor(private readonly options: StandOptions) {
    const { number, addresses } = options;
    this.netns = `tw-stand-${process.pid}-${number}`;
    const ips = Array.from({ length: addresses }, (_, index) => `10.9.${number}.${index + 10}`);
    const eni = {
      eniId: `eni-${number}`,
      mac: macOf(number),
      vSwitchId: `vsw-${number}`,
      zoneId: 'cn-hangzhou-i',
      cidr: `10.9.${number}.0/24`,
      status: 'in-use' as const,
      primaryIp: ips[0] ?? '',
      ips,
    };
    this.ipam = new MemoryIpam([eni]);
    options.ipam?.(this.ipam);
    this.server = grpcServer({
      name: 'memory-ipam',
      services: [bindService('terway.ipam.v1.IpamService', memoryIpamHandlers(this.ipam))],
      at: { socketPath: this.path('ipam.sock') },
      drainMs: 500,
      report: (error) => this.log.push(`memory-ipam: ${String(error)}`),
      nowMs: Date.now,
    });
  }

  async start(): Promise<void> {
    ip('netns', 'add', this.netns);
    ip('-n', this.netns, 'link', 'set', 'dev', 'lo', 'up');
    const eni = ['link', 'add', 'name', 'eth1', 'address', macOf(this.options.number), 'type', 'veth'];
    ip('-n', this.netns, ...eni, 'peer', 'name', 'fabric');
    ip('-n', this.netns, 'link', 'set', 'dev', 'fabric', 'up');
    await startAll([this.server]);
    if (this.options.agent) await this.startAgent();
  }

  async stop(): Promise<void> {
    await this.stopAgent('SIGTERM');
    await stopAll([this.server]);
    ip('netns', 'delete', this.netns);
    rmSync(this.folder, { recursive: true, force: true });
  }

  async startAgent(): Promise<void> {
    const flags = {
      ipam: this.path('ipam.sock'),
      'instance-id': `i-stand-${this.options.number}`,
      'node-ip': `10.9.200.${this.options.number}`,
      'http-host': '127.0.0.1',
      'state-dir': this.path('state'),
      socket: this.path('eni.sock'),
      'cni-socket': this.path('cni.sock'),
      'add-timeout': '2s',
    };
    const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
    const enter = ['--net=/run/netns/' + this.netns, '--', process.execPath, agentMain, ...args];
    const child = spawn('nsenter', enter, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.agent = child;
    await new Promise<void>((ready, failed) => {
      child.once('close', (code) => failed(new Error(`the agent ended with ${code}:\n${this.log.join('\n')}`)));
      for (const stream of [child.stdout, child.stderr]) {
        createInterface(stream).on('line', (line) => {
          this.log.push(line);
          if (line.includes('msg="agent is ready"')) ready();
        });
      }
    });
  }

  async stopAgent(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.agent;
    this.agent = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  }

  /** Executes the plugin as a container runtime does. */
  async call(env: Readonly<Record<string, string>>, stdin: string): Promise<Outcome> {
    const child = spawn(process.execPath, [plugin], {
      env: { PATH: process.env['PATH'], TERWAY_CNI_SOCKET: this.path('cni.sock'), ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stdin.end(stdin);
    const [code] = (await once(child, 'close')) as [number | null];
    return { exit: code ?? undefined, stdout };
  }

  async look(): Promise<NodeSight> {
    const { host } = await createIpRunner({ hostNetns: `/run/netns/${this.netns}` }).observe();
    const addresses = [...(this.ipam.record?.addresses.values() ?? [])];
    const leases = addresses.flatMap(({ ip: address, state }) =>
      state.kind === 'bound' ? [{ ip: address, ...state.holder.owner }] : [],
    );
    return { leases, host, files: [...names(this.folder), ...names(tmpdir()), ...names(this.path('state'))] };
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}

/** @throws Error in one sentence, when something is missing that the stand is built from */
export function requireBuild(): void {
  const missing = [agentMain, plugin].filter((path) => !existsSync(path));
  if (missing.length > 0) throw new Error(`${missing.join(', ')}: run "npm run build && npm run build:cni" first`);
  if (process.getuid?.() !== 0) throw new Error('network namespaces need root');
}

export function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function macOf(number: number): string {
  return `00:16:3e:00:09:${number.toString(16).padStart(2, '0')}`;
}

function names(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
