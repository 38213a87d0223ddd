import type { PluginCalls } from './plugin-calls.js';
import type { DelRequest } from './request.js';

/** What is gone already is a success. */
export async function del({ owner }: DelRequest, calls: Pick<PluginCalls, 'detach'>): Promise<string> {
  await calls.detach(owner);
  return '';
}
