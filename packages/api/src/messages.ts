export type { Address, AddressInput } from './generated/terway/ipam/v1/Address.js';
export type { AllocateRequest, AllocateRequestInput } from './generated/terway/ipam/v1/AllocateRequest.js';
export type { AllocateResponse, AllocateResponseInput } from './generated/terway/ipam/v1/AllocateResponse.js';
export type { CoolingAddress, CoolingAddressInput } from './generated/terway/ipam/v1/CoolingAddress.js';
export type { Departure, DepartureInput } from './generated/terway/ipam/v1/Departure.js';
export type { NodeFence, NodeFenceInput } from './generated/terway/ipam/v1/NodeFence.js';
export type { NodeSettings, NodeSettingsInput } from './generated/terway/ipam/v1/NodeSettings.js';
export type { NodeView, NodeViewInput } from './generated/terway/ipam/v1/NodeView.js';
export type { OpenRequest, OpenRequestInput } from './generated/terway/ipam/v1/OpenRequest.js';
export type { OpenResponse, OpenResponseInput } from './generated/terway/ipam/v1/OpenResponse.js';
export type { Owner, OwnerInput } from './generated/terway/ipam/v1/Owner.js';
export type { Pod, PodInput } from './generated/terway/ipam/v1/Pod.js';
export type { ReleaseCause, ReleaseCauseInput } from './generated/terway/ipam/v1/ReleaseCause.js';
export type { ReleaseRequest, ReleaseRequestInput } from './generated/terway/ipam/v1/ReleaseRequest.js';
export type { ReleaseResponse, ReleaseResponseInput } from './generated/terway/ipam/v1/ReleaseResponse.js';
export type { RenewRequest, RenewRequestInput } from './generated/terway/ipam/v1/RenewRequest.js';
export type { RenewResponse, RenewResponseInput } from './generated/terway/ipam/v1/RenewResponse.js';
export type { SyncRequest, SyncRequestInput } from './generated/terway/ipam/v1/SyncRequest.js';
export type { SyncResponse, SyncResponseInput } from './generated/terway/ipam/v1/SyncResponse.js';
export type { WiredAddress, WiredAddressInput } from './generated/terway/ipam/v1/WiredAddress.js';
export type { Lease, LeaseInput } from './generated/terway/ops/v1/Lease.js';
export type { ListLeasesRequest, ListLeasesRequestInput } from './generated/terway/ops/v1/ListLeasesRequest.js';
export type { ListLeasesResponse, ListLeasesResponseInput } from './generated/terway/ops/v1/ListLeasesResponse.js';
export type { ListNodesRequest, ListNodesRequestInput } from './generated/terway/ops/v1/ListNodesRequest.js';
export type { ListNodesResponse, ListNodesResponseInput } from './generated/terway/ops/v1/ListNodesResponse.js';
export type {
  ListVSwitchesRequest,
  ListVSwitchesRequestInput,
} from './generated/terway/ops/v1/ListVSwitchesRequest.js';
export type {
  ListVSwitchesResponse,
  ListVSwitchesResponseInput,
} from './generated/terway/ops/v1/ListVSwitchesResponse.js';
export type { Node, NodeInput } from './generated/terway/ops/v1/Node.js';
export type { VSwitch, VSwitchInput } from './generated/terway/ops/v1/VSwitch.js';
export type { GetStatusRequest, GetStatusRequestInput } from './generated/terway/agent/v1/GetStatusRequest.js';
export type { GetStatusResponse, GetStatusResponseInput } from './generated/terway/agent/v1/GetStatusResponse.js';
export type {
  ListSandboxesRequest,
  ListSandboxesRequestInput,
} from './generated/terway/agent/v1/ListSandboxesRequest.js';
export type {
  ListSandboxesResponse,
  ListSandboxesResponseInput,
} from './generated/terway/agent/v1/ListSandboxesResponse.js';
export type { Sandbox, SandboxInput } from './generated/terway/agent/v1/Sandbox.js';
