// Original file: proto/terway/agent/v1/agent.proto


export interface SandboxInput {
  'network'?: (string);
  'sandboxId'?: (string);
  'interfaceName'?: (string);
  'podNamespace'?: (string);
  'podName'?: (string);
  'netns'?: (string);
  'ip'?: (string);
  'eniMac'?: (string);
  'hostInterface'?: (string);
  /**
   * allocating, wiring, wired or releasing.
   */
  'state'?: (string);
  'allocationId'?: (string);
}

export interface Sandbox {
  'network': (string);
  'sandboxId': (string);
  'interfaceName': (string);
  'podNamespace': (string);
  'podName': (string);
  'netns': (string);
  'ip': (string);
  'eniMac': (string);
  'hostInterface': (string);
  /**
   * allocating, wiring, wired or releasing.
   */
  'state': (string);
  'allocationId': (string);
}
