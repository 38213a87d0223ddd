// Original file: proto/terway/ops/v1/ops.proto


export interface ListLeasesRequestInput {
  /**
   * ECS instance id or Kubernetes node name; empty = all.
   */
  'node'?: (string);
  /**
   * `namespace/name` of a pod; empty = all.
   */
  'pod'?: (string);
  /**
   * One address; empty = all.
   */
  'ip'?: (string);
  /**
   * Only addresses in this state, for example `bound`; empty = all.
   */
  'state'?: (string);
}

export interface ListLeasesRequest {
  /**
   * ECS instance id or Kubernetes node name; empty = all.
   */
  'node': (string);
  /**
   * `namespace/name` of a pod; empty = all.
   */
  'pod': (string);
  /**
   * One address; empty = all.
   */
  'ip': (string);
  /**
   * Only addresses in this state, for example `bound`; empty = all.
   */
  'state': (string);
}
