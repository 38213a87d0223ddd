import { line, type Plan, type RuleStep, type Step, type Table } from './step.js';

/** Something the kernel must no longer hold, in the host's network namespace. */
export type Removal =
  | ({ readonly kind: 'no-rule' } & Pick<RuleStep, 'match' | 'prefix' | 'priority'>)
  | { readonly kind: 'no-route'; readonly to: string; readonly dev: string; readonly table: Table }
  | { readonly kind: 'no-neighbour'; readonly ip: string; readonly dev: string }
  | { readonly kind: 'no-address'; readonly prefix: string; readonly dev: string };

/**
 * The way back of a plan, all of it on the host: what the pod's namespace holds dies with the veth, so
 * it does not matter whether that namespace is still there. Carried out twice it does nothing more.
 */
export interface Undo {
  /** Quick, and in this order. */
  readonly removals: readonly Removal[];
  /** Host ends that die, with their peers. Deleting a link makes the kernel wait about 20 ms under its network lock. */
  readonly doomedLinks: readonly string[];
}

/** Undoes the newest step first, and leaves what belongs to the node. */
export function undo(plan: Plan): Undo {
  const steps = plan.steps.filter((step) => step.netns === 'host' && step.lasting !== true).reverse();
  return {
    removals: steps.flatMap(removalsOf),
    doomedLinks: steps.flatMap((step) => (step.kind === 'veth' ? [step.dev] : [])),
  };
}

/** A link step and a sysctl have no way back of their own: they end with their link. */
function removalsOf(step: Step): readonly Removal[] {
  switch (step.kind) {
    case 'rule':
      return [{ kind: 'no-rule', match: step.match, prefix: step.prefix, priority: step.priority }];
    case 'route':
      return [{ kind: 'no-route', to: step.to, dev: step.dev, table: step.table }];
    case 'neighbour':
      return [{ kind: 'no-neighbour', ip: step.ip, dev: step.dev }];
    case 'address':
      return [{ kind: 'no-address', prefix: step.prefix, dev: step.dev }];
    case 'veth':
    case 'link':
    case 'sysctl':
      return [];
  }
}

/** The lines of an `ip -force -batch` file; those that find nothing to remove may fail (see `isGone`). */
export function toUndoLines({ removals, doomedLinks }: Undo): readonly string[] {
  return [...removals.map(toLine), ...doomedLinks.map((dev) => line`link delete dev ${dev}`)];
}

function toLine(removal: Removal): string {
  switch (removal.kind) {
    case 'no-rule':
      return line`rule flush ${removal.match} ${removal.prefix} priority ${removal.priority}`;
    case 'no-route':
      return line`route delete ${removal.to} dev ${removal.dev} table ${removal.table}`;
    case 'no-neighbour':
      return line`neighbour delete ${removal.ip} dev ${removal.dev}`;
    case 'no-address':
      return line`address delete ${removal.prefix} dev ${removal.dev}`;
  }
}

/** What the kernel answers to removing what is not there. The exit code does not tell: it differs by kind of object. */
export function isGone(kernelText: string): boolean {
  return /Cannot find device|No such (process|file or directory|device)|Address not found|FIB table does not exist/.test(
    kernelText,
  );
}
