import { readdir, readFile, readlink } from 'node:fs/promises';

export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

/** Which process of this machine listens on a TCP port. Undefined where /proc does not say, as for other users' processes. */
export async function findPortHolder(port: number): Promise<PortHolder | undefined> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(readOrEmpty));
  const inode = tables.map((table) => listenerInode(table, port)).find((found) => found !== undefined);
  return inode === undefined ? undefined : findSocketOwner(inode);
}

/** The row of a listening socket in /proc/net/tcp: local address, state 0A, inode in the tenth column. */
export function listenerInode(table: string, port: number): string | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  return rows.find((row) => row[1]?.endsWith(suffix) && row[3] === '0A')?.[9];
}

async function findSocketOwner(inode: string): Promise<PortHolder | undefined> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const links = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const link of links) {
      const target = await readlink(`/proc/${pid}/fd/${link}`).catch(() => '');
      if (target !== `socket:[${inode}]`) continue;
      return { pid: Number(pid), command: (await readOrEmpty(`/proc/${pid}/comm`)).trim() };
    }
  }
  return undefined;
}

function readOrEmpty(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
