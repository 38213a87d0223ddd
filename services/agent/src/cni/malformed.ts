import type { CniAnswer } from './dispatch.js';
import { renderError, toCniError } from './errors.js';
import { versionForErrors } from './network-config.js';
import { type CniMessage, parseRequest } from './request.js';

/**
 * What is wrong with a call before anything of the node is looked at; undefined when nothing is. It is bundled beside the
 * plugin, which loads it only when no agent answers: a call that no agent could understand is not told to come again.
 */
export function malformedAnswer(message: CniMessage): CniAnswer | undefined {
  try {
    parseRequest(message);
    return undefined;
  } catch (thrown) {
    return { exit: 1, stdout: renderError(toCniError(thrown), versionForErrors(message.stdin)) };
  }
}
