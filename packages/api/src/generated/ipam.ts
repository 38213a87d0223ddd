import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { AddressInput as _terway_ipam_v1_AddressInput, Address as _terway_ipam_v1_Address } from './terway/ipam/v1/Address.js';
import type { AllocateRequestInput as _terway_ipam_v1_AllocateRequestInput, AllocateRequest as _terway_ipam_v1_AllocateRequest } from './terway/ipam/v1/AllocateRequest.js';
import type { AllocateResponseInput as _terway_ipam_v1_AllocateResponseInput, AllocateResponse as _terway_ipam_v1_AllocateResponse } from './terway/ipam/v1/AllocateResponse.js';
import type { CoolingAddressInput as _terway_ipam_v1_CoolingAddressInput, CoolingAddress as _terway_ipam_v1_CoolingAddress } from './terway/ipam/v1/CoolingAddress.js';
import type { DepartureInput as _terway_ipam_v1_DepartureInput, Departure as _terway_ipam_v1_Departure } from './terway/ipam/v1/Departure.js';
import type { IpamServiceClient as _terway_ipam_v1_IpamServiceClient, IpamServiceDefinition as _terway_ipam_v1_IpamServiceDefinition } from './terway/ipam/v1/IpamService.js';
import type { NodeFenceInput as _terway_ipam_v1_NodeFenceInput, NodeFence as _terway_ipam_v1_NodeFence } from './terway/ipam/v1/NodeFence.js';
import type { NodeSettingsInput as _terway_ipam_v1_NodeSettingsInput, NodeSettings as _terway_ipam_v1_NodeSettings } from './terway/ipam/v1/NodeSettings.js';
import type { NodeViewInput as _terway_ipam_v1_NodeViewInput, NodeView as _terway_ipam_v1_NodeView } from './terway/ipam/v1/NodeView.js';
import type { OpenRequestInput as _terway_ipam_v1_OpenRequestInput, OpenRequest as _terway_ipam_v1_OpenRequest } from './terway/ipam/v1/OpenRequest.js';
import type { OpenResponseInput as _terway_ipam_v1_OpenResponseInput, OpenResponse as _terway_ipam_v1_OpenResponse } from './terway/ipam/v1/OpenResponse.js';
import type { OwnerInput as _terway_ipam_v1_OwnerInput, Owner as _terway_ipam_v1_Owner } from './terway/ipam/v1/Owner.js';
import type { PodInput as _terway_ipam_v1_PodInput, Pod as _terway_ipam_v1_Pod } from './terway/ipam/v1/Pod.js';
import type { ReleaseRequestInput as _terway_ipam_v1_ReleaseRequestInput, ReleaseRequest as _terway_ipam_v1_ReleaseRequest } from './terway/ipam/v1/ReleaseRequest.js';
import type { ReleaseResponseInput as _terway_ipam_v1_ReleaseResponseInput, ReleaseResponse as _terway_ipam_v1_ReleaseResponse } from './terway/ipam/v1/ReleaseResponse.js';
import type { RenewRequestInput as _terway_ipam_v1_RenewRequestInput, RenewRequest as _terway_ipam_v1_RenewRequest } from './terway/ipam/v1/RenewRequest.js';
import type { RenewResponseInput as _terway_ipam_v1_RenewResponseInput, RenewResponse as _terway_ipam_v1_RenewResponse } from './terway/ipam/v1/RenewResponse.js';
import type { SyncRequestInput as _terway_ipam_v1_SyncRequestInput, SyncRequest as _terway_ipam_v1_SyncRequest } from './terway/ipam/v1/SyncRequest.js';
import type { SyncResponseInput as _terway_ipam_v1_SyncResponseInput, SyncResponse as _terway_ipam_v1_SyncResponse } from './terway/ipam/v1/SyncResponse.js';
import type { WiredAddressInput as _terway_ipam_v1_WiredAddressInput, WiredAddress as _terway_ipam_v1_WiredAddress } from './terway/ipam/v1/WiredAddress.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  terway: {
    ipam: {
      v1: {
        Address: MessageTypeDefinition<_terway_ipam_v1_AddressInput, _terway_ipam_v1_Address>
        AllocateRequest: MessageTypeDefinition<_terway_ipam_v1_AllocateRequestInput, _terway_ipam_v1_AllocateRequest>
        AllocateResponse: MessageTypeDefinition<_terway_ipam_v1_AllocateResponseInput, _terway_ipam_v1_AllocateResponse>
        CoolingAddress: MessageTypeDefinition<_terway_ipam_v1_CoolingAddressInput, _terway_ipam_v1_CoolingAddress>
        Departure: MessageTypeDefinition<_terway_ipam_v1_DepartureInput, _terway_ipam_v1_Departure>
        /**
         * What a node agent asks of the central address manager. The contract behind it is docs/lease-protocol.md.
         * 
         * Refusals carry google.rpc.ErrorInfo (reason, domain `terway`) and, where asking again makes sense, google.rpc.RetryInfo
         * in `grpc-status-details-bin`. Every call obeys the caller's deadline and cancellation. All times are milliseconds; a
         * name that ends in `_at_ms` is Unix time, any other `_ms` is a length.
         */
        IpamService: SubtypeConstructor<typeof grpc.Client, _terway_ipam_v1_IpamServiceClient> & { service: _terway_ipam_v1_IpamServiceDefinition }
        NodeFence: MessageTypeDefinition<_terway_ipam_v1_NodeFenceInput, _terway_ipam_v1_NodeFence>
        NodeSettings: MessageTypeDefinition<_terway_ipam_v1_NodeSettingsInput, _terway_ipam_v1_NodeSettings>
        NodeView: MessageTypeDefinition<_terway_ipam_v1_NodeViewInput, _terway_ipam_v1_NodeView>
        OpenRequest: MessageTypeDefinition<_terway_ipam_v1_OpenRequestInput, _terway_ipam_v1_OpenRequest>
        OpenResponse: MessageTypeDefinition<_terway_ipam_v1_OpenResponseInput, _terway_ipam_v1_OpenResponse>
        Owner: MessageTypeDefinition<_terway_ipam_v1_OwnerInput, _terway_ipam_v1_Owner>
        Pod: MessageTypeDefinition<_terway_ipam_v1_PodInput, _terway_ipam_v1_Pod>
        ReleaseCause: EnumTypeDefinition
        ReleaseRequest: MessageTypeDefinition<_terway_ipam_v1_ReleaseRequestInput, _terway_ipam_v1_ReleaseRequest>
        ReleaseResponse: MessageTypeDefinition<_terway_ipam_v1_ReleaseResponseInput, _terway_ipam_v1_ReleaseResponse>
        RenewRequest: MessageTypeDefinition<_terway_ipam_v1_RenewRequestInput, _terway_ipam_v1_RenewRequest>
        RenewResponse: MessageTypeDefinition<_terway_ipam_v1_RenewResponseInput, _terway_ipam_v1_RenewResponse>
        SyncRequest: MessageTypeDefinition<_terway_ipam_v1_SyncRequestInput, _terway_ipam_v1_SyncRequest>
        SyncResponse: MessageTypeDefinition<_terway_ipam_v1_SyncResponseInput, _terway_ipam_v1_SyncResponse>
        WiredAddress: MessageTypeDefinition<_terway_ipam_v1_WiredAddressInput, _terway_ipam_v1_WiredAddress>
      }
    }
  }
}

