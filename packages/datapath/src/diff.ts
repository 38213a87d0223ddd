import { isIPv6 } from 'node:net';
import type { AddressFact, KernelFacts, NamespaceFacts, RouteFact } from './facts.js';
import { holds } from './recognise.js';
import { type Plan, type Step, toLines, type Where } from './step.js';
import type { Removal } from './undo.js';

/** How the kernel differs from a plan. */
export interface Difference {
  /** To be run again, in this order; a rule that names the wrong table counts as missing. */
  readonly missing: readonly Step[];
  /** On the host, and in the way of the plan: a second address of the ENI, another way to the pod. */
  readonly stale: readonly Removal[];
  /** On our own links, asked for by nobody, in nobody's way. Reported, never removed. */
  readonly foreign: readonly ForeignFact[];
}

export interface ForeignFact {
  readonly netns: Where;
  readonly text: string;
}

export function diff(plan: Plan, facts: KernelFacts): Difference {
  const missing = plan.steps.filter((step) => {
    const there = facts[step.netns];
    return there === undefined || !holds(step, there);
  });
  const stale = plan.steps.flatMap((step) => (step.netns === 'host' ? contradictions(step, facts.host) : []));
  return {
    missing,
    stale,
    foreign: [...foreignFacts('host', plan, facts.host), ...foreignFacts('pod', plan, facts.pod)],
  };
}

/** A step as a person reads it: `pod: address replace 10.0.0.10/32 dev eth0`. */
export function describeStep(step: Step): string {
  const text = step.kind === 'sysctl' ? `${step.key} = ${step.value}` : toLines(step, 'POD').at(-1);
  return `${step.netns}: ${text}`;
}

function contradictions(step: Step, facts: NamespaceFacts): readonly Removal[] {
  if (step.kind === 'address') {
    return facts.addresses
      .filter((address) => isSecond(address, step))
      .map(({ dev, prefix }) => ({ kind: 'no-address', dev, prefix }));
  }
  if (step.kind === 'route') {
    return facts.routes
      .filter(({ to, table, dev }) => to === step.to && table === String(step.table) && dev !== '' && dev !== step.dev)
      .map(({ to, dev }) => ({ kind: 'no-route', to, dev, table: step.table }));
  }
  return [];
}

function foreignFacts(netns: Where, plan: Plan, facts: NamespaceFacts | undefined): readonly ForeignFact[] {
  if (facts === undefined) return [];
  const steps = plan.steps.filter((step) => step.netns === netns && step.lasting !== true);
  const ours = new Set(steps.flatMap((step) => (step.kind === 'link' ? [step.dev] : [])));
  const isAskedFor = (fact: AddressFact | RouteFact) => steps.some((step) => asksFor(step, fact));
  const unasked = <T extends AddressFact | RouteFact>(all: readonly T[]) =>
    all.filter((fact) => ours.has(fact.dev) && fact.scope !== 'host' && !isAskedFor(fact));
  return [
    ...unasked(facts.addresses)
      .filter(({ scope }) => scope === 'global')
      .map(({ dev, prefix }) => ({ netns, text: `address ${prefix} dev ${dev}` })),
    ...unasked(facts.routes).map(({ dev, to, table }) => ({ netns, text: `route ${to} dev ${dev} table ${table}` })),
  ];
}

function asksFor(step: Step, fact: AddressFact | RouteFact): boolean {
  if ('prefix' in fact) return step.kind === 'address' && step.dev === fact.dev && step.prefix === fact.prefix;
  return step.kind === 'route' && step.dev === fact.dev && step.to === fact.to && String(step.table) === fact.table;
}

function isSecond(address: AddressFact, step: { readonly dev: string; readonly prefix: string }): boolean {
  return (
    address.dev === step.dev &&
    address.scope === 'global' &&
    address.prefix !== step.prefix &&
    isIPv6(address.prefix.split('/')[0] ?? '') === isIPv6(step.prefix.split('/')[0] ?? '')
  );
}
