import type { ServerResponse } from 'node:http';
import type { SimulatedCloud } from '../simulated-cloud.js';

export interface ControlRequest {
  readonly cloud: SimulatedCloud;
  /** The last segment of the path, where the route ends in `*`; else empty. */
  readonly name: string;
  readonly query: URLSearchParams;
  /** The parsed body, undefined without one. */
  readonly body: unknown;
}

/** One thing that the simulator can be asked or told. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Ends in `*` where a name follows. */
  readonly path: string;
  /** What is answered as JSON; a `stream` writes its own answer. @throws SimulatorError */
  readonly handle?: (request: ControlRequest) => unknown;
  readonly stream?: (request: ControlRequest, response: ServerResponse) => void;
}
