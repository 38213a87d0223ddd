import { CniError, cniCode } from './errors.js';
import type { PluginCalls } from './plugin-calls.js';
import { addressesOf } from './previous-result.js';
import type { CheckRequest } from './request.js';

/**
 * Compares what ADD answered, what the journal says and what the kernel holds. What others have added since does not
 * matter.
 *
 * @throws CniError 3, when nothing is attached; 100, naming what differs
 */
export async function check(
  { owner, netns, previous }: CheckRequest,
  calls: Pick<PluginCalls, 'attached' | 'missing'>,
): Promise<string> {
  const entry = calls.attached(owner);
  if (entry === undefined) {
    const { sandboxId, interfaceName } = owner;
    throw new CniError(cniCode.containerUnknown, `container ${sandboxId}: nothing is attached as ${interfaceName}`);
  }
  if (!addressesOf(previous).includes(entry.address.ip)) {
    const got = addressesOf(previous).join(', ') || 'none';
    throw differs(`prevResult.ips: expected ${entry.address.ip} among them, got ${got}`);
  }
  if (entry.netns !== netns) throw differs(`CNI_NETNS: expected ${entry.netns}, got ${netns}`);
  const missing = await calls.missing(entry);
  if (missing.length > 0) throw differs('the kernel does not hold all of the attachment', missing.join('; '));
  return '';
}

function differs(message: string, details = ''): CniError {
  return new CniError(cniCode.attachmentDiffers, message, details);
}
