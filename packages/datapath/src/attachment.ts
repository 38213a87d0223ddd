import { isIPv4 } from 'node:net';
import { isPrefix } from './address.js';
import { DatapathError } from './errors.js';

/** The interface that owns the pod's address in the VPC. */
export interface AttachedEni {
  readonly ifName: string;
  /** Names its routing table: 1000 + ifIndex. */
  readonly ifIndex: number;
  readonly mac: string;
}

/** All that one interface of one pod needs to know about itself. Addresses are bare, without a prefix length. */
export interface PodAttachment {
  /** Path of the pod's network namespace, anywhere: `/var/run/netns/…`, `/proc/PID/ns/net`. */
  readonly netns: string;
  /** Name inside the pod, usually `eth0`. */
  readonly ifName: string;
  /** Name of the host end, see `hostIfNameOf`. */
  readonly hostIfName: string;
  readonly podMac: string;
  readonly hostMac: string;
  readonly ip: string;
  /** Third address from the end of the vSwitch; the next hop on the ENI. */
  readonly vSwitchGateway: string;
  readonly eni: AttachedEni;
  /** The node's own address, put on the ENI so that what the host sends has a source there. */
  readonly hostIp: string;
  /** Bytes, of the pod's link, of the host end and of the ENI. */
  readonly mtu: number;
  /** Prefixes that the pod reaches by this interface even when another holds the default route. */
  readonly extraRoutes: readonly string[];
}

/** @throws DatapathError `invalid-attachment`, naming the field, what it must be and what it is */
export function checkAttachment(attachment: PodAttachment): PodAttachment {
  const { eni, extraRoutes } = attachment;
  requireField('netns', attachment.netns, isNetnsPath, 'an absolute path without blanks');
  requireField('ifName', attachment.ifName, isLinkName, linkNameRule);
  requireField('hostIfName', attachment.hostIfName, isLinkName, linkNameRule);
  requireField('podMac', attachment.podMac, isMac, macRule);
  requireField('hostMac', attachment.hostMac, isMac, macRule);
  requireField('ip', attachment.ip, isIPv4, addressRule);
  requireField('vSwitchGateway', attachment.vSwitchGateway, isIPv4, addressRule);
  requireField('hostIp', attachment.hostIp, isIPv4, addressRule);
  requireField('mtu', attachment.mtu, (mtu) => isWhole(mtu, 576, 65_535), 'a whole number, 576..65535');
  requireField('eni.ifName', eni.ifName, isLinkName, linkNameRule);
  requireField('eni.ifIndex', eni.ifIndex, (index) => isWhole(index, 1, 2 ** 31 - 1001), 'a link index');
  requireField('eni.mac', eni.mac, isMac, macRule);
  for (const [index, prefix] of extraRoutes.entries()) {
    requireField(`extraRoutes[${index}]`, prefix, isPrefix, 'a prefix such as 10.0.0.0/8');
  }
  return attachment;
}

const linkNameRule = '1 to 15 letters, digits, "_", "-" or "."';
const addressRule = 'an IPv4 address';
const macRule = 'a MAC such as 00:16:3e:0a:0b:0c';

function requireField<T extends string | number>(
  field: string,
  got: T,
  isRight: (value: T) => boolean,
  expected: string,
): void {
  if (isRight(got)) return;
  throw new DatapathError('invalid-attachment', `${field}: expected ${expected}, got ${JSON.stringify(got)}`);
}

/** Stricter than the kernel: the name also becomes a word of a batch line and a folder under /proc/sys. */
function isLinkName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/.test(name);
}

function isNetnsPath(path: string): boolean {
  return /^\/[A-Za-z0-9_.:@+/-]+$/.test(path);
}

function isMac(text: string): boolean {
  return /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(text);
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max;
}
