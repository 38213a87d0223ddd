import type { ServerResponse } from 'node:http';
import type { SimulatedCloud } from '../simulated-cloud.js';

/**
 * Link events as they happen, one JSON object a line. The stream begins with an `attached` for every link that is plugged
 * now, all with the number of the last event, then a line `{"kind":"live","seq"}`; a client that lost its stream opens
 * another one and compares.
 */
export function streamLinks(cloud: SimulatedCloud, response: ServerResponse): void {
  const write = (line: object): void => void response.write(`${JSON.stringify(line)}\n`);
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  const { seq, plugged } = cloud.links();
  for (const event of plugged) write({ ...event, seq });
  write({ kind: 'live', seq });
  response.on('close', cloud.onLink(write));
}
