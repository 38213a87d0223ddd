import { isSpent } from './token.js';

const boundMs = 60_000;
const lifeMs = 600_000;

it.each([
  ['never sent', 0, 0, 0, lifeMs, false],
  ['just sent', 1, 0, 0, 1, false],
  ['sent a bound ago', 1, 0, 0, boundMs, true],
  ['sent again within the bound', 2, 0, boundMs - 1, boundMs, false],
  ['sent again and again for its whole life', 300, 0, lifeMs - 2_000, lifeMs, true],
])('a token %s', (_, sends, attemptSentAtMs, lastSentAtMs, nowMs, spent) => {
  expect(isSpent({ sends, attemptSentAtMs, lastSentAtMs }, nowMs, { boundMs })).toBe(spent);
});
