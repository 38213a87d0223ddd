import { DatapathError } from '@terway/datapath';
import type { Owner } from '@terway/ipam-core';
import { cniCode } from './errors.js';
import { gc } from './gc.js';

const a = { network: 'terway', sandboxId: 'a', interfaceName: 'eth0' };
const a1 = { ...a, interfaceName: 'net1' };
const b = { ...a, sandboxId: 'b' };

async function collect(valid: readonly Owner[], stuck?: Owner): Promise<readonly Owner[]> {
  const detached: Owner[] = [];
  const request = {
    verb: 'GC' as const,
    cniVersion: '1.1.0' as const,
    network: 'terway',
    valid: valid.map(({ sandboxId, interfaceName }) => ({ containerId: sandboxId, interfaceName })),
  };
  await gc(request, {
    owners: (network) => [a, a1, b].filter((owner) => owner.network === network),
    detach: async (owner) => {
      if (owner === stuck) throw new DatapathError('kernel-refused', 'stuck');
      detached.push(owner);
    },
  }).catch((error: unknown) => {
    expect(error).toMatchObject({ code: cniCode.tryAgainLater });
  });
  return detached;
}

describe('GC', () => {
  it.each([
    ['nothing that is valid', [a, a1, b], []],
    ['what is not listed', [b], [a, a1]],
    ['another interface of a listed container', [a, b], [a1]],
    ['everything, by an empty list', [], [a, a1, b]],
  ])('lets go of %s', async (_, valid, gone) => expect(await collect(valid)).toEqual(gone));

  it('goes on when one cannot be let go, and says so', async () => {
    expect.assertions(2);
    expect(await collect([], a)).toEqual([a1, b]);
  });
});
