import { settingsTable } from '@terway/runtime';
import { defaultStateDir } from '../run/run-state.js';
import { mostNodes, mostPodsPerNode } from './topology.js';

/** Settings of `npm start`. */
export const labSettings = settingsTable({
  nodes: {
    kind: 'int',
    flag: 'nodes',
    env: 'TERWAY_LAB_NODES',
    unit: 'nodes',
    default: 3,
    min: 1,
    max: mostNodes,
    describe: 'nodes of the lab, each a network namespace with its own agent',
  },
  pods: {
    kind: 'int',
    flag: 'pods',
    env: 'TERWAY_LAB_PODS',
    unit: 'pods',
    default: 4,
    min: 0,
    max: mostPodsPerNode,
    describe: 'pods per node',
  },
  store: {
    kind: 'string',
    flag: 'store',
    env: 'TERWAY_LAB_STORE',
    default: 'level',
    describe:
      'lease store: level (embedded), redis (starts a redis-server of its own), or a URL such as redis://HOST:PORT',
  },
  preset: {
    kind: 'choice',
    flag: 'preset',
    env: 'TERWAY_LAB_PRESET',
    choices: ['calm', 'typical'],
    default: 'typical',
    describe: 'how fast and how well-behaved the simulated cloud is',
  },
  freePorts: {
    kind: 'bool',
    flag: 'free-ports',
    env: 'TERWAY_LAB_FREE_PORTS',
    default: false,
    describe: 'take any free ports instead of the usual ones',
  },
  stateDir: {
    kind: 'string',
    flag: 'state-dir',
    env: 'TERWAY_LAB_STATE_DIR',
    default: defaultStateDir,
    describe: 'folder in which labs say that they run; one lab at a time for each',
  },
  once: {
    kind: 'bool',
    flag: 'once',
    env: 'TERWAY_LAB_ONCE',
    default: false,
    describe: 'end after the checks: 0 when every ping was answered, else 1',
  },
});
