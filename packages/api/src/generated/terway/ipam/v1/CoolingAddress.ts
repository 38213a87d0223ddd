// Original file: proto/terway/ipam/v1/ipam.proto

import type { Long } from '@grpc/proto-loader';

export interface CoolingAddressInput {
  'ip'?: (string);
  'remainingMs'?: (number | string | Long);
}

export interface CoolingAddress {
  'ip': (string);
  'remainingMs': (number);
}
