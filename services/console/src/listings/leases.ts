import type { Lease } from '@terway/api';
import { ageText } from '../views/age.js';
import type { Tone } from '../views/table.js';
import { byText, type Listing } from './listing.js';

/** The life of an address on its node, as docs/lease-protocol.md section 2 draws it. */
const states = ['assigning', 'idle', 'bound', 'cooling', 'quarantined', 'departing', 'unassigning', 'held'];

export const leases: Listing<Lease, 'node' | 'pod' | 'ip' | 'state'> = {
  name: 'leases',
  describe: 'Addresses of all nodes, and the pods that hold them',
  filters: {
    node: { value: 'id-or-name', describe: 'only this node: instance id or Kubernetes name' },
    pod: { value: 'namespace/name', describe: 'only this pod', form: /^[^/]+\/[^/]+$/ },
    ip: { value: 'address', describe: 'only this address' },
    state: { value: 'state', describe: 'only addresses in this state', choices: states },
  },
  ask: async (client, filter, deadlineMs) => (await client.listLeases(filter, { deadlineMs })).leases,
  columns: [
    { title: 'IP', text: ({ ip }) => ip },
    { title: 'STATE', text: ({ state }) => state, tone: toneOf },
    { title: 'FOR', text: ({ sinceAtMs }, nowMs) => ageText(sinceAtMs, nowMs), right: true },
    { title: 'POD', text: podOf },
    { title: 'NODE', text: ({ nodeName, instanceId }) => nodeName || instanceId },
    { title: 'ENI', text: ({ eniId }) => eniId },
    { title: 'VSWITCH', text: ({ vswitchId }) => vswitchId },
    { title: 'ZONE', text: ({ zoneId }) => zoneId },
  ],
  order: (a, b) => byText(a.nodeName, b.nodeName) || byText(a.ip, b.ip),
};

/** Kubernetes knows no pod whose name is empty: such a lease has no pod. */
function podOf({ podNamespace, podName }: Lease): string {
  return podName === '' ? '' : `${podNamespace}/${podName}`;
}

function toneOf({ state }: Lease): Tone {
  if (state === 'bound') return 'good';
  return state === 'quarantined' ? 'bad' : 'plain';
}
