import type { Node } from '@terway/api';
import { ageText } from '../views/age.js';
import type { Tone } from '../views/table.js';
import { byText, type Listing } from './listing.js';

export const nodes: Listing<Node> = {
  name: 'nodes',
  describe: 'Nodes with their pools, who waits, and the health of their records',
  filters: {},
  ask: async (client, _, deadlineMs) => (await client.listNodes({}, { deadlineMs })).nodes,
  columns: [
    { title: 'NODE', text: ({ nodeName }) => nodeName },
    { title: 'INSTANCE', text: ({ instanceId }) => instanceId },
    { title: 'TYPE', text: ({ instanceType }) => instanceType },
    { title: 'ZONE', text: ({ zoneId }) => zoneId },
    { title: 'ENIS', text: ({ enis }) => `${enis}`, right: true },
    { title: 'IDLE', text: ({ idle }) => `${idle}`, right: true },
    { title: 'BOUND', text: ({ bound }) => `${bound}`, right: true },
    { title: 'OTHER', text: ({ other }) => `${other}`, right: true },
    { title: 'CAPACITY', text: ({ capacity }) => `${capacity}`, right: true },
    { title: 'WAITING', text: ({ waiting }) => `${waiting}`, right: true },
    { title: 'RENEWED', text: ({ lastRenewAtMs }, nowMs) => ageText(lastRenewAtMs, nowMs), right: true },
    { title: 'HEALTH', text: ({ health }) => health, tone: toneOf },
    { title: 'DETAIL', text: ({ healthDetail }) => healthDetail },
  ],
  order: (a, b) => byText(a.nodeName, b.nodeName) || byText(a.instanceId, b.instanceId),
};

function toneOf({ health, healthDetail }: Node): Tone {
  if (health === 'ok') return healthDetail === '' ? 'good' : 'warning';
  return health === 'frozen' ? 'bad' : 'warning';
}
