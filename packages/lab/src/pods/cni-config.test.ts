import { parseNetworkList, pluginInput } from './cni-config.js';

const list = parseNetworkList(
  '{"cniVersion":"1.0.0","name":"terway","plugins":[{"type":"terway","capabilities":{"bandwidth":true}}]}',
);
const [plugin = { type: '' }] = list.plugins;

it('gives a plugin what it asks for by capability, and nothing else', () => {
  const input = pluginInput(list, plugin, { runtimeConfig: { bandwidth: { ingressRate: 1 }, portMappings: [] } });
  expect(JSON.parse(input)).toEqual({
    type: 'terway',
    cniVersion: '1.0.0',
    name: 'terway',
    runtimeConfig: { bandwidth: { ingressRate: 1 } },
  });
});

it.each(['', '[]', '{"cniVersion":"1.0.0","name":"x"}'])("refuses '%s' as a list", (text) => {
  expect(() => parseNetworkList(text)).toThrow('conflist: expected cniVersion, name and plugins');
});
