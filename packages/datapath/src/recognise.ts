import type { NamespaceFacts } from './facts.js';
import type { RuleStep, Step } from './step.js';

/**
 * Whether the kernel holds what a step says. A sysctl is not part of the facts and counts as held:
 * writing it again is cheaper than reading it.
 */
export function holds(step: Step, facts: NamespaceFacts): boolean {
  switch (step.kind) {
    case 'veth':
      return facts.links.some(({ dev, mac, kind }) => dev === step.dev && mac === step.mac && kind === 'veth');
    case 'link':
      return facts.links.some(({ dev, mtu, up }) => dev === step.dev && mtu === step.mtu && up);
    case 'address':
      return facts.addresses.some(({ dev, prefix }) => dev === step.dev && prefix === step.prefix);
    case 'neighbour':
      return facts.neighbours.some(
        ({ dev, ip, mac, permanent }) => dev === step.dev && ip === step.ip && mac === step.mac && permanent,
      );
    case 'route':
      return facts.routes.some(
        ({ to, dev, via, table }) =>
          to === step.to && dev === step.dev && via === step.via && table === String(step.table),
      );
    case 'rule':
      return holdsRule(step, facts);
    case 'sysctl':
      return true;
  }
}

/** Exactly one rule of its priority speaks of the prefix: with two, the older one would win. */
function holdsRule(step: RuleStep, facts: NamespaceFacts): boolean {
  const [set, unset] = step.match === 'to' ? (['to', 'from'] as const) : (['from', 'to'] as const);
  const same = facts.rules.filter(
    (rule) =>
      rule.priority === step.priority &&
      rule[set] === step.prefix &&
      rule[unset] === undefined &&
      !rule.hasOtherSelectors,
  );
  return same.length === 1 && same[0]?.table === String(step.table);
}
