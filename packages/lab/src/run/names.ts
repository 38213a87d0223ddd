import { createHash } from 'node:crypto';
import { LabError } from '../lab-error.js';

/**
 * Every namespace of a lab is named `tw-<run>-<what>`, so that a second lab does not clash with it and a later one
 * recognises what it left behind. A run is 1 to 12 characters of a-z and 0-9.
 */
export interface LabNames {
  readonly run: string;
  /** What all namespaces of this run begin with. */
  readonly prefix: string;
  readonly fabric: string;
  /** Namespace of a node, for example `tw-a1b2-n1` for `n1`. */
  node(name: string): string;
  /** Namespace of a pod, for example `tw-a1b2-p-n1-2` for `n1-2`. */
  pod(name: string): string;
}

const runPattern = /^[a-z0-9]{1,12}$/;
const partPattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** @throws LabError `invalid-input` for a run outside its form */
export function labNames(run: string): LabNames {
  if (!runPattern.test(run)) {
    throw new LabError('invalid-input', `run: expected 1 to 12 characters of a-z and 0-9, got '${run}'`);
  }
  const prefix = `tw-${run}-`;
  return {
    run,
    prefix,
    fabric: `${prefix}fabric`,
    node: (name) => prefix + part(name),
    pod: (name) => `${prefix}p-${part(name)}`,
  };
}

/** The fabric's end of an ENI's link: 13 characters, the same for the same ENI. */
export function portName(eniId: string): string {
  return `e${createHash('sha1').update(eniId).digest('hex').slice(0, 12)}`;
}

function part(name: string): string {
  if (!partPattern.test(name)) {
    throw new LabError('invalid-input', `name: expected a-z, 0-9 and hyphens, got '${name}'`);
  }
  return name;
}
