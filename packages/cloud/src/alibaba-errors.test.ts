import fc from 'fast-check';
import { outcomeOf } from './alibaba-errors.js';

type Verdict = string;

/** Every row of the catalogue with each of its statuses. */
const catalogue: readonly (readonly [code: string, status: number, verdict: Verdict])[] = [
  ['Throttling', 400, 'throttled'],
  ['Throttling.User', 400, 'throttled'],
  ['Throttling.Api', 429, 'throttled'],
  ['Throttling.DeepPageSkip', 403, 'throttled'],
  ['Throttling', 503, 'throttled'],
  ['', 429, 'throttled'],
  ['InternalError', 500, 'unknown'],
  ['ServiceUnavailable', 503, 'unknown'],
  ['ServiceUnavailable.RegionMaintaining', 503, 'unknown'],
  ['UnknownError', 500, 'unknown'],
  ['', 502, 'unknown'],
  ['', 403, 'unknown'],
  ['Operation.Conflict', 403, 'conflict'],
  ['OperationConflict', 409, 'conflict'],
  ['InvalidOperation.Conflict', 403, 'conflict'],
  ['InvalidVSwitchId.IpNotEnough', 403, 'vswitch-exhausted'],
  ['QuotaExceeded.PrivateIpAddress', 400, 'account-quota-reached'],
  ['InvalidVSwitchId.IpPrefixNotEnough', 403, 'vswitch-exhausted'],
  ['EniPerInstanceLimitExceeded', 403, 'eni-limit-reached'],
  ['MaxEniCountExceeded', 403, 'account-quota-reached'],
  ['MaxEniPrivateIpsCountExceeded', 403, 'address-limit-reached'],
  ['InvalidOperation.Ipv4CountExceeded', 403, 'address-limit-reached'],
  ['MaxEniIpv6IpsCountExceeded', 403, 'address-limit-reached'],
  ['InvalidOperation.Ipv6CountExceeded', 403, 'address-limit-reached'],
  ['InvalidOperation.Ipv6NotSupport', 403, 'rejected'],
  ['InvalidVSwitch.Ipv6NotTurnOn', 403, 'rejected'],
  ['SecurityGroupInstanceLimitExceed', 403, 'account-quota-reached'],
  ['JoinedGroupLimitExceed', 400, 'rejected'],
  ['InvalidSecurityGroupId.NotFound', 404, 'not-found'],
  ['InvalidSecurityGroupId.NotVpc', 403, 'rejected'],
  ['InvalidVSwitchId.NotFound', 404, 'not-found'],
  ['InvalidVSwitchId.IpInvalid', 403, 'rejected'],
  ['InvalidIp.Address', 403, 'rejected'],
  ['InvalidIp.IpAssigned', 403, 'rejected'],
  ['InvalidPrivateIpAddress.Duplicated', 400, 'rejected'],
  ['InvalidIp.IpRepeated', 403, 'rejected'],
  ['InvalidIp.IpUnassigned', 403, 'already-so'],
  ['InvalidEniId.NotFound', 404, 'not-found'],
  ['InvalidEcsId.NotFound', 404, 'not-found'],
  ['InvalidInstanceId.NotFound', 403, 'not-found'],
  ['InvalidOperation.InvalidEniState', 400, 'wrong-state'],
  ['InvalidOperation.InvalidEcsState', 400, 'wrong-state'],
  ['InvalidOperation.InvalidEniType', 403, 'rejected'],
  ['InvalidOperation.DetachPrimaryEniNotAllowed', 400, 'rejected'],
  ['InvalidOperation.VpcMismatch', 403, 'rejected'],
  ['InvalidOperation.AvailabilityZoneMismatch', 403, 'rejected'],
  ['InvalidOperation.EniServiceManaged', 403, 'rejected'],
  ['InvalidOperation.ResourceManagedByCloudProduct', 403, 'rejected'],
  ['InvalidParameter', 400, 'rejected'],
  ['InvalidParameter.Conflict', 400, 'rejected'],
  ['MissingParameter.VSwitchId', 400, 'rejected'],
  ['UnsupportedParameter', 400, 'rejected'],
  ['InvalidParams.EniId', 400, 'rejected'],
  ['InvalidTagKey.Malformed', 400, 'rejected'],
  ['InvalidTagValue.Malformed', 400, 'rejected'],
  ['Duplicate.TagKey', 400, 'rejected'],
  ['InvalidRegionId.NotFound', 404, 'rejected'],
  ['InvalidInstanceID.Malformed', 400, 'rejected'],
  ['QuotaExceed.Tags', 403, 'rejected'],
  ['Forbidden.RAM', 403, 'not-allowed'],
  ['Forbidden.SubUser', 403, 'not-allowed'],
  ['Forbidden.NotSupportRAM', 403, 'not-allowed'],
  ['NoPermission', 403, 'not-allowed'],
  ['InvalidAccessKeyId.NotFound', 404, 'not-allowed'],
  ['InvalidSecurityToken.Expired', 400, 'not-allowed'],
  ['InvalidSecurityToken.Malformed', 403, 'not-allowed'],
  ['InvalidSecurityToken.MismatchWithAccessKey', 403, 'not-allowed'],
  ['IncompleteSignature', 400, 'not-allowed'],
  ['IllegalTimestamp', 400, 'not-allowed'],
  ['SignatureDoesNotMatch', 400, 'not-allowed'],
  ['InvalidTimeStamp.Expired', 400, 'not-allowed'],
  ['SignatureNonceUsed', 400, 'unknown'],
  ['IdempotentParameterMismatch', 400, 'idempotence-broken'],
  ['IdempotentParameterMismatch', 403, 'idempotence-broken'],
  ['IdempotentProcessing', 403, 'unknown'],
  ['LastTokenProcessing', 403, 'unknown'],
  ['IdempotentFailed', 403, 'idempotence-broken'],
  ['IncorrectVSwitchStatus', 400, 'wrong-state'],
  ['TaskConflict', 409, 'conflict'],
  ['IncorrectRouteEntryStatus', 400, 'wrong-state'],
  ['IncorrectVpcStatus', 400, 'wrong-state'],
  ['InvalidStatus.RouteEntry', 400, 'wrong-state'],
  ['Forbbiden', 400, 'conflict'],
  ['RouterEntryConflict.Duplicated', 400, 'conflict'],
  ['QuotaExceeded.RouteEntry', 400, 'account-quota-reached'],
  ['InvalidAction.NotFound', 404, 'rejected'],
];

const fault = { message: 'text', requestId: 'R-1' };

describe('outcomeOf', () => {
  it.each(catalogue)('%s with status %i: %s', (code, status, verdict) => {
    const outcome = outcomeOf({ code, status, ...fault });
    expect(outcome.kind === 'refused' ? outcome.reason : outcome.kind).toBe(verdict);
  });

  it('keeps what on-call needs of a refusal', () => {
    expect(outcomeOf({ code: 'InvalidVSwitchId.IpNotEnough', status: 403, ...fault })).toEqual({
      kind: 'refused',
      reason: 'vswitch-exhausted',
      code: 'InvalidVSwitchId.IpNotEnough',
      message: 'text',
      status: 403,
      requestId: 'R-1',
    });
  });

  it('keeps the pause that the cloud asks for', () => {
    const throttled = { code: 'Throttling', status: 400, ...fault };
    expect(outcomeOf({ ...throttled, retryAfterMs: 700 })).toMatchObject({ retryAfterMs: 700 });
    expect(outcomeOf(throttled)).not.toHaveProperty('retryAfterMs');
  });

  it('never takes the failure of a server for a refusal, whatever its code says', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...catalogue.map(([code]) => code)),
        fc.integer({ min: 500, max: 599 }),
        (code, status) => {
          expect(['unknown', 'throttled']).toContain(outcomeOf({ code, status, ...fault }).kind);
        },
      ),
      { seed: 1, numRuns: 300 },
    ));

  it('takes codes from the future by their status', () => {
    expect(outcomeOf({ code: 'Invalid.New', status: 400, ...fault })).toMatchObject({ reason: 'rejected' });
    expect(outcomeOf({ code: 'Invalid.New', status: 302, ...fault })).toMatchObject({ kind: 'unknown' });
  });
});
