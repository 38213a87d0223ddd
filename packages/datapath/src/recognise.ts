import type { NamespaceFacts } from './facts.js';
import type { Step, VethStep } from './step.js';

/**
 * Whether the kernel holds what a step says, exactly once where twice would be wrong. A sysctl is not
 * part of the facts and counts as held: writing it again is cheaper than reading it.
 */
export function holds(step: Step, facts: NamespaceFacts): boolean {
  switch (step.kind) {
    case 'veth':
      return facts.links.some((link) => isOurVeth(step, link.dev, link.mac, link.kind));
    case 'link':
      return facts.links.some((link) => link.dev === step.dev && link.up && link.mtu === step.mtu);
    case 'address': {
      const present = facts.addresses.filter((address) => address.dev === step.dev && address.scope === 'global');
      return present.some(({ prefix }) => prefix === step.prefix);
    }
    case 'neighbour':
      return facts.neighbours.some(
        ({ dev, ip, mac, permanent }) => permanent && dev === step.dev && ip === step.ip && mac === step.mac,
      );
    case 'route':
      return facts.routes.some(
        ({ to, dev, via, table }) =>
          to === step.to && dev === step.dev && via === step.via && table === String(step.table),
      );
    case 'rule':
      return facts.rules.some(
        (rule) =>
          !rule.hasOtherSelectors &&
          rule.priority === step.priority &&
          rule[step.match] === step.prefix &&
          rule[step.match === 'to' ? 'from' : 'to'] === undefined &&
          rule.table === String(step.table),
      );
    case 'sysctl':
      return true;
  }
}

function isOurVeth(step: VethStep, dev: string, mac: string, kind: string): boolean {
  return dev === step.dev && mac === step.mac && kind === 'veth';
}
