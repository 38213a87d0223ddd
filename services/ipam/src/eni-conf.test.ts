import { EniConfError, readEniConf } from './eni-conf.js';

const read = (conf: object) => readEniConf(JSON.stringify(conf));

function problemsOf(json: string): readonly string[] {
  try {
    readEniConf(json);
  } catch (error) {
    if (error instanceof EniConfError) return error.problems;
  }
  return [];
}

describe('an eni_conf', () => {
  it('is read as the user guide shows it', () => {
    const { conf, warnings } = readEniConf(`{
      "version": "1",
      "max_pool_size": 25,
      "min_pool_size": 10,
      "vswitches": {"cn-shanghai-f":["vsw-AAA", "vsw-BBB"]},
      "service_cidr": "172.21.0.0/20",
      "security_group": "sg-CCC"
    }`);
    expect(warnings).toEqual([]);
    expect(conf).toEqual({
      vSwitches: { 'cn-shanghai-f': ['vsw-AAA', 'vsw-BBB'] },
      securityGroupIds: ['sg-CCC'],
      poolPolicy: { minIdle: 10, maxIdle: 25, vSwitchPolicy: 'balanced' },
      eniTags: {},
      resourceGroupId: undefined,
      serviceCidrs: ['172.21.0.0/20'],
      extraRoutes: [],
    });
  });

  it('may be empty', () => {
    expect(read({}).conf).toMatchObject({
      vSwitches: {},
      securityGroupIds: [],
      poolPolicy: { minIdle: 4, maxIdle: 10, vSwitchPolicy: 'balanced' },
    });
  });

  it('names each security group once', () => {
    const { conf } = read({ security_group: 'sg-1', security_groups: ['sg-2', 'sg-1'] });
    expect(conf.securityGroupIds).toEqual(['sg-1', 'sg-2']);
  });

  it('may leave a zone without vSwitches', () => {
    expect(read({ vswitches: { 'zone-a': [], 'zone-b': ['vsw-1'] } }).conf.vSwitches).toEqual({
      'zone-a': [],
      'zone-b': ['vsw-1'],
    });
  });

  it('takes several service networks, and routes', () => {
    const { conf } = read({
      service_cidr: '172.21.0.0/20, fd00:1::/112',
      extra_routes: [{ dst: '10.8.0.0/16' }, { dst: '10.9.0.0/16' }],
    });
    expect(conf.serviceCidrs).toEqual(['172.21.0.0/20', 'fd00:1::/112']);
    expect(conf.extraRoutes).toEqual(['10.8.0.0/16', '10.9.0.0/16']);
  });

  it.each([
    ['a low watermark above the usual high one', { min_pool_size: 20 }, { minIdle: 20, maxIdle: 20 }],
    ['a high watermark below the usual low one', { max_pool_size: 2 }, { minIdle: 2, maxIdle: 2 }],
    ['no idle addresses at all', { min_pool_size: 0, max_pool_size: 0 }, { minIdle: 0, maxIdle: 0 }],
  ])('may ask for %s', (_, given, watermarks) => {
    expect(read(given).conf.poolPolicy).toMatchObject(watermarks);
  });
});

describe('a mistake in eni_conf', () => {
  it.each([
    [{ max_pool_size: '25' }, 'max_pool_size: expected a whole number from 0, got "25"'],
    [{ max_pool_size: -1 }, 'max_pool_size: expected a whole number from 0, got -1'],
    [{ min_pool_size: 1.5 }, 'min_pool_size: expected a whole number from 0, got 1.5'],
    [{ min_pool_size: 11, max_pool_size: 10 }, 'min_pool_size: expected at most max_pool_size (10), got 11'],
    [
      { vswitches: ['vsw-1'] },
      'vswitches: expected an object of zones, each with a list of vSwitch ids, got ["vsw-1"]',
    ],
    [
      { vswitches: { 'zone-a': 'vsw-1' } },
      'vswitches: expected an object of zones, each with a list of vSwitch ids, got {"zone-a":"vsw-1"}',
    ],
    [{ security_group: '' }, 'security_group: expected a text, got ""'],
    [{ security_groups: 'sg-1' }, 'security_groups: expected a list of texts, got "sg-1"'],
    [
      { security_groups: Array.from({ length: 11 }, (_, i) => `sg-${i}`) },
      'security_groups: expected at most 10 groups, got 11',
    ],
    [
      { vswitch_selection_policy: 'first' },
      'vswitch_selection_policy: expected ordered, random, most or balanced, got "first"',
    ],
    [{ eni_tags: { team: 1 } }, 'eni_tags: expected an object of texts, got {"team":1}'],
    [{ resource_group_id: null }, 'resource_group_id: expected a text, got null'],
    [
      { service_cidr: '172.21.0.0' },
      'service_cidr: expected CIDRs separated by commas, such as 172.21.0.0/20, got "172.21.0.0"',
    ],
    [
      { service_cidr: '172.21.0.0/33' },
      'service_cidr: expected CIDRs separated by commas, such as 172.21.0.0/20, got "172.21.0.0/33"',
    ],
    [
      { extra_routes: ['10.8.0.0/16'] },
      'extra_routes: expected a list of objects like {"dst": "10.0.0.0/8"}, got ["10.8.0.0/16"]',
    ],
    [
      { extra_routes: [{ dst: '999.8.0.0/16' }] },
      'extra_routes: expected a list of objects like {"dst": "10.0.0.0/8"}, got [{"dst":"999.8.0.0/16"}]',
    ],
  ])('such as %j names key, expected and got', (given, problem) => {
    expect(problemsOf(JSON.stringify(given))).toEqual([problem]);
  });

  it('is told together with all others', () => {
    expect(problemsOf('{"max_pool_size": "x", "vswitches": 1}')).toHaveLength(2);
    expect(() => readEniConf('{"max_pool_size": "x", "vswitches": 1}')).toThrow(
      /^eni_conf: max_pool_size.*; vswitches/,
    );
  });

  it.each([
    ['text that is no JSON', '{', /^expected JSON, got text that does not parse: /],
    ['a list', '[1]', /^expected a JSON object, got \[1\]$/],
  ])('is %s', (_, json, problem) => {
    expect(problemsOf(json)).toEqual([expect.stringMatching(problem)]);
  });
});

describe('a key that is not honoured', () => {
  it.each([
    ['vswitchs', 'vswitchs: unknown key, did you mean vswitches?'],
    ['max_pool_sizes', 'max_pool_sizes: unknown key, did you mean max_pool_size?'],
    ['toString', 'toString: unknown key'],
    ['colour_of_the_bicycle_shed', 'colour_of_the_bicycle_shed: unknown key'],
    ['enable_eni_trunking', 'enable_eni_trunking: known to Terway, not honoured by this release'],
    ['ip_stack', 'ip_stack: known to Terway, not honoured by this release'],
  ])('%s is a warning', (key, warning) => {
    expect(read({ [key]: 'x' })).toMatchObject({ warnings: [warning], conf: { vSwitches: {} } });
  });
});
