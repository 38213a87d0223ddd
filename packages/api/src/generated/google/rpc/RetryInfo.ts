// Original file: proto/google/rpc/error_details.proto

import type { DurationInput as _google_protobuf_DurationInput, Duration as _google_protobuf_Duration } from '../../google/protobuf/Duration.js';

/**
 * When it makes sense to ask again.
 */
export interface RetryInfoInput {
  'retryDelay'?: (_google_protobuf_DurationInput | null);
}

/**
 * When it makes sense to ask again.
 */
export interface RetryInfo {
  'retryDelay': (_google_protobuf_Duration | null);
}
