import { IpamRefusal, type Reply } from '@terway/ipam-core';

/** What a command answered. @throws IpamRefusal when it was refused */
export function accepted<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  const { reason, message, ...facts } = reply.refusal;
  throw new IpamRefusal(reason, message, facts);
}
