import { IpamRefusal } from '@terway/ipam-core';
import { createLogger } from '@terway/runtime';
import { AddressLedger } from './address-ledger.js';
import { systemClock } from './clock.js';
import { IpamSession } from './ipam-session.js';
import { MemoryJournal } from './journal/memory-journal.js';
import { LeaseKeeper } from './lease-keeper.js';
import { MemoryIpam } from './memory-ipam.js';
import { ReleaseSpool } from './release-spool.js';
import { statementSource } from './statement.js';

const clock = systemClock();

/** The keeper of a node without pods, on a centre in memory. */
function keeperOn(client: MemoryIpam) {
  const lines: string[] = [];
  const log = createLogger({ level: 'warning', format: 'text', nowMs: () => 0, write: (line) => lines.push(line) });
  const journal = new MemoryJournal('incarnation-1');
  const ledger = new AddressLedger(journal, clock, 60_000);
  const datapath = { observe: async () => ({ addresses: [], enis: [], hostInterfaces: [] }) };
  const session = new IpamSession(
    { instanceId: 'i-1', nodeName: 'n1', openDeadlineMs: 1_000, pauseMs: 0 },
    { client, journal, ledger, statement: statementSource({ journal, ledger, datapath }), log, ...clock },
  );
  const spool = new ReleaseSpool({ session, journal, ledger }, 1_000);
  const times = { renewMs: 60_000, deadlineMs: 1_000, retryMs: 60_000 };
  return { lines, keeper: new LeaseKeeper({ session, ledger, spool, datapath, log }, times) };
}

it('says once why the centre refuses the node, and again when the reason changes or comes back', async () => {
  const client = new MemoryIpam([]);
  const { keeper, lines } = keeperOn(client);
  const lookUnder = async (away: IpamRefusal | undefined): Promise<void> => {
    client.away = away;
    await keeper.look();
  };
  const unknown = new IpamRefusal('node-unknown', 'the cloud knows no instance i-1');
  const silent = new IpamRefusal('ipam-unavailable', 'no answer');
  client.away = unknown;
  await keeper.start();
  try {
    for (const away of [unknown, unknown, silent, undefined, unknown]) await lookUnder(away);
  } finally {
    await keeper.stop();
  }
  expect(lines.map((line) => /reason=(\S+)/.exec(line)?.[1])).toEqual([
    'node-unknown',
    'ipam-unavailable',
    'node-unknown',
  ]);
});
