import { cloudError } from '../cloud-error.js';
import { acs3Signature, rpcSignature, sha256Hex } from './signature.js';
import type { WireCall } from './wire-call.js';

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** A key with a token is temporary: the token must come with each call. */
  readonly securityToken?: string;
  /** Unix milliseconds of real time. */
  readonly expiresAtMs?: number;
}

/** `lenient`: the access key must be known; `strict`: and its signature right, fresh and used once; `off`: neither. */
export type SignatureCheck = 'off' | 'lenient' | 'strict';

export interface Doorman {
  readonly check: SignatureCheck;
  readonly accessKeys: ReadonlyMap<string, AccessKey>;
  /** Nonce -> when it was seen. */
  readonly nonces: Map<string, number>;
}

/** What a call says of its sender. */
interface Claim {
  readonly accessKeyId: string;
  readonly securityToken: string | undefined;
  readonly nonce: string | undefined;
  /** ISO 8601. */
  readonly date: string | undefined;
  /** Whether this secret made the signature. */
  readonly isSignedWith: (secret: string) => boolean;
}

/** A call may be so much older or newer than now, and its nonce must not come again within it. */
const toleranceMs = 15 * 60_000;

/**
 * Dates are compared with real time, since the caller knows no other.
 * @returns the id of the access key
 * @throws CloudError
 */
export function authenticate(doorman: Doorman, call: WireCall, realNowMs: number): string {
  const claim = claimOf(call);
  if (doorman.check === 'off') return claim?.accessKeyId ?? '';
  if (!claim) throw cloudError('IncompleteSignature');
  const key = doorman.accessKeys.get(claim.accessKeyId);
  if (!key) throw cloudError('InvalidAccessKeyId.NotFound');
  checkToken(key, claim, realNowMs);
  if (doorman.check === 'strict') checkSignature(doorman, key, claim, realNowMs);
  return key.id;
}

function checkToken(key: AccessKey, claim: Claim, realNowMs: number): void {
  if (key.securityToken !== claim.securityToken) throw cloudError('InvalidSecurityToken.MismatchWithAccessKey');
  if (realNowMs >= (key.expiresAtMs ?? Number.POSITIVE_INFINITY)) throw cloudError('InvalidSecurityToken.Expired');
}

function checkSignature({ nonces }: Doorman, key: AccessKey, claim: Claim, realNowMs: number): void {
  const { date = '', nonce = '' } = claim;
  if (nonce === '') throw cloudError('IncompleteSignature');
  if (!claim.isSignedWith(key.secret)) throw cloudError('SignatureDoesNotMatch');
  if (!(Math.abs(Date.parse(date) - realNowMs) <= toleranceMs)) throw cloudError('InvalidTimeStamp.Expired');
  forgetOldNonces(nonces, realNowMs);
  if (nonces.has(nonce)) throw cloudError('SignatureNonceUsed');
  nonces.set(nonce, realNowMs);
}

/** Nonces come in the order of time. */
function forgetOldNonces(nonces: Map<string, number>, realNowMs: number): void {
  for (const [nonce, seenAtMs] of nonces) {
    if (realNowMs - seenAtMs <= toleranceMs) return;
    nonces.delete(nonce);
  }
}

function claimOf(call: WireCall): Claim | undefined {
  return acs3Claim(call) ?? rpcClaim(call);
}

function acs3Claim(call: WireCall): Claim | undefined {
  const match = /^ACS3-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]+)$/.exec(
    call.headers['authorization'] ?? '',
  );
  if (!match) return undefined;
  const [, accessKeyId = '', signedHeaders = '', signature = ''] = match;
  return {
    accessKeyId,
    securityToken: call.headers['x-acs-security-token'],
    nonce: call.headers['x-acs-signature-nonce'],
    date: call.headers['x-acs-date'],
    isSignedWith: (secret) =>
      acs3Signature(call, signedHeaders.split(';'), secret) === signature &&
      call.headers['x-acs-content-sha256'] === sha256Hex(call.body),
  };
}

function rpcClaim(call: WireCall): Claim | undefined {
  const fields = new Map(call.pairs);
  const [accessKeyId, signature] = [fields.get('AccessKeyId'), fields.get('Signature')];
  if (accessKeyId === undefined || signature === undefined) return undefined;
  return {
    accessKeyId,
    securityToken: fields.get('SecurityToken'),
    nonce: fields.get('SignatureNonce'),
    date: fields.get('Timestamp'),
    isSignedWith: (secret) => rpcSignature(call, secret) === signature,
  };
}
