import { join } from 'node:path';
import type { Children } from '../run/children.js';
import type { Endpoint } from '../run/forwarder.js';
import { startForwarder } from '../run/forwarder.js';
import { forwardingText } from '../run/forwarding.js';
import type { Teardown } from '../run/teardown.js';

/** Something of the machine that nodes reach at an address of the cloud, for example the metadata service. */
export interface CloudService {
  readonly name: string;
  /** Where nodes find it. */
  readonly address: { readonly host: string; readonly port: number };
  /** Where it listens on the machine. */
  readonly target: Endpoint;
}

export interface CloudServiceParts {
  readonly fabricNetns: string;
  /** Folder of the unix sockets between the two networks. */
  readonly socketDir: string;
  readonly children: Children;
  readonly teardown: Teardown;
}

// beside this file's folder in dist, and the same when the sources run
const forwarderMain = join(__dirname, '../../dist/forwarder-main.js');

/** Makes services reachable from the nodes; the fabric must answer at their addresses. @throws LabError `not-ready` */
export async function offerServices(services: readonly CloudService[], parts: CloudServiceParts): Promise<void> {
  const socketOf = ({ name }: CloudService): string => join(parts.socketDir, `${name}.sock`);
  for (const service of services) {
    const forwarder = await startForwarder({ from: { path: socketOf(service) }, to: service.target });
    parts.teardown.add(`forwarder of ${service.name}`, () => forwarder.stop());
  }
  await parts.children.start({
    name: 'forwarder',
    program: process.execPath,
    args: [forwarderMain, ...services.map((service) => forwardingText(service.address, socketOf(service)))],
    netns: parts.fabricNetns,
    isReady: (line) => line === 'forwarding',
  });
}
