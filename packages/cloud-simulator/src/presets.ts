import { constant, logNormal } from './distribution.js';
import type { Knobs } from './knobs.js';
import { estimatedBudgets } from './throttle.js';

const day = 24 * 3600 * 1000;

/** No lag, no throttling, everything done at once: for unit tests. */
const calm: Knobs = {
  latency: { default: constant(5) },
  latencyBeforeCommit: 0.7,
  duration: { attach: constant(20), detach: constant(20), delete: constant(10) },
  lag: { eni: constant(0), vSwitchCount: constant(0), metadata: constant(0) },
  throttle: { mode: 'off', budgets: estimatedBudgets, code: 'Throttling', foreignLoad: 0 },
  addressReleaseDelayMs: 0,
  eniLockMs: 0,
  attachesAtOnce: 5,
  tokenRetentionMs: day,
};

/** An ordinary day. The figures are assumptions, derived from what existing clients allow for. */
const typical: Knobs = {
  ...calm,
  latency: {
    default: logNormal(100, 700),
    CreateNetworkInterface: logNormal(700, 3000),
    AssignPrivateIpAddresses: logNormal(500, 2000),
    UnassignPrivateIpAddresses: logNormal(500, 2000),
    AttachNetworkInterface: logNormal(300, 1500),
    DetachNetworkInterface: logNormal(300, 1500),
    DeleteNetworkInterface: logNormal(300, 1500),
    DescribeNetworkInterfaces: logNormal(150, 1000),
  },
  duration: { attach: logNormal(4000, 14_000), detach: logNormal(3000, 12_000), delete: logNormal(1500, 8000) },
  lag: {
    eni: logNormal(200, 3000),
    vSwitchCount: { kind: 'uniform', minMs: 0, maxMs: 30_000 },
    metadata: { kind: 'uniform', minMs: 500, maxMs: 8000 },
  },
  throttle: { ...calm.throttle, mode: 'fixed-minute' },
};

export const presetNames = ['calm', 'typical'] as const;

export type PresetName = (typeof presetNames)[number];

export const presets: Readonly<Record<PresetName, Knobs>> = { calm, typical };
