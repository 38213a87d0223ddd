import { authenticate, type Doorman } from './authenticate.js';
import { acs3Signature, sha256Hex } from './signature.js';
import { parseCall, type WireCall } from './wire-call.js';

const nowMs = Date.parse('2026-01-31T08:00:00Z');
const temporary = { id: 'AKID-STS', secret: 's2', securityToken: 'token', expiresAtMs: nowMs + 1000 };

function doorman(check: Doorman['check'] = 'strict'): Doorman {
  const keys = [{ id: 'AKID', secret: 's1' }, temporary];
  return { check, accessKeys: new Map(keys.map((key) => [key.id, key])), nonces: new Map() };
}

interface Signed {
  readonly id?: string;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly tamper?: Readonly<Record<string, string>>;
}

function signedCall({ id = 'AKID', secret = 's1', headers = {}, tamper = {} }: Signed = {}): WireCall {
  const signed = {
    host: 'localhost:1',
    'x-acs-content-sha256': sha256Hex(''),
    'x-acs-date': '2026-01-31T08:00:00Z',
    'x-acs-signature-nonce': 'nonce-1',
    ...headers,
  };
  const call = parseCall({ method: 'POST', url: '/?RegionId=cn-test', headers: signed, body: '' });
  const names = Object.keys(signed);
  const signature = acs3Signature(call, names, secret);
  const authorization = `ACS3-HMAC-SHA256 Credential=${id},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return parseCall({
    method: 'POST',
    url: '/?RegionId=cn-test',
    headers: { ...signed, authorization, ...tamper },
    body: '',
  });
}

describe('who is let in', () => {
  it('names the access key of a well signed call', () => {
    expect(authenticate(doorman(), signedCall(), nowMs)).toBe('AKID');
  });

  it.each<[title: string, call: WireCall, code: string]>([
    ['a call without a signature', signedCall({ tamper: { authorization: '' } }), 'IncompleteSignature'],
    ['an unknown access key', signedCall({ id: 'AKID-NONE' }), 'InvalidAccessKeyId.NotFound'],
    ['another secret', signedCall({ secret: 'other' }), 'SignatureDoesNotMatch'],
    ['a header changed on the way', signedCall({ tamper: { host: 'localhost:2' } }), 'SignatureDoesNotMatch'],
    [
      'a body hash that is not the body’s',
      signedCall({ headers: { 'x-acs-content-sha256': 'aa' } }),
      'SignatureDoesNotMatch',
    ],
    [
      'a call of 16 minutes ago',
      signedCall({ headers: { 'x-acs-date': '2026-01-31T07:44:00Z' } }),
      'InvalidTimeStamp.Expired',
    ],
    [
      'a call of 16 minutes ahead',
      signedCall({ headers: { 'x-acs-date': '2026-01-31T08:16:00Z' } }),
      'InvalidTimeStamp.Expired',
    ],
    ['no date', signedCall({ headers: { 'x-acs-date': '' } }), 'InvalidTimeStamp.Expired'],
    [
      'a temporary key without its token',
      signedCall({ id: 'AKID-STS', secret: 's2' }),
      'InvalidSecurityToken.MismatchWithAccessKey',
    ],
  ])('refuses %s', (_, call, code) => {
    expect(() => authenticate(doorman(), call, nowMs)).toThrow(expect.objectContaining({ code }));
  });

  it('takes a temporary key with its token until it expires', () => {
    const call = signedCall({ id: 'AKID-STS', secret: 's2', headers: { 'x-acs-security-token': 'token' } });
    expect(authenticate(doorman(), call, nowMs)).toBe('AKID-STS');
    expect(() => authenticate(doorman(), call, nowMs + 1000)).toThrow(
      expect.objectContaining({ code: 'InvalidSecurityToken.Expired' }),
    );
  });

  it('takes a nonce once in 15 minutes', () => {
    const strict = doorman();
    authenticate(strict, signedCall(), nowMs);
    expect(() => authenticate(strict, signedCall(), nowMs + 1)).toThrow(
      expect.objectContaining({ code: 'SignatureNonceUsed' }),
    );
    const later = signedCall({ headers: { 'x-acs-date': '2026-01-31T08:16:00Z' } });
    expect(authenticate(strict, later, nowMs + 16 * 60_000)).toBe('AKID');
  });

  it('asks less when told so', () => {
    expect(authenticate(doorman('lenient'), signedCall({ secret: 'other' }), nowMs)).toBe('AKID');
    expect(() => authenticate(doorman('lenient'), signedCall({ id: 'AKID-NONE' }), nowMs)).toThrow();
    expect(authenticate(doorman('off'), signedCall({ id: 'AKID-NONE' }), nowMs)).toBe('AKID-NONE');
  });
});
