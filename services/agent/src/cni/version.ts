import { CniError, cniCode } from './errors.js';

/** Oldest first. The plugin prints the same list on VERSION. */
export const supportedVersions = ['0.3.0', '0.3.1', '0.4.0', '1.0.0', '1.1.0'] as const;

export type CniVersion = (typeof supportedVersions)[number];

export type CniVerb = 'ADD' | 'DEL' | 'CHECK' | 'GC' | 'STATUS';

/** Version in which the specification first has a verb. */
const since: Readonly<Record<CniVerb, CniVersion>> = {
  ADD: '0.3.0',
  DEL: '0.3.0',
  CHECK: '0.4.0',
  GC: '1.1.0',
  STATUS: '1.1.0',
};

export function isVerb(text: string): text is CniVerb {
  return Object.hasOwn(since, text);
}

/** True when `version` is `other` or newer. */
export function atLeast(version: CniVersion, other: CniVersion): boolean {
  return supportedVersions.indexOf(version) >= supportedVersions.indexOf(other);
}

/**
 * The version that the whole call speaks. Before 0.2.0 a configuration had none, so an absent one means 0.1.0.
 *
 * @throws CniError 1, when the plugin does not speak it or the verb came later
 */
export function negotiate(version: string | undefined, verb: CniVerb): CniVersion {
  const asked = version ?? '0.1.0';
  const spoken = supportedVersions.find((candidate) => candidate === asked);
  if (spoken === undefined) {
    const expected = supportedVersions.join(', ');
    throw new CniError(cniCode.incompatibleVersion, `cniVersion: expected one of ${expected}, got ${asked}`);
  }
  if (!atLeast(spoken, since[verb])) {
    throw new CniError(cniCode.incompatibleVersion, `cniVersion: ${verb} exists from ${since[verb]}, got ${spoken}`);
  }
  return spoken;
}
