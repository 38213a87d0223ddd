import { CniError, cniCode } from './errors.js';
import { isObject, kind } from './network-config.js';

/** Identity of an attachment within its network. */
export interface Attachment {
  readonly containerId: string;
  readonly interfaceName: string;
}

/**
 * The attachments that a runtime still knows, `cni.dev/valid-attachments`. Without the list GC would drop everything,
 * so it must be there.
 *
 * @throws CniError 7
 */
export function parseValidAttachments(value: unknown): readonly Attachment[] {
  if (!Array.isArray(value)) {
    throw new CniError(cniCode.invalidConfig, `cni.dev/valid-attachments: expected an array, got ${kind(value)}`);
  }
  return value.map((item: unknown, index) => parseAttachment(item, `cni.dev/valid-attachments[${index}]`));
}

function parseAttachment(item: unknown, where: string): Attachment {
  if (!isObject(item)) throw new CniError(cniCode.invalidConfig, `${where}: expected an object, got ${kind(item)}`);
  return { containerId: text(item, where, 'containerID'), interfaceName: text(item, where, 'ifname') };
}

function text(item: Record<string, unknown>, where: string, field: string): string {
  const value = item[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new CniError(cniCode.invalidConfig, `${where}.${field}: expected a string, got ${kind(value)}`);
}
