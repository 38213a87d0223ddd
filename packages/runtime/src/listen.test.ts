import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearStaleSocket, listen, listenError, parseHostPort } from './listen.js';
import { listenerInode } from './port-holder.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function newServer(): Server {
  const server = createServer();
  servers.push(server);
  return server;
}

describe('listening', () => {
  it('takes any free port for 0 and tells which', async () => {
    const port = await listen(newServer(), { host: '127.0.0.1', port: 0 });
    expect(port).toBeGreaterThan(0);
  });

  it('names who holds a taken port', async () => {
    const port = await listen(newServer(), { host: '127.0.0.1', port: 0 });
    const taken = listen(newServer(), { host: '127.0.0.1', port });
    await expect(taken).rejects.toMatchObject({ name: 'ListenError', code: 'EADDRINUSE' });
    await expect(taken).rejects.toThrow(new RegExp(`^port ${port} is taken by .+ \\(pid ${process.pid}\\)$`));
  });

  it('finds the holder of an IPv6 port too', async () => {
    const port = await listen(newServer(), { host: '::1', port: 0 });
    const error = await listenError({ host: '::1', port }, Object.assign(new Error('x'), { code: 'EADDRINUSE' }));
    expect(error.message).toContain(`pid ${process.pid}`);
  });

  it('says why else it cannot listen', async () => {
    const elsewhere = listen(newServer(), { host: '192.0.2.1', port: 19_650 });
    await expect(elsewhere).rejects.toThrow('cannot listen on 192.0.2.1:19650: EADDRNOTAVAIL');
  });

  it.each([
    ['127.0.0.1:19650', { host: '127.0.0.1', port: 19_650 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
    [':19650', { host: '0.0.0.0', port: 19_650 }],
    ['[::1]:19650', { host: '::1', port: 19_650 }],
    ['127.0.0.1', undefined],
    ['::1:19650', undefined],
    ['127.0.0.1:65536', undefined],
    ['', undefined],
  ])('reads the address "%s"', (text, expected) => {
    expect(parseHostPort(text)).toEqual(expected);
  });
});

describe('the table of sockets', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:4CC2 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 111 1',
    '   1: 0100007F:4CC2 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 222 1',
    '   2: 0100007F:14CC 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1',
  ].join('\n');

  it('gives the listener of a port, not its connections', () => {
    expect([19_650, 0x14cc, 80].map((port) => listenerInode(table, port))).toEqual(['222', '333', undefined]);
  });
});

describe('clearing a socket', () => {
  const inDirectory = async (use: (path: string) => Promise<void>): Promise<void> => {
    const directory = await mkdtemp(join(tmpdir(), 'terway-socket-'));
    try {
      await use(join(directory, 'cni.sock'));
    } finally {
      await rm(directory, { recursive: true });
    }
  };

  it('is done when there is none', async () => {
    await inDirectory((path) => clearStaleSocket(path));
  });

  it('leaves the socket of a living process', () =>
    inDirectory(async (path) => {
      const server = newServer();
      await new Promise<void>((resolve) => server.listen(path, resolve));
      await expect(clearStaleSocket(path)).rejects.toThrow(`socket ${path} is in use by another process`);
      expect((await stat(path)).isSocket()).toBe(true);
      server.close();
    }));

  it('leaves a file that is no socket', () =>
    inDirectory(async (path) => {
      await writeFile(path, 'precious');
      await expect(clearStaleSocket(path)).rejects.toMatchObject({ name: 'ListenError' });
      expect((await stat(path)).size).toBe(8);
    }));
});
