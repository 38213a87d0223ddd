import { IpamRefusal } from '@terway/ipam-core';

/** What of a call tells who makes it. */
export interface CallIdentity {
  readonly metadata: { get(key: string): readonly (string | Buffer)[] };
}

/** The node that makes a call; handlers never take it from the body alone. @throws IpamRefusal `node-mismatch` */
export type Authenticate = (call: CallIdentity, claimedInstanceId: string) => string;

/** Believes what the agent says of itself: for tests, and for networks in which nobody else can call. */
export const insecureIdentity: Authenticate = ({ metadata }, claimed) => {
  const [said] = metadata.get('x-terway-instance-id');
  if (said !== undefined && said.toString() === claimed && claimed !== '') return claimed;
  throw new IpamRefusal('node-mismatch', `the call comes from '${said?.toString() ?? ''}' and speaks for '${claimed}'`);
};

/** Nobody can prove anything until a way is configured. */
export const noIdentity: Authenticate = () => {
  throw new IpamRefusal('node-mismatch', 'no way to identify nodes is configured; see --insecure-node-identity');
};
