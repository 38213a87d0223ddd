// Original file: proto/terway/agent/v1/agent.proto


export interface GetStatusResponseInput {
  'instanceId'?: (string);
  'nodeName'?: (string);
  'incarnation'?: (string);
  'session'?: (string);
  'generation'?: (string);
  /**
   * True while the centre answers.
   */
  'online'?: (boolean);
  /**
   * Reason word of the last refusal; empty when there was none.
   */
  'lastRefusal'?: (string);
  /**
   * Addresses that pods can start on without the centre.
   */
  'offlineReserve'?: (number);
}

export interface GetStatusResponse {
  'instanceId': (string);
  'nodeName': (string);
  'incarnation': (string);
  'session': (string);
  'generation': (string);
  /**
   * True while the centre answers.
   */
  'online': (boolean);
  /**
   * Reason word of the last refusal; empty when there was none.
   */
  'lastRefusal': (string);
  /**
   * Addresses that pods can start on without the centre.
   */
  'offlineReserve': (number);
}
