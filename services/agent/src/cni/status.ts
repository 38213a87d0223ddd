import { CniError, cniCode } from './errors.js';
import type { PluginCalls } from './plugin-calls.js';

/** @throws CniError 50, saying why no pod could start now */
export async function status(calls: Pick<PluginCalls, 'notReady'>): Promise<string> {
  const problem = await calls.notReady();
  if (problem !== undefined) throw new CniError(cniCode.notAvailable, 'no pod can start on this node', problem);
  return '';
}
