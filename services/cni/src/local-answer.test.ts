import { absentAgentAnswer, versionAnswer } from './local-answer.js';

describe('what the plugin says without an agent', () => {
  it.each([
    ['repeats the version of the caller', '{"cniVersion":"0.4.0"}', '0.4.0'],
    ['repeats even a version that it does not speak', '{"cniVersion":"9.0.0"}', '9.0.0'],
    ['names its newest version when the caller names none', '{}', '1.1.0'],
    ['names its newest version when stdin is empty', '', '1.1.0'],
  ])('VERSION %s', (_, stdin, cniVersion) => {
    const answer = versionAnswer(stdin);
    expect(answer.exit).toBe(0);
    expect(JSON.parse(answer.stdout)).toEqual({
      cniVersion,
      supportedVersions: ['0.3.0', '0.3.1', '0.4.0', '1.0.0', '1.1.0'],
    });
  });

  it('VERSION refuses what is not an object', () => {
    const answer = versionAnswer('[1]');
    expect(answer.exit).toBe(1);
    expect(JSON.parse(answer.stdout)).toMatchObject({ code: 6 });
  });

  it.each([
    ['ADD', 11],
    ['DEL', 11],
    ['CHECK', 11],
    ['GC', 11],
    ['STATUS', 50],
  ])('%s answers code %i', (command, code) => {
    const answer = absentAgentAnswer(command, '{"cniVersion":"1.1.0"}', 'connect ENOENT');
    expect(answer.exit).toBe(1);
    expect(JSON.parse(answer.stdout)).toMatchObject({ cniVersion: '1.1.0', code, details: 'connect ENOENT' });
  });
});
