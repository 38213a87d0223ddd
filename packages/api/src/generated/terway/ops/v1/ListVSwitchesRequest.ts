// Original file: proto/terway/ops/v1/ops.proto


export interface ListVSwitchesRequestInput {
}

export interface ListVSwitchesRequest {
}
