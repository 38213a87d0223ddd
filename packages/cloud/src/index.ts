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
export { type Credentials, CredentialsError, type CredentialSource, staticCredentials } from './credentials.js';
export { type CloudCall, type CloudObserver, observedCloud } from './observed-cloud.js';
export type { CloudRefusal, CloudRefusalReason, Outcome } from './outcome.js';
export { clientToken, type Params, paramsHash } from './tokens.js';
