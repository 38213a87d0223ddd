import type { VSwitchLedger } from './vswitch-ledger.js';

/** What every ledger of reservations promises; `start` gives an empty one. */
export function describeVSwitchLedger(
  name: string,
  start: () => Promise<{ ledger: VSwitchLedger; stop(): Promise<void> }>,
): void {
  describe(`${name}: reservations`, () => {
    const nowMs = 1_764_000_000_000;
    const expiresAtMs = nowMs + 60_000;
    let started: Awaited<ReturnType<typeof start>>;
    let ledger: VSwitchLedger;

    beforeEach(async () => {
      started = await start();
      ({ ledger } = started);
    });
    afterEach(() => started.stop());

    const reserved = async (atMs: number): Promise<object> =>
      Object.fromEntries(await ledger.reserved(['vsw-1', 'vsw-2', 'vsw-3'], atMs));

    it('add up by vSwitch', async () => {
      await ledger.reserve({ vSwitchId: 'vsw-1', intentId: 'i1', count: 10, expiresAtMs });
      await ledger.reserve({ vSwitchId: 'vsw-1', intentId: 'i2', count: 5, expiresAtMs });
      await ledger.reserve({ vSwitchId: 'vsw-2', intentId: 'i3', count: 1, expiresAtMs });
      expect(await reserved(nowMs)).toEqual({ 'vsw-1': 15, 'vsw-2': 1 });
    });

    it('are told only of the vSwitches that are asked for', async () => {
      await ledger.reserve({ vSwitchId: 'vsw-1', intentId: 'i1', count: 10, expiresAtMs });
      expect(await ledger.reserved(['vsw-2'], nowMs)).toEqual(new Map());
      expect(await ledger.reserved([], nowMs)).toEqual(new Map());
    });

    it('are replaced by a later one of the same intent', async () => {
      await ledger.reserve({ vSwitchId: 'vsw-1', intentId: 'i1', count: 10, expiresAtMs });
      await ledger.reserve({ vSwitchId: 'vsw-1', intentId: 'i1', count: 4, expiresAtMs: expiresAtMs + 1 });
      expect(await reserved(expiresAtMs)).toEqual({ 'vsw-1': 4 });
    });

    it('end when they are dropped, once or more often', async () => {
      await ledger.reserve({ vSwitchId: 'vsw-1', intentId: 'i1', count: 10, expiresAtMs });
      await ledger.reserve({ vSwitchId: 'vsw-1', intentId: 'i2', count: 5, expiresAtMs });
      await ledger.drop('vsw-1', 'i1');
      await ledger.drop('vsw-1', 'i1');
      await ledger.drop('vsw-3', 'i9');
      expect(await reserved(nowMs)).toEqual({ 'vsw-1': 5 });
    });

    it('end at their time', async () => {
      await ledger.reserve({ vSwitchId: 'vsw-1', intentId: 'i1', count: 10, expiresAtMs });
      await ledger.reserve({ vSwitchId: 'vsw-1', intentId: 'i2', count: 5, expiresAtMs: expiresAtMs + 1 });
      expect(await reserved(expiresAtMs - 1)).toEqual({ 'vsw-1': 15 });
      expect(await reserved(expiresAtMs)).toEqual({ 'vsw-1': 5 });
      expect(await reserved(expiresAtMs + 1)).toEqual({});
    });
  });
}
