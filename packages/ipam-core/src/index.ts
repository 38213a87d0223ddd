export { type Address, type AddressKind, type AddressState, type Holder, type QuarantineCause } from './address.js';
export type * from './command.js';
export { dedicatedCapacity, eniReady, sharedCapacity, type Eni, type NodeLimits } from './eni.js';
export { expectedAddresses, isDestructive } from './intent.js';
export type { AssignIntent, CreateEniIntent, Intent, RemoveEniIntent, UnassignIntent } from './intent.js';
export { journalDigest, type DigestEntry } from './journal-digest.js';
export { demandKey, sameOwner, type Owner, type Pod } from './owner.js';
export { planPool, type PoolPlan, type PoolPolicy, type PoolView } from './plan-pool.js';
export { addressesPerCall, type PoolAction } from './pool-action.js';
export {
  changesBetween,
  fieldsOf,
  recordOf,
  SchemaTooNew,
  type FieldChanges,
  type RecordFields,
} from './record-fields.js';
export { defaultTimes } from './record.js';
export type {
  AgentState,
  Claim,
  Demand,
  NodeRecord,
  Obstacle,
  ProtocolTimes,
  Recovery,
  RecoveryCause,
} from './record.js';
export { IpamRefusal, refusalReasons, type RefusalFacts, type RefusalReason } from './refusal.js';
export { step, type Step } from './step.js';
export { usableAddresses } from './usable.js';
export { chooseVSwitch, freeAddresses, openVSwitches, type VSwitchPolicy, type VSwitchSupply } from './vswitch.js';
