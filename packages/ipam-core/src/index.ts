export { journalDigest, type DigestEntry } from './journal-digest.js';
export { demandKey, sameOwner, type Owner, type Pod } from './owner.js';
export { IpamRefusal, refusalReasons, type RefusalFacts, type RefusalReason } from './refusal.js';
