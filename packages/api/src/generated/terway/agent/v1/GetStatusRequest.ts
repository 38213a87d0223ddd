// Original file: proto/terway/agent/v1/agent.proto


export interface GetStatusRequestInput {
}

export interface GetStatusRequest {
}
