import type { VSwitch } from '@terway/api';
import { ageText } from '../views/age.js';
import { byText, type Listing } from './listing.js';

export const vswitches: Listing<VSwitch> = {
  name: 'vswitches',
  describe: 'vSwitches that have been seen, with what is left of them',
  filters: {},
  ask: async (client, _, deadlineMs) => (await client.listVSwitches({}, { deadlineMs })).vswitches,
  columns: [
    { title: 'VSWITCH', text: ({ vswitchId }) => vswitchId },
    { title: 'ZONE', text: ({ zoneId }) => zoneId },
    { title: 'CIDR', text: ({ cidr }) => cidr },
    { title: 'FREE', text: ({ free }) => `${free}`, right: true },
    { title: 'RESERVED', text: ({ reserved }) => `${reserved}`, right: true },
    { title: 'FULL', text: ({ full }) => (full ? 'yes' : 'no'), tone: ({ full }) => (full ? 'bad' : 'plain') },
    { title: 'COUNTED', text: ({ observedAtMs }, nowMs) => ageText(observedAtMs, nowMs), right: true },
  ],
  order: (a, b) => byText(a.zoneId, b.zoneId) || byText(a.vswitchId, b.vswitchId),
};
