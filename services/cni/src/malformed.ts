import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CniAnswer, CniMessage } from './message.js';

/** The agent's own reading of a call, bundled beside the plugin; loaded only when no agent answers. */
interface AgentWords {
  malformedAnswer(message: CniMessage): CniAnswer | undefined;
}

/** What is wrong with the call itself; undefined when nothing is, or when the bundle is not installed. */
export function malformedAnswer(message: CniMessage): CniAnswer | undefined {
  const bundle = join(__dirname, 'malformed.cjs');
  let words: AgentWords;
  try {
    words = createRequire(bundle)(bundle) as AgentWords;
  } catch {
    return undefined;
  }
  return words.malformedAnswer(message);
}
