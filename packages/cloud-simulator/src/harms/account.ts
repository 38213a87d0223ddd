import type { Knobs, ThrottleKnobs } from '../knobs.js';
import { presetNames, presets } from '../presets.js';
import type { SimulatedCloud } from '../simulated-cloud.js';
import type { HarmTable } from './harm.js';

/** The account, its budgets and its way to the cloud. */
export const accountHarms: HarmTable = {
  /** Calls per minute of one action, also where the preset does not throttle. */
  budget: {
    fields: ['action', 'perMinute'],
    happen: (cloud, fields) => {
      cloud.throttle.budgets.set(fields.text('action'), fields.number('perMinute', { min: 0 }));
      return {};
    },
  },
  /** Every call is throttled for so long. */
  throttleFor: {
    fields: ['ms'],
    happen: (cloud, fields) => {
      cloud.throttle.refuseAllUntilMs = cloud.clock.nowMs() + fields.number('ms', { min: 0 });
      return { untilMs: cloud.throttle.refuseAllUntilMs };
    },
  },
  /** Other tools use up this share of each budget. */
  foreignLoad: {
    fields: ['share'],
    happen: (cloud, fields) => turnThrottle(cloud, { foreignLoad: fields.number('share', { min: 0, max: 1 }) }),
  },
  throttleCode: {
    fields: ['code'],
    happen: (cloud, fields) =>
      turnThrottle(cloud, { code: fields.choice('code', ['Throttling', 'Throttling.User', 'Throttling.Api']) }),
  },
  eniQuota: {
    fields: ['enis'],
    happen: (cloud, fields) => {
      cloud.world.quotas.enis = fields.number('enis', { min: 0 });
      return {};
    },
  },
  privateIpQuota: {
    fields: ['addressesPerVpc'],
    happen: (cloud, fields) => {
      cloud.world.quotas.addressesPerVpc = fields.number('addressesPerVpc', { min: 0 });
      return {};
    },
  },
  /** Latencies, durations, lags and budgets of another preset, from now on. */
  usePreset: {
    fields: ['preset'],
    happen: (cloud, fields) => turn(cloud, presets[fields.choice('preset', presetNames)]),
  },
  /** New connections to the OpenAPI break for so long; those that are open stay. */
  refuseConnections: {
    fields: ['ms'],
    happen: (cloud, fields) => {
      cloud.outage.refuseUntilMs = cloud.clock.nowMs() + fields.number('ms', { min: 0 });
      return { untilMs: cloud.outage.refuseUntilMs };
    },
  },
};

function turnThrottle(cloud: SimulatedCloud, throttle: Partial<ThrottleKnobs>): object {
  const { knobs } = cloud.world;
  return turn(cloud, { ...knobs, throttle: { ...knobs.throttle, ...throttle } });
}

function turn(cloud: SimulatedCloud, knobs: Knobs): object {
  cloud.world.knobs = knobs;
  return {};
}
