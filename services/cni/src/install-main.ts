import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installPlugin } from './install.js';

/**
 * Puts the plugin where a container runtime looks for it:
 * `node install-main.js [--bundle FILE] [--socket PATH] [--bin-dir DIR] [--conf-dir DIR] [--node FILE]`.
 */
const { values } = parseArgs({
  options: {
    bundle: { type: 'string', default: resolve(__dirname, 'bundle/terway.cjs') },
    socket: { type: 'string', default: '/var/run/eni/cni.sock' },
    'bin-dir': { type: 'string', default: '/opt/cni/bin' },
    'conf-dir': { type: 'string', default: '/etc/cni/net.d' },
    node: { type: 'string', default: process.execPath },
  },
});

installPlugin({
  bundlePath: values.bundle,
  socketPath: values.socket,
  cniBinDir: values['bin-dir'],
  cniConfDir: values['conf-dir'],
  nodePath: values.node,
}).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
