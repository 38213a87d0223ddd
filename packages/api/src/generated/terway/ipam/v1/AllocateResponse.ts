// Original file: proto/terway/ipam/v1/ipam.proto

import type { AddressInput as _terway_ipam_v1_AddressInput, Address as _terway_ipam_v1_Address } from '../../../terway/ipam/v1/Address.js';
import type { Long } from '@grpc/proto-loader';

export interface AllocateResponseInput {
  'address'?: (_terway_ipam_v1_AddressInput | null);
  'agentSeq'?: (number | string | Long);
  'generation'?: (string);
  'session'?: (string);
}

export interface AllocateResponse {
  'address': (_terway_ipam_v1_Address | null);
  'agentSeq': (number);
  'generation': (string);
  'session': (string);
}
