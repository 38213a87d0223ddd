import { lstat, rm } from 'node:fs/promises';
import { type AddressInfo, createConnection, type Server } from 'node:net';
import { findPortHolder } from './port-holder.js';

/** Nothing listens, because the place is taken, not allowed or not there. `code` is the errno name. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly reason = 'listen-failed';

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

export interface HostPort {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** `127.0.0.1:19650`, `[::1]:19650`, `:19650` for all addresses. Undefined when it is none of these. */
export function parseHostPort(text: string): HostPort | undefined {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text);
  if (match === null) return undefined;
  const port = Number(match[3]);
  return port > 65_535 ? undefined : { host: match[1] ?? (match[2] || '0.0.0.0'), port };
}

/**
 * Lets a server listen on a TCP port.
 *
 * @returns the bound port
 * @throws ListenError that names the port and, where /proc tells, its holder
 */
export async function listen(server: Server, { host, port }: HostPort): Promise<number> {
  try {
    await listening(server, () => server.listen({ host, port }));
  } catch (error) {
    throw await listenError({ host, port }, error);
  }
  return (server.address() as AddressInfo).port;
}

/** Says why a TCP port could not be bound: `port 19650 is taken by redis-server (pid 123)`. */
export async function listenError({ host, port }: HostPort, cause: unknown): Promise<ListenError> {
  const code = errnoOf(cause);
  if (code !== 'EADDRINUSE') return new ListenError(`cannot listen on ${host}:${port}: ${code}`, code);
  const holder = await findPortHolder(port);
  const who = holder === undefined ? 'another process' : `${holder.command} (pid ${holder.pid})`;
  return new ListenError(`port ${port} is taken by ${who}`, code);
}

/**
 * Removes a unix socket that a dead process left behind, so that its path can be bound again. A path that is not there
 * is free already.
 *
 * @throws ListenError when a process still answers there, or when it is no socket
 */
export async function clearStaleSocket(path: string): Promise<void> {
  const code = await connectErrno(path);
  if (code === 'ENOENT') return;
  if (code === undefined) throw new ListenError(`socket ${path} is in use by another process`, 'EADDRINUSE');
  if (code !== 'ECONNREFUSED') throw new ListenError(`socket ${path} cannot be bound: ${code}`, code);
  if (!(await lstat(path)).isSocket()) throw new ListenError(`${path} is not a socket`, 'ENOTSOCK');
  await rm(path, { force: true });
}

/** Errno of a connection to a unix socket, or undefined when one was made. */
function connectErrno(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createConnection({ path });
    probe.once('error', (error) => resolve(errnoOf(error)));
    probe.once('connect', () => {
      probe.destroy();
      resolve(undefined);
    });
  });
}

function listening(server: Server, begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve();
    });
    begin();
  });
}

function errnoOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : (/\bE[A-Z]{3,}\b/.exec(message)?.[0] ?? 'UNKNOWN');
}
