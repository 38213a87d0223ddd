import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { LeaseInput as _terway_ops_v1_LeaseInput, Lease as _terway_ops_v1_Lease } from './terway/ops/v1/Lease.js';
import type { ListLeasesRequestInput as _terway_ops_v1_ListLeasesRequestInput, ListLeasesRequest as _terway_ops_v1_ListLeasesRequest } from './terway/ops/v1/ListLeasesRequest.js';
import type { ListLeasesResponseInput as _terway_ops_v1_ListLeasesResponseInput, ListLeasesResponse as _terway_ops_v1_ListLeasesResponse } from './terway/ops/v1/ListLeasesResponse.js';
import type { ListNodesRequestInput as _terway_ops_v1_ListNodesRequestInput, ListNodesRequest as _terway_ops_v1_ListNodesRequest } from './terway/ops/v1/ListNodesRequest.js';
import type { ListNodesResponseInput as _terway_ops_v1_ListNodesResponseInput, ListNodesResponse as _terway_ops_v1_ListNodesResponse } from './terway/ops/v1/ListNodesResponse.js';
import type { ListVSwitchesRequestInput as _terway_ops_v1_ListVSwitchesRequestInput, ListVSwitchesRequest as _terway_ops_v1_ListVSwitchesRequest } from './terway/ops/v1/ListVSwitchesRequest.js';
import type { ListVSwitchesResponseInput as _terway_ops_v1_ListVSwitchesResponseInput, ListVSwitchesResponse as _terway_ops_v1_ListVSwitchesResponse } from './terway/ops/v1/ListVSwitchesResponse.js';
import type { NodeInput as _terway_ops_v1_NodeInput, Node as _terway_ops_v1_Node } from './terway/ops/v1/Node.js';
import type { OpsServiceClient as _terway_ops_v1_OpsServiceClient, OpsServiceDefinition as _terway_ops_v1_OpsServiceDefinition } from './terway/ops/v1/OpsService.js';
import type { VSwitchInput as _terway_ops_v1_VSwitchInput, VSwitch as _terway_ops_v1_VSwitch } from './terway/ops/v1/VSwitch.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  terway: {
    ops: {
      v1: {
        Lease: MessageTypeDefinition<_terway_ops_v1_LeaseInput, _terway_ops_v1_Lease>
        ListLeasesRequest: MessageTypeDefinition<_terway_ops_v1_ListLeasesRequestInput, _terway_ops_v1_ListLeasesRequest>
        ListLeasesResponse: MessageTypeDefinition<_terway_ops_v1_ListLeasesResponseInput, _terway_ops_v1_ListLeasesResponse>
        ListNodesRequest: MessageTypeDefinition<_terway_ops_v1_ListNodesRequestInput, _terway_ops_v1_ListNodesRequest>
        ListNodesResponse: MessageTypeDefinition<_terway_ops_v1_ListNodesResponseInput, _terway_ops_v1_ListNodesResponse>
        ListVSwitchesRequest: MessageTypeDefinition<_terway_ops_v1_ListVSwitchesRequestInput, _terway_ops_v1_ListVSwitchesRequest>
        ListVSwitchesResponse: MessageTypeDefinition<_terway_ops_v1_ListVSwitchesResponseInput, _terway_ops_v1_ListVSwitchesResponse>
        Node: MessageTypeDefinition<_terway_ops_v1_NodeInput, _terway_ops_v1_Node>
        /**
         * What on-call engineers ask of the address manager. Reads only.
         */
        OpsService: SubtypeConstructor<typeof grpc.Client, _terway_ops_v1_OpsServiceClient> & { service: _terway_ops_v1_OpsServiceDefinition }
        VSwitch: MessageTypeDefinition<_terway_ops_v1_VSwitchInput, _terway_ops_v1_VSwitch>
      }
    }
  }
}

