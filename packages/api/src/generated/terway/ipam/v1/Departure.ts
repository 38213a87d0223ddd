// Original file: proto/terway/ipam/v1/ipam.proto


/**
 * The agent's promise that an address is not wired and that it will not use it under this term.
 */
export interface DepartureInput {
  'ip'?: (string);
  'term'?: (string);
}

/**
 * The agent's promise that an address is not wired and that it will not use it under this term.
 */
export interface Departure {
  'ip': (string);
  'term': (string);
}
