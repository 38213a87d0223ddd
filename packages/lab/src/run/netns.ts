import { gatewayOf, prefixLengthOf } from '../fabric/vpc.js';
import { mustRun, type RunCommand } from './command.js';
import { ipBatch } from './in-netns.js';

/** A network before anything is plugged, of an instance or a pod: a namespace with its loopback. */
export async function createNetns(netns: string, run: RunCommand): Promise<void> {
  await mustRun(run, { program: 'ip', args: ['netns', 'add', netns] });
  await mustRun(run, ipBatch(netns, ['link set dev lo up']));
}

/** What an instance's boot does with its primary ENI, which must be plugged: address, mask, default route. */
export async function configurePrimary(
  netns: string,
  primary: { readonly ip: string; readonly vSwitchCidr: string },
  run: RunCommand,
): Promise<void> {
  const gateway = gatewayOf(primary.vSwitchCidr);
  await mustRun(
    run,
    ipBatch(netns, [
      'link set dev eth0 up',
      `address add ${primary.ip}/${prefixLengthOf(primary.vSwitchCidr)} dev eth0`,
      `route add default via ${gateway} dev eth0`,
    ]),
  );
}

/** Removes a namespace; one that is not there is removed. */
export async function removeNetns(netns: string, run: RunCommand): Promise<void> {
  const { code, stderr } = await run({ program: 'ip', args: ['netns', 'delete', netns] });
  if (code === 0 || stderr.includes('No such file or directory')) return;
  await mustRun(run, { program: 'ip', args: ['netns', 'delete', netns] });
}
