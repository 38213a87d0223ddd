import { allAgentRules, type AgentRules } from './model/agent.js';
import { loadCore } from './model/core-under-test.js';
import { rules } from './model/rules.js';
import { walk } from './model/walk.js';

describe('random histories', () => {
  it('never put an address on two pods, and never take one away under a living pod', () => {
    const core = loadCore();
    let podsWired = 0;
    for (let seed = 1; seed <= 800; seed++) {
      const { violation, trace, podsWired: wired } = walk(core, seed, 300);
      podsWired += wired;
      if (violation !== undefined) throw new Error(`seed ${seed}: ${violation}\n${trace.slice(-80).join('\n')}`);
    }
    // a world in which nothing happens would pass as well
    expect(podsWired).toBeGreaterThan(800);
  });

  it.each<[keyof AgentRules, number]>([
    ['lastFence', 1_000],
    ['dropsLateAnswers', 1_000],
  ])('find the fault when the agent does not keep %s', (rule, walks) => {
    const core = loadCore();
    const found = seeds(walks).find((seed) => walk(core, seed, 300, { ...allAgentRules, [rule]: false }).violation);
    expect(found).toBeDefined();
  });

  it.each([
    ['a record that has seen less than the agent went back', 1_000],
    ['an address leaves only after the agent has agreed', 400],
    ['only the holder of the claim commits', 800],
    ['an address is granted only on an ENI that is in use and seen', 400],
  ])('find the fault when the core does not keep: %s', (name, walks) => {
    const rule = rules.find((candidate) => candidate.rule === name);
    const core = loadCore(rule);
    expect(rule).toBeDefined();
    expect(seeds(walks).find((seed) => walk(core, seed, 300).violation)).toBeDefined();
  });
});

describe('each rule of the protocol', () => {
  it.each(rules.map((rule) => [rule.rule, rule] as const))('%s', (_, rule) => {
    expect(rule.holds(loadCore())).toBe(true);
  });

  it.each(rules.map((rule) => [rule.rule, rule] as const))('is missed when taken out: %s', (_, rule) => {
    expect(rule.holds(loadCore(rule))).toBe(false);
  });
});

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
