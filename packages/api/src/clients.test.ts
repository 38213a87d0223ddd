import { targetOf } from './clients.js';

describe('the target of a client', () => {
  it.each([
    ['replicas by address', ['10.0.0.1:19650', '10.0.0.2:19650'], 'ipv4:10.0.0.1:19650,10.0.0.2:19650'],
    ['replicas by IPv6 address', ['[fd00::1]:19650'], 'ipv6:[fd00::1]:19650'],
    ['a name', ['ipam.kube-system:19650'], 'dns:///ipam.kube-system:19650'],
    ['a socket', ['/var/run/eni/eni.socket'], 'unix:/var/run/eni/eni.socket'],
  ])('is %s', (_, addresses, target) => {
    expect(targetOf(addresses)).toBe(target);
  });

  it.each([
    ['nothing', [], 'addresses: expected at least one, got none'],
    ['two names', ['a:1', 'b:2'], 'addresses: expected "a:1" to stand alone, got 2'],
    ['two kinds', ['10.0.0.1:1', 'b:2'], 'addresses: expected only ipv4 beside "10.0.0.1:1", got "b:2"'],
  ])('is not %s', (_, addresses, message) => {
    expect(() => targetOf(addresses)).toThrow(message);
  });
});
