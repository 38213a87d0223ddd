import { helpText } from './help-text.js';
import { readSettings, SettingsError, type SettingsSource } from './settings.js';
import { type SettingsOf, settingsTable } from './settings-table.js';

const table = settingsTable({
  listen: {
    flag: 'listen',
    env: 'TERWAY_LISTEN',
    kind: 'string',
    default: '0.0.0.0:19650',
    describe: 'Where to answer',
  },
  budget: {
    flag: 'api-budget',
    env: 'TERWAY_API_BUDGET',
    kind: 'int',
    unit: 'calls/s',
    default: 20,
    min: 1,
    max: 500,
    describe: 'Most calls to the cloud',
  },
  cooldownMs: {
    flag: 'cooldown',
    env: 'TERWAY_COOLDOWN',
    kind: 'durationMs',
    default: 30_000,
    min: 1_000,
    describe: 'How long a released address rests',
  },
  json: { flag: 'log-json', env: 'TERWAY_LOG_JSON', kind: 'bool', default: false, describe: 'Print JSON' },
  redis: {
    flag: 'redis',
    env: 'TERWAY_REDIS',
    kind: 'url',
    schemes: ['redis', 'rediss'],
    optional: true,
    describe: 'Store of the leases',
  },
  zones: { flag: 'zones', env: 'TERWAY_ZONES', kind: 'list', default: [], describe: 'Zones to serve' },
  policy: {
    flag: 'policy',
    env: 'TERWAY_POLICY',
    kind: 'choice',
    choices: ['balanced', 'ordered'],
    default: 'balanced',
    describe: 'How a vSwitch is chosen',
  },
  secret: {
    flag: 'access-key-secret',
    env: 'TERWAY_ACCESS_KEY_SECRET',
    kind: 'string',
    secret: true,
    optional: true,
    describe: 'Secret of the access key',
  },
});

function settingsFrom(argv: string[] = [], env: SettingsSource['env'] = {}): SettingsOf<typeof table> {
  const read = readSettings(table, { argv, env });
  if (read.kind === 'help') throw new Error('help was asked for');
  return read.settings;
}

function problemsOf(argv: string[], env: SettingsSource['env'] = {}): readonly string[] {
  try {
    settingsFrom(argv, env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('are the defaults when nothing is said', () => {
    expect(settingsFrom()).toEqual({
      listen: '0.0.0.0:19650',
      budget: 20,
      cooldownMs: 30_000,
      json: false,
      redis: undefined,
      zones: [],
      policy: 'balanced',
      secret: undefined,
    });
  });

  it('come by flag, else by variable; an empty variable says nothing', () => {
    const env = { TERWAY_LISTEN: ':1', TERWAY_API_BUDGET: '7', TERWAY_ZONES: '' };
    expect(settingsFrom(['--listen', ':2'], env)).toMatchObject({ listen: ':2', budget: 7, zones: [] });
  });

  it('have the type of their kind', () => {
    const settings = settingsFrom(['--policy=ordered', '--zones', 'a, b,', '--redis', 'redis://h:6379/0']);
    const policy: 'balanced' | 'ordered' = settings.policy;
    const redis: string | undefined = settings.redis;
    expect({ policy, redis, zones: settings.zones }).toEqual({
      policy: 'ordered',
      redis: 'redis://h:6379/0',
      zones: ['a', 'b'],
    });
  });

  it.each([
    ['1500', 1_500],
    ['1500ms', 1_500],
    ['1.5s', 1_500],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ])('take the duration %s', (text, cooldownMs) => {
    expect(settingsFrom(['--cooldown', text])).toMatchObject({ cooldownMs });
  });

  it.each([
    ['a flag alone', ['--log-json'], {}, true],
    ['a flag that says no', ['--log-json=false'], { TERWAY_LOG_JSON: 'true' }, false],
    ['a variable', [], { TERWAY_LOG_JSON: '1' }, true],
  ])('take a switch by %s', (_, argv, env, json) => {
    expect(settingsFrom(argv, env)).toMatchObject({ json });
  });

  it.each<[string, string[], SettingsSource['env'], string]>([
    ['too much', ['--api-budget', '501'], {}, '--api-budget: expected whole number of 1 to 500 calls/s, got "501"'],
    [
      'no number',
      [],
      { TERWAY_API_BUDGET: 'x' },
      'TERWAY_API_BUDGET: expected whole number of 1 to 500 calls/s, got "x"',
    ],
    ['a short duration', ['--cooldown=5ms'], {}, '--cooldown: expected duration of at least 1s, got "5ms"'],
    ['an unknown choice', ['--policy', 'any'], {}, '--policy: expected one of balanced, ordered, got "any"'],
    ['no switch', ['--log-json=maybe'], {}, '--log-json: expected true or false, got "maybe"'],
    ['a misspelt flag', ['--lisen', ':1'], {}, 'unknown flag --lisen, did you mean --listen?'],
    ['a flag from elsewhere', ['--kubeconfig=x'], {}, 'unknown flag --kubeconfig'],
    ['a flag without its value', ['--listen', '--log-json'], {}, '--listen: expected a value, got none'],
    ['a flag without its value at the end', ['--listen'], {}, '--listen: expected a value, got none'],
    ['an argument', ['start'], {}, 'unexpected argument "start"'],
  ])('refuse %s', (_, argv, env, problem) => {
    expect(problemsOf(argv, env)).toContain(problem);
  });

  it('name all problems at once', () => {
    expect(problemsOf(['--policy', 'any'], { TERWAY_COOLDOWN: '-1' })).toHaveLength(2);
  });

  it('keep the password of a URL out of the message', () => {
    expect(problemsOf(['--redis', 'http://user:p@ss@host/0'])).toEqual([
      '--redis: expected URL of redis://, rediss://, got "http://***@host/0"',
    ]);
  });

  it('ask for what has no default', () => {
    const required = settingsTable({
      region: { flag: 'region', env: 'TERWAY_REGION', kind: 'string', describe: 'Region of the cluster' },
    });
    expect(() => readSettings(required, { argv: [], env: {} })).toThrow(
      '--region or TERWAY_REGION: expected a value, got none',
    );
  });
});

describe('help', () => {
  it('is asked for by --help or -h, whatever else is wrong', () => {
    expect(readSettings(table, { argv: ['--help', '--lisen'], env: {} })).toEqual({ kind: 'help' });
    expect(readSettings(table, { argv: ['-h'], env: {} })).toEqual({ kind: 'help' });
  });

  const help = helpText({ name: 'terway-ipam', describe: 'Gives out addresses' }, table);

  it('tells flag, variable, kind, unit, bound and default of each setting', () => {
    expect(help).toContain(`  --api-budget <int>
      Most calls to the cloud
      whole number of 1 to 500 calls/s; default 20; variable TERWAY_API_BUDGET
`);
    expect(help).toContain('duration of at least 1s; default 30s; variable TERWAY_COOLDOWN');
    expect(help).toContain('URL of redis://, rediss://; no default; variable TERWAY_REDIS');
    expect(help).toContain('list separated by commas; default empty; variable TERWAY_ZONES');
  });

  it.each(Object.values(table).map((setting) => [setting.flag, setting.env]))('knows --%s', (flag, env) => {
    expect(help).toContain(`--${flag}`);
    expect(help).toContain(env);
  });
});
