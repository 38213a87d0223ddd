// Original file: proto/terway/ipam/v1/ipam.proto

import type { Long } from '@grpc/proto-loader';

export interface ReleaseResponseInput {
  'agentSeq'?: (number | string | Long);
}

export interface ReleaseResponse {
  'agentSeq': (number);
}
