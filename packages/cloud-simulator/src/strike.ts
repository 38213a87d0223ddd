import type { Twist } from './world.js';
import type { CloudError } from './cloud-error.js';
import type { Ending, Reply } from './wire/ending.js';

/** What a fault does to one call, in the order of the pipeline. */
export interface Strike {
  /** Waits before the change is made. */
  readonly holdBeforeMs?: number;
  /** Ends the call: nothing is changed. */
  readonly before?: Ending | CloudError;
  /** Changes what the action does. */
  readonly twist?: Twist;
  /** Waits after the change is made. */
  readonly holdAfterMs?: number;
  /** Ends the call after the change was made, given the answer that it would have got. */
  readonly after?: (reply: Reply) => Ending;
}
