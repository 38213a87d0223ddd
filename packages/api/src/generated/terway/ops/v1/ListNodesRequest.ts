// Original file: proto/terway/ops/v1/ops.proto


export interface ListNodesRequestInput {
}

export interface ListNodesRequest {
}
