import { settingsTable } from '@terway/runtime';
import { presetNames } from './presets.js';
import { exampleAccessKey } from './simulator.js';

const port = { kind: 'int', min: 0, max: 29_999 } as const;

/** Every port may be 0 for any free one. */
export const settings = settingsTable({
  host: {
    flag: 'host',
    env: 'TERWAY_SIMULATOR_HOST',
    kind: 'string',
    default: '127.0.0.1',
    describe: 'Address of all listeners',
  },
  openApiPort: {
    ...port,
    flag: 'openapi-port',
    env: 'TERWAY_SIMULATOR_OPENAPI_PORT',
    default: 19_080,
    describe: 'Port of the ECS and VPC API',
  },
  metadataPort: {
    ...port,
    flag: 'metadata-port',
    env: 'TERWAY_SIMULATOR_METADATA_PORT',
    default: 19_081,
    describe: 'Port of the metadata service',
  },
  controlPort: {
    ...port,
    flag: 'control-port',
    env: 'TERWAY_SIMULATOR_CONTROL_PORT',
    default: 19_082,
    describe: 'Port that seeds, harms and inspects the cloud',
  },
  region: {
    flag: 'region',
    env: 'TERWAY_SIMULATOR_REGION',
    kind: 'string',
    default: 'cn-hangzhou',
    describe: 'The only region there is',
  },
  preset: {
    flag: 'preset',
    env: 'TERWAY_SIMULATOR_PRESET',
    kind: 'choice',
    choices: presetNames,
    default: 'calm',
    describe: 'How the cloud behaves',
  },
  seed: {
    flag: 'seed',
    env: 'TERWAY_SIMULATOR_SEED',
    kind: 'int',
    min: 0,
    default: 1,
    describe: 'The same seed and the same calls make the same cloud',
  },
  worldFile: {
    flag: 'world-file',
    env: 'TERWAY_SIMULATOR_WORLD_FILE',
    kind: 'string',
    optional: true,
    describe: 'JSON file with what exists from the start, as POST /seed takes it',
  },
  clockSpeed: {
    flag: 'clock-speed',
    env: 'TERWAY_SIMULATOR_CLOCK_SPEED',
    kind: 'int',
    unit: 'virtual ms per ms',
    min: 0,
    max: 10_000,
    default: 1,
    describe: 'Speed of the virtual clock, 0 stands still until POST /clock',
  },
  signatures: {
    flag: 'signatures',
    env: 'TERWAY_SIMULATOR_SIGNATURES',
    kind: 'choice',
    choices: ['strict', 'lenient', 'off'],
    default: 'strict',
    describe: 'How closely signatures are looked at',
  },
  accessKeyId: {
    flag: 'access-key-id',
    env: 'TERWAY_SIMULATOR_ACCESS_KEY_ID',
    kind: 'string',
    default: exampleAccessKey.id,
    describe: 'The only access key that is let in',
  },
  accessKeySecret: {
    flag: 'access-key-secret',
    env: 'TERWAY_SIMULATOR_ACCESS_KEY_SECRET',
    kind: 'string',
    secret: true,
    default: exampleAccessKey.secret,
    describe: 'Its secret',
  },
  defaultInstance: {
    flag: 'default-instance',
    env: 'TERWAY_SIMULATOR_DEFAULT_INSTANCE',
    kind: 'string',
    optional: true,
    describe: 'Whose metadata a request gets that names no instance',
  },
  metadataTokensRequired: {
    flag: 'metadata-tokens-required',
    env: 'TERWAY_SIMULATOR_METADATA_TOKENS_REQUIRED',
    kind: 'bool',
    default: false,
    describe: 'Refuse metadata requests without a session token',
  },
});
