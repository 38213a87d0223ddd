export { type AttachedEni, checkAttachment, type PodAttachment } from './attachment.js';
export { processCount } from './batch.js';
export { describeStep, diff, type Difference, type ForeignFact } from './diff.js';
export { DatapathError, type DatapathFacts, type DatapathReason } from './errors.js';
export type {
  AddressFact,
  KernelFacts,
  LinkFact,
  NamespaceFacts,
  NeighbourFact,
  RouteFact,
  RuleFact,
} from './facts.js';
export { findLeftovers, type Leftover } from './leftovers.js';
export { hostIfNameOf, isHostIfName, macsOf, type PodInterface } from './names.js';
export { type DriverName, type Planner, planners } from './planners/index.js';
export { planEni, planHost, tableOf } from './planners/host.js';
export { fromPodPriority, planPolicyRoute, podGateway, toPodPriority } from './planners/policy-route.js';
export type { Runner } from './port.js';
export { createIpRunner, type IpRunnerOptions } from './runner.js';
export type { Plan, Step, Table, Where } from './step.js';
export { type Removal, undo, type Undo } from './undo.js';
export { findEniLink, type WiredAddress, wiredAddresses, type WiredBy } from './wired.js';
