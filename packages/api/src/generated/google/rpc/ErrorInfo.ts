// Original file: proto/google/rpc/error_details.proto


/**
 * Why a call was refused: same package, names and numbers as the public googleapis definition.
 */
export interface ErrorInfoInput {
  /**
   * Reason word of the refusal, as listed in the runbook, for example `pool-exhausted`.
   */
  'reason'?: (string);
  /**
   * Always `terway`.
   */
  'domain'?: (string);
  /**
   * Facts of the refusal, for example `vswitch`, `request_id` of the cloud, `field`.
   */
  'metadata'?: ({[key: string]: string});
}

/**
 * Why a call was refused: same package, names and numbers as the public googleapis definition.
 */
export interface ErrorInfo {
  /**
   * Reason word of the refusal, as listed in the runbook, for example `pool-exhausted`.
   */
  'reason': (string);
  /**
   * Always `terway`.
   */
  'domain': (string);
  /**
   * Facts of the refusal, for example `vswitch`, `request_id` of the cloud, `field`.
   */
  'metadata': ({[key: string]: string});
}
