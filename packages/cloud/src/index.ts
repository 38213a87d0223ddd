export type {
  AssignAddresses,
  CloudApi,
  CloudEni,
  CloudInstance,
  CloudInstanceType,
  CloudVSwitch,
  CreateEni,
  EniFilter,
  EniOnInstance,
  EniStatus,
  UnassignAddresses,
} from './cloud-api.js';
export type { CloudRefusal, CloudRefusalReason, Outcome } from './outcome.js';
