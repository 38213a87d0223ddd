import { acs3CanonicalRequest, acs3Signature, canonicalQuery, rpcSignature, sha256Hex } from './signature.js';
import { parseCall } from './wire-call.js';

/** Captured from the vendor's SDK: TagResources with a tag of awkward characters. */
const query = 'RegionId=cn-test&ResourceId.1=eni-1&ResourceType=eni&Tag.1.Key=k%20(1)*&Tag.1.Value=a%2Fb~!%27%C3%A9';
const secret = 'secretexample';

describe('the signatures of the vendor’s SDK', () => {
  const headers = {
    host: '127.0.0.1:18080',
    'x-acs-action': 'TagResources',
    'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-acs-credentials-provider': 'static_ak',
    'x-acs-date': '2026-11-23T23:53:45Z',
    'x-acs-signature-nonce': 'a19e52c079c0259b3648828a48fbcf9ee01120ead1cdd3de892d7f06a136aebb',
    'x-acs-version': '2014-05-26',
  };
  const call = parseCall({ method: 'POST', url: `/?${query}`, headers, body: '' });

  it('encodes the query afresh, more strictly than the URL', () => {
    expect(canonicalQuery(call.query)).toBe(
      'RegionId=cn-test&ResourceId.1=eni-1&ResourceType=eni&Tag.1.Key=k%20%281%29%2A&Tag.1.Value=a%2Fb~%21%27%C3%A9',
    );
  });

  it('makes the ACS3 signature', () => {
    const signed = Object.keys(headers);
    expect(sha256Hex(acs3CanonicalRequest(call, signed))).toBe(
      'd8f651c7628e613ed3b2f6c4010610ac9d321fa8ba71377dc79c61000312a616',
    );
    expect(acs3Signature(call, signed, secret)).toBe(
      '434168f505343aea27b388517848ec8f7546d3e654a42e2ffcd71bcd1d90d230',
    );
  });

  it('makes the older HMAC-SHA1 signature', () => {
    const envelope = {
      Action: 'TagResources',
      Format: 'json',
      Version: '2014-05-26',
      Timestamp: '2026-11-23T23:53:45Z',
      SignatureNonce: 'd9f3090ded4fc61490374bcc4c390f24534b9b1dee8c7987ab58740c44b7a9a5',
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      AccessKeyId: 'AKIDEXAMPLE',
    };
    const url = `/?${query}&${new URLSearchParams(envelope).toString()}`;
    expect(rpcSignature(parseCall({ method: 'POST', url, headers: {}, body: '' }), secret)).toBe(
      'UTZszve2bDwAW0kMF+zbXr1oUlM=',
    );
  });
});
