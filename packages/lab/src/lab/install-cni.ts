import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseNetworkList } from '../pods/cni-config.js';
import type { CniRuntime } from '../pods/cni-runtime.js';
import { mustRun, type RunCommand } from '../run/command.js';

// beside this file's folder in dist, and the same when the sources run
const cniDist = join(__dirname, '../../../../services/cni/dist');

/** Installs the built CNI plugin for one node, as an operator does. Returns what the node's runtime then finds. */
export async function installCni(
  node: { readonly netns: string; readonly dir: string; readonly cniSocket: string },
  run: RunCommand,
): Promise<CniRuntime> {
  const binDir = join(node.dir, 'cni/bin');
  const confDir = join(node.dir, 'cni/net.d');
  const options = {
    bundle: join(cniDist, 'bundle/terway.cjs'),
    socket: node.cniSocket,
    'bin-dir': binDir,
    'conf-dir': confDir,
  };
  await mustRun(run, {
    program: process.execPath,
    args: [join(cniDist, 'install-main.js'), ...Object.entries(options).flatMap(([name, to]) => [`--${name}`, to])],
  });
  const list = parseNetworkList(await readFile(join(confDir, '10-terway.conflist'), 'utf8'));
  return { nodeNetns: node.netns, binDir, list };
}
