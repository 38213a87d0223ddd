import { type CniCase, type Need, readCases } from './cni-cases/case-data.js';
import { runCase } from './cni-cases/run-case.js';
import { requireBuild, Stand, type StandOptions } from './cni-cases/stand.js';
import { ruleChecks, stateChecks } from './cni-cases/state-checks.js';

const fullVSwitch = {
  reason: 'vswitch-exhausted',
  message: 'no vSwitch of zone cn-hangzhou-i has a free address',
  details: {
    vswitch_id: 'vsw-4',
    request_id: '1A2B3C4D-0000-5E6F-8A9B-0C1D2E3F4A5B',
    cloud_code: 'InvalidVSwitchId.IpNotEnough',
    cloud_message: 'The specified VSwitch "vsw-4" has not enough IpAddress.',
    cloud_status: '403',
  },
} as const;

/** Which node a case runs on. Cases that say nothing about an agent hold with one and without one. */
const stands: readonly (StandOptions & { readonly takes: (needs: readonly Need[]) => boolean })[] = [
  { number: 1, agent: true, addresses: 200, takes: isAgentCase },
  { number: 2, agent: true, addresses: 200, takes: isAgentCase },
  { number: 3, agent: false, addresses: 0, takes: isCaseWithoutAgent },
  {
    ...{ number: 4, agent: true, addresses: 0, takes: (needs) => needs.includes('exhausted') },
    ipam: (ipam) => (ipam.obstacle = fullVSwitch),
  },
];

function isCaseWithoutAgent(needs: readonly Need[]): boolean {
  return !needs.includes('agent') && !needs.includes('exhausted');
}

function isAgentCase(needs: readonly Need[]): boolean {
  return !needs.includes('no-agent') && !needs.includes('exhausted');
}

describe('the cases of the CNI specification', () => {
  const cases = readCases();
  const withoutAgent = cases.filter(({ needs }) => isCaseWithoutAgent(needs));
  const problems = new Map<string, readonly string[]>();
  const problemsWithoutAgent = new Map<string, readonly string[]>();
  const built: Stand[] = [];

  beforeAll(async () => {
    requireBuild();
    const queues = {
      withAgent: cases.filter(({ needs }) => !needs.includes('no-agent')),
      withoutAgent: [...withoutAgent],
    };
    const next = ({ agent, takes }: (typeof stands)[number]): CniCase | undefined => {
      const waiting = agent ? queues.withAgent : queues.withoutAgent;
      const index = waiting.findIndex(({ needs }) => takes(needs));
      return index === -1 ? undefined : waiting.splice(index, 1)[0];
    };
    await Promise.all(
      stands.map(async (plan) => {
        const { takes: _, ...options } = plan;
        const found = plan.agent ? problems : problemsWithoutAgent;
        const stand = new Stand(options);
        built.push(stand);
        await stand.start();
        for (let row = next(plan); row !== undefined; row = next(plan)) {
          found.set(row.id, await runCase(row, stand).catch((error: unknown) => [String(error)]));
        }
      }),
    );
  }, 180_000);

  afterAll(async () => {
    await Promise.allSettled(built.map((stand) => stand.stop()));
  }, 30_000);

  it.each(cases.filter(({ needs }) => !needs.includes('no-agent')).map((row) => [row.id, row.title] as const))(
    '%s %s',
    (id) => expect(problems.get(id)).toEqual([]),
  );

  it.each(withoutAgent.map((row) => [row.id, row.title] as const))('without an agent: %s %s', (id) => {
    expect(problemsWithoutAgent.get(id)).toEqual([]);
  });

  it('are 73, and nothing that they say of state goes unchecked', () => {
    const said = cases.flatMap(({ expect: { state, rule, either = [] } }) => [
      ...[state, ...either.map((allowed) => allowed.state)].filter((text) => text !== undefined),
      ...(rule === undefined ? [] : [rule]),
    ]);
    expect(cases).toHaveLength(73);
    expect(said.filter((text) => !(text in stateChecks) && !(text in ruleChecks))).toEqual([]);
  });

  it('leave the line that operators look for in the log of a node whose vSwitches are full', () => {
    const { request_id: requestId, cloud_message: message } = fullVSwitch.details;
    const cloud = `RequestId: ${requestId} Status Code: 403 Code: InvalidVSwitchId.IpNotEnough Message: ${message}`;
    const line = `Assign private ip address failed: Aliyun API Error: ${cloud}, retrying`;
    const log = built.find(({ ipam }) => ipam.obstacle !== undefined)?.log ?? [];
    const escaped = line.replaceAll('"', '\\"');
    expect(log.filter((text) => text.includes(`level=warning msg="${escaped}"`))).toHaveLength(1);
  });
});
