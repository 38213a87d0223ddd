// Original file: proto/terway/ipam/v1/ipam.proto

export const ReleaseCause = {
  RELEASE_CAUSE_UNSPECIFIED: 'RELEASE_CAUSE_UNSPECIFIED',
  /**
   * The pod is gone.
   */
  RELEASE_CAUSE_NORMAL: 'RELEASE_CAUSE_NORMAL',
  /**
   * The kernel or the journal shows the address in use by another live sandbox: it is quarantined, not cooled.
   */
  RELEASE_CAUSE_ADDRESS_IN_USE: 'RELEASE_CAUSE_ADDRESS_IN_USE',
} as const;

export type ReleaseCauseInput =
  | 'RELEASE_CAUSE_UNSPECIFIED'
  | 0
  /**
   * The pod is gone.
   */
  | 'RELEASE_CAUSE_NORMAL'
  | 1
  /**
   * The kernel or the journal shows the address in use by another live sandbox: it is quarantined, not cooled.
   */
  | 'RELEASE_CAUSE_ADDRESS_IN_USE'
  | 2

export type ReleaseCause = typeof ReleaseCause[keyof typeof ReleaseCause]
