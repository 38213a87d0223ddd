import { parseForwarding } from './run/forwarding.js';
import { startForwarder } from './run/forwarder.js';

/**
 * Runs inside the fabric's namespace: `node forwarder-main.js ADDRESS:PORT=/path/to.sock ...`. Prints `forwarding` when
 * it listens everywhere.
 */
async function main(): Promise<void> {
  await Promise.all(process.argv.slice(2).map((text) => startForwarder(parseForwarding(text))));
  process.stdout.write('forwarding\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
