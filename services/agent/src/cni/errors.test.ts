import { DatapathError } from '@terway/datapath';
import { IpamRefusal, refusalReasons } from '@terway/ipam-core';
import { cniCode } from './errors.js';
import { versionForErrors } from './network-config.js';
import { asCniError } from './plugin-calls.js';

describe('what a runtime is told of an error', () => {
  it.each(refusalReasons)('%s of the address manager passes: try again later', (reason) => {
    const { code, message, details } = asCniError(new IpamRefusal(reason, 'why'));
    expect([code, message, details]).toEqual([cniCode.tryAgainLater, `${reason}: why`, '']);
  });

  it('carries what the kernel said, verbatim', () => {
    const error = new DatapathError('kernel-refused', 'no', { kernelText: 'RTNETLINK answers: File exists' });
    expect(asCniError(error).details).toBe('RTNETLINK answers: File exists');
  });

  it.each([
    ['{"cniVersion":"0.4.0"}', '0.4.0'],
    ['{"cniVersion":"9.9.9"}', '9.9.9'],
    ['{}', '0.1.0'],
    ['{"cniVersion":7}', '1.0.0'],
    ['nonsense', '1.0.0'],
  ])('speaks the version of %s', (stdin, version) => expect(versionForErrors(stdin)).toBe(version));
});
