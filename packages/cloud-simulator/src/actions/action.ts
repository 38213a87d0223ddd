import type { JsonObject } from '../json-object.js';
import type { Params } from '../params.js';
import type { Moment, World } from '../world.js';

/** One action of the OpenAPI. */
export interface Action {
  readonly product: 'ecs' | 'vpc';
  /** Its name on the wire. */
  readonly name: string;
  readonly needsRegion: boolean;
  /** Whether a ClientToken makes a repeated call answer as the first one did. */
  readonly takesToken: boolean;
  /**
   * Does it, or throws and changes nothing. The answer lacks the RequestId.
   * @throws CloudError
   */
  readonly run: (world: World, params: Params, at: Moment) => JsonObject;
}

export const productVersions = { ecs: '2014-05-26', vpc: '2016-04-28' } as const;
