import { LabError } from '../lab-error.js';
import type { Forwarding } from './forwarder.js';

/** `100.100.100.200:80=/run/x.sock`: connections to the address go to the socket. */
export function parseForwarding(text: string): Forwarding {
  const [, host = '', port = '', path = ''] = /^([\d.]+):(\d{1,5})=(\/.+)$/.exec(text) ?? [];
  if (path === '') throw new LabError('invalid-input', `forwarding: expected ADDRESS:PORT=/socket, got '${text}'`);
  return { from: { host, port: Number(port) }, to: { path } };
}

export function forwardingText(address: { readonly host: string; readonly port: number }, socketPath: string): string {
  return `${address.host}:${address.port}=${socketPath}`;
}
