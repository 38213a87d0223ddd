import type { CloudApi } from '@terway/cloud';
import type { NodeStore } from '../store/node-store.js';

type Port = CloudApi | NodeStore;

/** Stands between the refill and its ports, as `TestNode.replica` takes it. */
export type Around = <T extends Port>(port: T) => T;

/** One call of a port: by its method, with what it was asked and a way to let it through. */
export interface PortCall {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly through: () => Promise<unknown>;
}

/** Every call of every port goes by `answer`, which lets it through, changes it or fails. */
export function calling(answer: (call: PortCall) => Promise<unknown>): Around {
  return (port) =>
    new Proxy(port, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]): Promise<unknown> =>
          answer({
            method: String(name),
            args,
            through: () => Reflect.apply(method, target, args) as Promise<unknown>,
          });
      },
    });
}

/** The methods that were called, in order. */
export function recording(): { readonly around: Around; readonly calls: string[] } {
  const calls: string[] = [];
  const around = calling(({ method, through }) => {
    calls.push(method);
    return through();
  });
  return { around, calls };
}

/** Dies at its n-th call: nothing of that replica happens any more. */
export function dyingAt(n: number): { readonly around: Around; readonly calls: () => number } {
  let calls = 0;
  const around = calling(({ through }) => {
    calls += 1;
    return calls > n ? Promise.reject(new Error('the replica is dead')) : through();
  });
  return { around, calls: () => calls };
}
