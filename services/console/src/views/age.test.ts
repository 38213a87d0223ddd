import { ageText } from './age.js';

const nowMs = 1_800_000_000_000;

it.each([
  [0, '0s'],
  [999, '0s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [725_000, '12m5s'],
  [3 * 3_600_000 + 61_000, '3h1m'],
  [3_600_000 + 5_000, '1h'],
  [76 * 3_600_000, '3d4h'],
  [-5_000, '0s'],
])('%d ms ago is %s', (ms, text) => {
  expect(ageText(nowMs - ms, nowMs)).toBe(text);
});

it('is empty for what has never happened', () => {
  expect(ageText(0, nowMs)).toBe('');
});
