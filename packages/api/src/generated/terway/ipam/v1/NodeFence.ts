// Original file: proto/terway/ipam/v1/ipam.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Who asks, and what of the node's record the asker has seen. In every request of an agent.
 */
export interface NodeFenceInput {
  /**
   * ECS instance id of the node. The service compares it with the caller's identity.
   */
  'instanceId'?: (string);
  /**
   * Random id that the agent made together with its journal: a lost journal is a new incarnation.
   */
  'incarnation'?: (string);
  /**
   * Given out by Open; empty in Open.
   */
  'session'?: (string);
  /**
   * Random id of the node's record as the agent last saw it; empty before the first answer.
   */
  'generation'?: (string);
  /**
   * The highest agent_seq that an answer has brought. A record that has less went back.
   */
  'lastAgentSeq'?: (number | string | Long);
}

/**
 * Who asks, and what of the node's record the asker has seen. In every request of an agent.
 */
export interface NodeFence {
  /**
   * ECS instance id of the node. The service compares it with the caller's identity.
   */
  'instanceId': (string);
  /**
   * Random id that the agent made together with its journal: a lost journal is a new incarnation.
   */
  'incarnation': (string);
  /**
   * Given out by Open; empty in Open.
   */
  'session': (string);
  /**
   * Random id of the node's record as the agent last saw it; empty before the first answer.
   */
  'generation': (string);
  /**
   * The highest agent_seq that an answer has brought. A record that has less went back.
   */
  'lastAgentSeq': (number);
}
