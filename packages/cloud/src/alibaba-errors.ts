import type { CloudRefusalReason, Outcome } from './outcome.js';

/** An answer of the cloud that is not a success. */
export interface CloudFault {
  /** HTTP status. */
  readonly status: number;
  /** Empty when the answer names none. */
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
  /** From the header `x-acs-retry-after`. */
  readonly retryAfterMs?: number | undefined;
}

type Verdict = CloudRefusalReason | 'throttled' | 'unknown';

/**
 * What a code means to us, after the error tables of the ECS and VPC references; the first row that matches counts. A
 * star stands for any text. Answers that no row names are judged by their status alone.
 *
 * `already-so` holds for one address: a call for several may fail because of a single one, so read before believing it.
 */
const verdicts: readonly (readonly [code: string, verdict: Verdict])[] = [
  ['*Throttling*', 'throttled'],

  // the call may have been carried out, or still is
  ['IdempotentProcessing', 'unknown'],
  ['LastTokenProcessing', 'unknown'],
  ['SignatureNonceUsed', 'unknown'],

  ['InvalidVSwitchId.IpNotEnough', 'vswitch-exhausted'],
  ['*IpPrefixNotEnough', 'vswitch-exhausted'],

  ['EniPerInstanceLimitExceeded', 'eni-limit-reached'],
  ['MaxEniPrivateIpsCountExceeded', 'address-limit-reached'],
  ['MaxEniIpv6IpsCountExceeded', 'address-limit-reached'],
  ['InvalidOperation.Ipv4CountExceeded', 'address-limit-reached'],
  ['InvalidOperation.Ipv6CountExceeded', 'address-limit-reached'],

  ['MaxEniCountExceeded', 'account-quota-reached'],
  ['QuotaExceeded*', 'account-quota-reached'],
  ['SecurityGroupInstanceLimitExceed', 'account-quota-reached'],

  ['InvalidIp.IpUnassigned', 'already-so'],

  ['InvalidEniId.NotFound', 'not-found'],
  ['InvalidEcsId.NotFound', 'not-found'],
  ['InvalidInstanceId.NotFound', 'not-found'],
  ['InvalidVSwitchId.NotFound', 'not-found'],
  ['InvalidSecurityGroupId.NotFound', 'not-found'],

  ['InvalidOperation.InvalidEniState', 'wrong-state'],
  ['InvalidOperation.InvalidEcsState', 'wrong-state'],
  ['IncorrectVSwitchStatus', 'wrong-state'],
  ['IncorrectVpcStatus', 'wrong-state'],
  ['IncorrectRouteEntryStatus', 'wrong-state'],
  ['InvalidStatus.RouteEntry', 'wrong-state'],

  ['Operation.Conflict', 'conflict'],
  ['OperationConflict', 'conflict'],
  ['InvalidOperation.Conflict', 'conflict'],
  ['TaskConflict', 'conflict'],
  ['RouterEntryConflict.Duplicated', 'conflict'],
  ['Forbbiden', 'conflict'], // the route calls spell it so

  ['IdempotentParameterMismatch', 'idempotence-broken'],
  ['IdempotentFailed', 'idempotence-broken'],

  ['Forbidden*', 'not-allowed'],
  ['NoPermission*', 'not-allowed'],
  ['InvalidAccessKeyId*', 'not-allowed'],
  ['InvalidSecurityToken*', 'not-allowed'],
  ['IncompleteSignature', 'not-allowed'],
  ['SignatureDoesNotMatch', 'not-allowed'],
  ['IllegalTimestamp', 'not-allowed'],
  ['InvalidTimeStamp*', 'not-allowed'],
];

/** What became of the call that the cloud answered so. */
export function outcomeOf(fault: CloudFault): Outcome<never> {
  const { status, code, message, requestId, retryAfterMs } = fault;
  const verdict = verdictOf(code, status);
  if (verdict === 'throttled') {
    return { kind: 'throttled', code, requestId, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  if (verdict === 'unknown') {
    return { kind: 'unknown', cause: `status ${status}, code ${code || 'none'}: ${message} (request ${requestId})` };
  }
  return { kind: 'refused', reason: verdict, code, message, status, requestId };
}

function verdictOf(code: string, status: number): Verdict {
  const named = verdicts.find(([pattern]) => matches(pattern, code))?.[1];
  if (named === 'throttled' || status === 429) return 'throttled';
  // a server that failed may have failed after it did what was asked
  if (status >= 500 || status < 400 || code === '') return 'unknown';
  return named ?? 'rejected';
}

/** A star at either end of `pattern` stands for any text. */
function matches(pattern: string, code: string): boolean {
  const text = pattern.replaceAll('*', '');
  if (pattern.startsWith('*') && pattern.endsWith('*')) return code.includes(text);
  if (pattern.startsWith('*')) return code.endsWith(text);
  return pattern.endsWith('*') ? code.startsWith(text) : code === text;
}
