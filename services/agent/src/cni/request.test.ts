import { cniCode } from './errors.js';
import { isInterfaceName, parseRequest } from './request.js';

const owner = { network: 'terway', sandboxId: 'c0ffee', interfaceName: 'eth0' };
const env = {
  CNI_COMMAND: 'ADD',
  CNI_CONTAINERID: owner.sandboxId,
  CNI_NETNS: '/run/netns/web-0',
  CNI_IFNAME: owner.interfaceName,
  CNI_ARGS: 'K8S_POD_NAMESPACE=default;K8S_POD_NAME=web-0',
};
const config = { cniVersion: '1.1.0', name: 'terway', type: 'terway' };
const result = { ips: [{ address: '10.0.0.1/32' }] };

function parse(changed: Partial<typeof env>, given: unknown = config) {
  const stdin = typeof given === 'string' ? given : JSON.stringify(given);
  return parseRequest({ env: { ...env, ...changed }, stdin });
}

describe('a call of a runtime', () => {
  const common = { cniVersion: '1.1.0', network: 'terway' };
  const valid = [{ containerID: 'c0ffee', ifname: 'eth0' }];

  it.each([
    ['ADD', config, { owner, netns: env.CNI_NETNS, pod: { namespace: 'default', name: 'web-0', uid: '' } }],
    ['DEL', { ...config, prevResult: 'broken' }, { owner }],
    ['CHECK', { ...config, prevResult: result }, { owner, previous: { ips: result.ips, interfaces: [], routes: [] } }],
    [
      'GC',
      { ...config, 'cni.dev/valid-attachments': valid },
      { valid: [{ containerId: 'c0ffee', interfaceName: 'eth0' }] },
    ],
    ['STATUS', config, {}],
  ])('%s is understood', (verb, given, fields) => {
    expect(parse({ CNI_COMMAND: verb }, given)).toMatchObject({ ...common, verb, ...fields });
  });

  it('may begin with a byte order mark and have fields that nobody knows', () => {
    const stdin = `\ufeff${JSON.stringify({ ...config, later: { x: 1 } })}`;
    expect(parse({}, stdin)).toMatchObject({ verb: 'ADD', network: 'terway' });
  });

  it.each(['DEL', 'GC', 'STATUS'])('%s does without a namespace', (verb) => {
    const given = { ...config, 'cni.dev/valid-attachments': [] };
    expect(parse({ CNI_COMMAND: verb, CNI_NETNS: '', CNI_ARGS: '' }, given).verb).toBe(verb);
  });

  it.each([
    ['no command', { CNI_COMMAND: '' }, 'CNI_COMMAND: expected ADD'],
    ['another command', { CNI_COMMAND: 'FROB' }, 'got "FROB"'],
    ['no container', { CNI_CONTAINERID: '' }, 'CNI_CONTAINERID'],
    ['a path as container', { CNI_CONTAINERID: '../../etc/passwd' }, 'CNI_CONTAINERID'],
    ['a line feed in the container', { CNI_CONTAINERID: 'a\n' }, 'CNI_CONTAINERID'],
    ['a flag as container', { CNI_CONTAINERID: '-rf' }, 'CNI_CONTAINERID'],
    ['no interface', { CNI_IFNAME: '' }, 'CNI_IFNAME'],
    ['no namespace', { CNI_NETNS: '' }, 'CNI_NETNS'],
    ['a relative namespace', { CNI_NETNS: 'run/netns/x' }, 'CNI_NETNS'],
    ['a line feed in the namespace', { CNI_NETNS: '/run/netns/x\ny' }, 'CNI_NETNS'],
  ])('is refused for its environment: %s', (_, changed, message) => {
    const refusal = { code: cniCode.invalidEnvironment, message: expect.stringContaining(message) };
    expect(() => parse(changed)).toThrow(expect.objectContaining(refusal));
  });

  it.each([
    ['nothing', '', cniCode.decodeFailure],
    ['half a document', '{"name":', cniCode.decodeFailure],
    ['a list', [config], cniCode.decodeFailure],
    ['null', 'null', cniCode.decodeFailure],
    ['a number as version', { ...config, cniVersion: 1 }, cniCode.decodeFailure],
    ['a later version', { ...config, cniVersion: '2.0.0' }, cniCode.incompatibleVersion],
    ['no name', { ...config, name: undefined }, cniCode.invalidConfig],
    ['a path as name', { ...config, name: '../x' }, cniCode.invalidConfig],
    ['a result that is a text', { ...config, prevResult: 'none' }, cniCode.invalidConfig],
    ['addresses that are no list', { ...config, prevResult: { ips: {} } }, cniCode.invalidConfig],
  ])('is refused for its configuration: %s', (_, given, code) => {
    expect(() => parse({}, given)).toThrow(expect.objectContaining({ code }));
  });

  it('CHECK must bring the result of ADD', () => {
    expect(() => parse({ CNI_COMMAND: 'CHECK' })).toThrow(expect.objectContaining({ code: cniCode.invalidConfig }));
  });

  it.each([
    ['absent', undefined],
    ['an object', {}],
    ['of texts', ['c0ffee']],
    ['without an interface', [{ containerID: 'c0ffee' }]],
    ['with a number', [{ containerID: 7, ifname: 'eth0' }]],
  ])('GC whose list is %s is refused, since it would drop what is alive', (_, list) => {
    const given = { ...config, 'cni.dev/valid-attachments': list };
    expect(() => parse({ CNI_COMMAND: 'GC' }, given)).toThrow(expect.objectContaining({ code: cniCode.invalidConfig }));
  });
});

describe('the name of an interface', () => {
  it.each(['eth0', 'a', 'exactly-15bytes', 'éé', 'eth0.100'])('may be %j', (name) => {
    expect(isInterfaceName(name)).toBe(true);
  });

  it.each(['', '.', '..', 'a/b', 'a:1', 'a b', 'a\n', 'sixteen-bytes-xx', 'éééééééé', '\0'])(
    'may not be %j',
    (name) => {
      expect(isInterfaceName(name)).toBe(false);
    },
  );
});
