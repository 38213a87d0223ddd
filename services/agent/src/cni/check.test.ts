import { entries } from '../journal/journal.contract.js';
import { isAttached } from '../journal/journal.js';
import { check } from './check.js';
import { cniCode } from './errors.js';
import type { PluginCalls } from './plugin-calls.js';
import { parsePreviousResult } from './previous-result.js';

const entry = entries.find(isAttached);
const request = {
  verb: 'CHECK' as const,
  cniVersion: '1.1.0' as const,
  network: 'terway',
  owner: { network: 'terway', sandboxId: 'sandbox-1', interfaceName: 'eth0' },
  netns: '/run/netns/web-0',
  previous: parsePreviousResult({ ips: [{ address: '127.0.0.1/8' }, { address: '10.0.0.10/32' }] }),
};
const intact: Pick<PluginCalls, 'attached' | 'missing'> = { attached: () => entry, missing: async () => [] };

describe('CHECK', () => {
  it('passes when result, journal and kernel agree', async () => {
    expect(await check(request, intact)).toBe('');
  });

  it.each([
    ['nothing is attached', request, { ...intact, attached: () => undefined }, cniCode.containerUnknown],
    ['the kernel lacks a part', request, { ...intact, missing: async () => ['rule'] }, cniCode.attachmentDiffers],
    ['the namespace is another', { ...request, netns: '/run/netns/x' }, intact, cniCode.attachmentDiffers],
    [
      'the result names another address',
      { ...request, previous: parsePreviousResult({ ips: [{ address: '10.0.0.11/32' }] }) },
      intact,
      cniCode.attachmentDiffers,
    ],
  ])('is refused when %s', async (_, asked, calls, code) => {
    await expect(check(asked, calls)).rejects.toMatchObject({ code });
  });
});
