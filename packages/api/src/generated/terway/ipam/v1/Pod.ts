// Original file: proto/terway/ipam/v1/ipam.proto


/**
 * Attributes of the pod behind an owner; they identify nothing.
 */
export interface PodInput {
  'namespace'?: (string);
  'name'?: (string);
  'uid'?: (string);
}

/**
 * Attributes of the pod behind an owner; they identify nothing.
 */
export interface Pod {
  'namespace': (string);
  'name': (string);
  'uid': (string);
}
