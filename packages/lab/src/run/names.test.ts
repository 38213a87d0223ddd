import { labNames, portName } from './names.js';

it('names everything of a run after the run', () => {
  const names = labNames('a1b2');
  expect([names.prefix, names.fabric, names.node('n1'), names.pod('n1-2')]).toEqual([
    'tw-a1b2-',
    'tw-a1b2-fabric',
    'tw-a1b2-n1',
    'tw-a1b2-p-n1-2',
  ]);
});

it.each(['', 'A1', 'a-b', '../x', 'thirteenchars'])("refuses '%s' as a run", (run) => {
  expect(() => labNames(run)).toThrow(`run: expected 1 to 12 characters of a-z and 0-9, got '${run}'`);
});

it.each(['', 'N1', '../n1', '-n1'])("refuses '%s' as the name of a node", (name) => {
  expect(() => labNames('a').node(name)).toThrow('name: expected a-z, 0-9 and hyphens');
});

it('names a port within the 15 characters that the kernel allows', () => {
  expect(portName('eni-bp1abcdefghij1234567')).toMatch(/^e[0-9a-f]{12}$/);
});
