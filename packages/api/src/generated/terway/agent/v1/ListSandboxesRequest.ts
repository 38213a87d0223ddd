// Original file: proto/terway/agent/v1/agent.proto


export interface ListSandboxesRequestInput {
}

export interface ListSandboxesRequest {
}
