/** The cloud's no: its code, its HTTP status and its words, as the OpenAPI answers them. */
export class CloudError extends Error {
  override readonly name = 'CloudError';

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Code -> HTTP status and the text that goes with it, after the vendor's error tables. */
export const errorCatalogue = {
  Throttling: [400, 'Request was denied due to request throttling.'],
  'Throttling.User': [400, 'Request was denied due to user flow control.'],
  'Throttling.Api': [400, 'Request was denied due to api flow control.'],
  InternalError: [500, 'The request processing has failed due to some unknown error.'],
  ServiceUnavailable: [503, 'The request has failed due to a temporary failure of the server.'],
  'Operation.Conflict': [403, 'The operation is conflicted with another operation on the same resource.'],
  'InvalidVSwitchId.IpNotEnough': [403, 'The specified VSwitch has not enough IpAddress.'],
  'QuotaExceeded.PrivateIpAddress': [400, 'The quota of private IP addresses of the VPC is exceeded.'],
  EniPerInstanceLimitExceeded: [403, 'The number of ENIs of the instance exceeds the limit of its type.'],
  MaxEniCountExceeded: [403, 'The number of ENIs exceeds the quota of the account.'],
  MaxEniPrivateIpsCountExceeded: [403, 'The number of private IP addresses of the ENI exceeds the limit.'],
  'InvalidOperation.Ipv4CountExceeded': [403, 'The number of IPv4 addresses of the ENI exceeds the limit.'],
  'InvalidOperation.Ipv6NotSupport': [403, 'The instance type does not support IPv6 addresses.'],
  'InvalidVSwitch.Ipv6NotTurnOn': [403, 'IPv6 is not turned on in the specified VSwitch.'],
  SecurityGroupInstanceLimitExceed: [403, 'The security group has no room for more private IP addresses.'],
  JoinedGroupLimitExceed: [400, 'The number of security groups of the ENI exceeds the limit.'],
  'InvalidSecurityGroupId.NotFound': [404, 'The specified SecurityGroupId does not exist.'],
  'InvalidSecurityGroupId.NotVpc': [403, 'The specified security group is not in the VPC of the VSwitch.'],
  'InvalidVSwitchId.NotFound': [404, 'The specified VSwitchId does not exist.'],
  'InvalidVSwitchId.IpInvalid': [403, 'The specified address is not in the range of the VSwitch.'],
  'InvalidIp.Address': [403, 'The specified address is invalid.'],
  'InvalidIp.IpAssigned': [403, 'The specified address is already assigned.'],
  'InvalidIp.IpRepeated': [403, 'The specified address is listed twice.'],
  'InvalidIp.IpUnassigned': [403, 'The specified address is not assigned to the ENI.'],
  'InvalidEniId.NotFound': [404, 'The specified ENI does not exist.'],
  'InvalidEcsId.NotFound': [404, 'The specified instance does not exist.'],
  'InvalidInstanceId.NotFound': [404, 'The specified InstanceId does not exist.'],
  'InvalidOperation.InvalidEniState': [400, 'The operation is not permitted in the current state of the ENI.'],
  'InvalidOperation.InvalidEcsState': [400, 'The operation is not permitted in the current state of the instance.'],
  'InvalidOperation.InvalidEniType': [403, 'The operation is not permitted for this type of ENI.'],
  'InvalidOperation.DetachPrimaryEniNotAllowed': [400, 'The primary ENI cannot be detached.'],
  'InvalidOperation.VpcMismatch': [403, 'The ENI and the instance are not in the same VPC.'],
  'InvalidOperation.AvailabilityZoneMismatch': [403, 'The ENI and the instance are not in the same zone.'],
  'InvalidOperation.EniServiceManaged': [403, 'The ENI is managed by a cloud service.'],
  InvalidParameter: [400, 'The specified parameter is invalid.'],
  'InvalidParameter.Conflict': [400, 'The specified parameters conflict with each other.'],
  'InvalidParameter.NextToken': [400, 'The specified NextToken does not belong to this query.'],
  MissingParameter: [400, 'A parameter that is mandatory for this request is missing.'],
  UnsupportedParameter: [400, 'The specified parameter is not supported.'],
  'InvalidRegionId.NotFound': [404, 'The specified RegionId does not exist.'],
  'InvalidTagKey.Malformed': [400, 'The specified tag key is malformed.'],
  'InvalidTagValue.Malformed': [400, 'The specified tag value is malformed.'],
  'Duplicate.TagKey': [400, 'The specified tag keys contain a duplicate.'],
  'QuotaExceed.Tags': [403, 'The number of tags exceeds the quota.'],
  'Forbidden.RAM': [403, 'The user is not authorized to operate on the specified resource.'],
  'Forbidden.SubUser': [403, 'The sub-user is not authorized to operate on the specified resource.'],
  'InvalidAccessKeyId.NotFound': [404, 'The specified access key is not found.'],
  'InvalidSecurityToken.Expired': [403, 'The specified security token is expired.'],
  'InvalidSecurityToken.Malformed': [400, 'The specified security token is malformed.'],
  'InvalidSecurityToken.MismatchWithAccessKey': [403, 'The security token does not belong to the access key.'],
  IncompleteSignature: [400, 'The request signature is incomplete.'],
  SignatureDoesNotMatch: [400, 'The specified signature does not match our calculation.'],
  'InvalidTimeStamp.Expired': [400, 'The specified time stamp or date value is expired.'],
  SignatureNonceUsed: [400, 'The specified signature nonce was used already.'],
  IdempotentParameterMismatch: [400, 'The client token was used with other parameters.'],
  IdempotentProcessing: [403, 'The earlier request with this client token is still being processed.'],
  LastTokenProcessing: [403, 'The last request with this client token is still being processed.'],
  IdempotentFailed: [403, 'The earlier idempotent request failed with an unknown error.'],
  IncorrectVSwitchStatus: [400, 'The current status of the VSwitch does not support this operation.'],
  TaskConflict: [409, 'Another task runs in the VPC.'],
  'InvalidAction.NotFound': [404, 'The specified api is not found, please check your url and method.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type ErrorCode = keyof typeof errorCatalogue;

/** @param detail says what exactly; it follows the catalogue's text */
export function cloudError(code: ErrorCode, detail?: string): CloudError {
  const [status, message] = errorCatalogue[code];
  return new CloudError(code, status, detail === undefined ? message : `${message} ${detail}`);
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}
