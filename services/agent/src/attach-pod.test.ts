import { IpamRefusal } from '@terway/ipam-core';
import { isReleasing } from './journal/journal.js';
import { attachedOf, heldEntries, leasesOf, memoryAgent, memoryNode, podWish, stateOf, until } from './memory-agent.js';
import { Overtaken } from './sandbox-turns.js';

const web = podWish('web-0');
const away = new IpamRefusal('ipam-unavailable', 'nobody listens');

describe('attaching a pod', () => {
  it('binds an address at the centre, wires it and writes it down', async () => {
    const node = memoryNode(3);
    const { address } = await memoryAgent(node).add(web);
    expect(leasesOf(node)).toEqual(new Map([[web.owner.sandboxId, address.ip]]));
    expect(attachedOf(node.journal)).toEqual(leasesOf(node));
    expect([...node.datapath.attached.values()]).toMatchObject([{ ip: address.ip, netns: web.netns, mtu: 1_500 }]);
  });

  it('repeated, gives the same attachment and asks nobody', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    const first = await agent.add(web);
    const asked = node.ipam.calls.length;
    expect(await agent.add(web)).toEqual(first);
    expect(node.ipam.calls).toHaveLength(asked);
  });

  it('twice at once, is one attachment', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    const [first, second] = await Promise.all([agent.add(web), agent.add(web)]);
    expect(second).toEqual(first);
    expect(leasesOf(node).size).toBe(1);
  });

  it('repeated after the kernel has lost the attachment, begins anew', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    await agent.add(web);
    node.datapath.attached.clear();
    const { address } = await agent.add(web);
    expect(leasesOf(node)).toEqual(new Map([[web.owner.sandboxId, address.ip]]));
    expect(node.datapath.attached.size).toBe(1);
  });

  it('gives every pod its own address', async () => {
    const node = memoryNode(8);
    const agent = memoryAgent(node);
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const entries = await Promise.all(names.map((name) => agent.add(podWish(name), undefined, 400)));
    expect(new Set(entries.map(({ address }) => address.ip)).size).toBe(8);
  });

  it('writes the allocation down before it asks the centre, and the address before it touches the kernel', async () => {
    const node = memoryNode(3);
    const seen: string[] = [];
    const { allocate } = node.ipam;
    node.ipam.allocate = function (...args) {
      seen.push(`allocate: ${heldEntries(node.journal)[0]?.state}`);
      return allocate.apply(node.ipam, args);
    };
    const { attach } = node.datapath;
    node.datapath.attach = function (attachment) {
      seen.push(`attach: ${heldEntries(node.journal)[0]?.state}`);
      return attach.call(node.datapath, attachment);
    };
    await memoryAgent(node).add(web);
    expect(seen).toEqual(['allocate: allocating', 'attach: wiring']);
    expect(heldEntries(node.journal)).toMatchObject([{ state: 'wired' }]);
  });
});

describe('an attempt that fails', () => {
  it('gives the address back when the kernel refuses', async () => {
    const node = memoryNode(3);
    node.datapath.failNext = 'attach';
    await expect(memoryAgent(node).add(web)).rejects.toMatchObject({ reason: 'kernel-refused' });
    expect(leasesOf(node).size).toBe(0);
    expect(heldEntries(node.journal)).toEqual([]);
    expect(node.datapath.attached.size).toBe(0);
  });

  it('leaves nothing when the centre has nothing', async () => {
    const node = memoryNode(0);
    await expect(memoryAgent(node).add(web)).rejects.toMatchObject({ reason: 'pool-exhausted' });
    expect(node.journal.entries()).toEqual([]);
  });

  it('is refused before anything is asked when the disk is full', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    await agent.keeper.start();
    await agent.keeper.look();
    node.journal.full = true;
    await expect(agent.add(web)).rejects.toThrow('ENOSPC');
    node.journal.full = false;
    expect(node.ipam.calls).not.toContain('allocate');
    expect(leasesOf(node).size).toBe(0);
    await agent.keeper.stop();
  });

  it('gives the address back when the disk fills between the grant and the wiring', async () => {
    const node = memoryNode(3);
    const { observe } = node.datapath;
    const agent = memoryAgent(node);
    await agent.session.ensureSynced();
    node.datapath.observe = () => {
      node.journal.full = true;
      return observe.call(node.datapath);
    };
    await expect(agent.add(web)).rejects.toThrow('ENOSPC');
    expect(node.datapath.attached.size).toBe(0);
    node.journal.full = false;
    node.datapath.observe = observe;
    // the entry says that the centre may have been asked: the next DEL settles it
    await agent.del(web);
    expect(leasesOf(node).size).toBe(0);
  });

  it('ends when the sandbox is deleted meanwhile, and leaves nothing', async () => {
    const node = memoryNode(3);
    let goOn = (): void => undefined;
    node.datapath.pauses.attach = new Promise((resolve) => (goOn = resolve));
    const agent = memoryAgent(node);
    const attempt = agent.add(web);
    const ended = attempt.then(
      () => 'attached',
      (error: unknown) => error,
    );
    await until(() => heldEntries(node.journal)[0]?.state === 'wiring');
    const deletion = agent.del(web);
    goOn();
    await Promise.all([ended, deletion]);
    expect(leasesOf(node).size).toBe(0);
    expect(heldEntries(node.journal)).toEqual([]);
    expect(node.datapath.attached.size).toBe(0);
  });

  it('that waits for an address gives way to the DEL of its sandbox', async () => {
    const node = memoryNode(0);
    const agent = memoryAgent(node);
    const ended = agent.add(web, undefined, 60_000).catch((error: unknown) => error);
    await until(() => node.ipam.calls.includes('allocate'));
    await agent.del(web);
    expect(await ended).toBeInstanceOf(Overtaken);
    expect(heldEntries(node.journal)).toEqual([]);
  });

  it('whose answer is lost goes on alone, and the journal wins', async () => {
    const node = memoryNode(1);
    const agent = memoryAgent(node);
    await agent.session.ensureSynced();
    node.ipam.loseAnswerOf = 'allocate';
    const entry = await agent.add(web);
    // the centre had granted the only address, and the agent used it by itself: it is bound once
    expect(attachedOf(node.journal)).toEqual(new Map([[web.owner.sandboxId, entry.address.ip]]));
    await agent.session.ensureSynced();
    expect(leasesOf(node)).toEqual(attachedOf(node.journal));
  });
});

describe('the last fence', () => {
  it('never wires an address that the kernel shows at another pod, and asks for another', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    const other = await agent.add(podWish('other'));
    // the journal forgets the pod, the record too: only the kernel knows
    await node.journal.remove(other.allocationId);
    agent.ledger.release(other.address, other.allocationId);
    const record = node.ipam.record;
    if (record === undefined) throw new Error('expected a record');
    const freed = { ...record.addresses.get(other.address.ip), state: { kind: 'idle' }, sinceMs: 0 };
    node.ipam.record = {
      ...record,
      addresses: new Map([...record.addresses, [other.address.ip, freed as never]]),
    };

    const { address } = await agent.add(web);
    expect(address.ip).not.toBe(other.address.ip);
    expect(stateOf(node, other.address.ip)).toBe('quarantined');
    expect(node.datapath.attached.size).toBe(2);
  });

  it('gives a grant back whose term it has acknowledged as leaving', async () => {
    const node = memoryNode(1);
    const agent = memoryAgent(node);
    await agent.session.ensureSynced();
    const address = node.ipam.record?.addresses.get('10.0.0.10');
    await agent.ledger.depart([{ ip: '10.0.0.10', term: address?.term ?? '' }], new Set());
    await expect(agent.add(web)).rejects.toMatchObject({ reason: expect.stringMatching(/address-in-use|pool-/) });
    expect(node.datapath.attached.size).toBe(0);
    expect(leasesOf(node).size).toBe(0);
  });
});

describe('two sandboxes of one pod', () => {
  const next = podWish('web-0', 'second-sandbox');

  it('the next one takes the place of the former, whose address is released', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    const former = await agent.add(web);
    const { address } = await agent.add(next);
    expect(leasesOf(node)).toEqual(new Map([['second-sandbox', address.ip]]));
    expect(stateOf(node, former.address.ip)).toBe('cooling');
  });

  it('a late DEL of the former does not touch the next one', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    await agent.add(web);
    const [{ address }] = await Promise.all([agent.add(next), agent.del(web)]);
    await agent.del(web);
    expect([...node.datapath.attached.values()]).toMatchObject([{ ip: address.ip, netns: next.netns }]);
    expect(attachedOf(node.journal)).toEqual(new Map([['second-sandbox', address.ip]]));
  });

  it('a DEL of the former that began before does not touch the next one either', async () => {
    const node = memoryNode(3);
    const agent = memoryAgent(node);
    await agent.add(web);
    let goOn = (): void => undefined;
    node.datapath.pauses.detach = new Promise((resolve) => (goOn = resolve));
    const added = agent.add(next);
    await until(() => attachedOf(node.journal).has('second-sandbox'));
    const deleted = agent.del(web);
    goOn();
    const [{ address }] = await Promise.all([added, deleted]);
    expect([...node.datapath.attached.values()]).toMatchObject([{ ip: address.ip, netns: next.netns }]);
  });
});

describe('without the centre', () => {
  it('binds what it knows to be idle, and testifies when the centre is back', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    await agent.session.ensureSynced();
    node.ipam.away = away;
    await agent.add(podWish('a'));
    await agent.add(podWish('b'));
    await expect(agent.add(podWish('c'))).rejects.toMatchObject({ reason: 'offline-reserve-empty' });
    node.ipam.away = undefined;
    await agent.session.ensureSynced();
    expect(leasesOf(node)).toEqual(attachedOf(node.journal));
    expect(leasesOf(node).size).toBe(2);
  });

  it('uses a released address again only after its cooldown', async () => {
    const node = memoryNode(1);
    const agent = memoryAgent(node, 60_000);
    await agent.add(podWish('a'));
    node.ipam.away = away;
    await agent.del(podWish('a'));
    await expect(agent.add(podWish('b'))).rejects.toMatchObject({ reason: 'offline-reserve-empty' });
    node.clock.advance(60_001);
    await agent.add(podWish('b'));
    expect(attachedOf(node.journal).size).toBe(1);
    expect(node.journal.entries().filter(isReleasing).length).toBeGreaterThan(0);
  });

  it('knows after a restart what was idle, bound and cooling', async () => {
    const node = memoryNode(3);
    const first = memoryAgent(node);
    const held = await first.add(podWish('a'));
    const gone = await first.add(podWish('b'));
    node.ipam.away = away;
    await first.del(podWish('b'));

    const second = memoryAgent(node);
    const taken = await second.add(podWish('c'));
    expect([held.address.ip, gone.address.ip]).not.toContain(taken.address.ip);
    await expect(second.add(podWish('d'))).rejects.toMatchObject({ reason: 'offline-reserve-empty' });
    node.clock.advance(60_001);
    expect((await second.add(podWish('d'))).address.ip).toBe(gone.address.ip);
  });
});
