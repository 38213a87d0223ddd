import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Forwarder, startForwarder } from './forwarder.js';
import { forwardingText, parseForwarding } from './forwarding.js';

let folder: string;
let server: Server;
let forwarders: Forwarder[];
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forwarder-'));
  path = join(folder, 'a.sock');
  server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  forwarders = [
    await startForwarder({ from: { path }, to: { host: '127.0.0.1', port } }),
    await startForwarder({ from: { path: join(folder, 'b.sock') }, to: { path } }),
  ];
});

afterEach(async () => {
  await Promise.all(forwarders.map((forwarder) => forwarder.stop()));
  server.close();
  await rm(folder, { recursive: true });
});

it('carries a large question and its answer through two in a row', async () => {
  server.on('connection', (socket: Socket) => {
    const parts: Buffer[] = [];
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('end', () => socket.end(Buffer.concat(parts).toString().toUpperCase()));
  });
  const client = createConnection({ path: join(folder, 'b.sock'), allowHalfOpen: true });
  const question = 'abcdefgh'.repeat(100_000);
  client.end(question);

  expect((await text(client)) === question.toUpperCase()).toBe(true);
});

it('ends the near connection when the far one breaks', async () => {
  server.on('connection', (socket: Socket) => socket.resetAndDestroy());
  const client = createConnection({ path });
  client.resume();

  await once(client, 'close');
});

it('reads a forwarding as it writes one', () => {
  const line = forwardingText({ host: '100.100.100.200', port: 80 }, '/run/x/metadata.sock');
  expect(parseForwarding(line)).toEqual({
    from: { host: '100.100.100.200', port: 80 },
    to: { path: '/run/x/metadata.sock' },
  });
});

it.each(['', '100.100.100.200:80', '100.100.100.200:80=x.sock', ':80=/x'])("refuses '%s'", (line) => {
  expect(() => parseForwarding(line)).toThrow('forwarding: expected ADDRESS:PORT=/socket');
});
