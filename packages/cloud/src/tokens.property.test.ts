import fc from 'fast-check';
import { clientToken, type Params, paramsHash } from './tokens.js';

const runs = { seed: 20_140_526, numRuns: 200 };

describe('clientToken', () => {
  it('is printable ASCII of at most 64 characters, and the same every time', () =>
    fc.assert(
      fc.property(fc.string(), fc.nat(), (intentId, attempt) => {
        expect(clientToken(intentId, attempt)).toMatch(/^[\x21-\x7e]{1,64}$/);
        expect(clientToken(intentId, attempt)).toBe(clientToken(intentId, attempt));
      }),
      runs,
    ));

  it('differs between attempts and between intents', () =>
    fc.assert(
      fc.property(fc.string(), fc.nat(1000), (intentId, attempt) => {
        expect(clientToken(intentId, attempt)).not.toBe(clientToken(intentId, attempt + 1));
        expect(clientToken(intentId, attempt)).not.toBe(clientToken(`${intentId}0`, attempt));
      }),
      runs,
    ));
});

describe('paramsHash', () => {
  const params = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())));

  it('does not depend on the order of keys', () =>
    fc.assert(
      fc.property(params, (given) => {
        const reversed = Object.fromEntries(Object.entries(given).reverse());
        expect(paramsHash(reversed)).toBe(paramsHash(given));
      }),
      runs,
    ));

  it('sees every change of a value', () =>
    fc.assert(
      fc.property(params, fc.string(), (given, key) => {
        const asked: Params = { ...given, [`${key}+`]: 1 };
        const other: Params = { ...given, [`${key}+`]: 2 };
        expect(paramsHash(asked)).not.toBe(paramsHash(other));
        expect(paramsHash(asked)).not.toBe(paramsHash(given));
      }),
      runs,
    ));

  it.each<[string, Params, Params, boolean]>([
    ['a key without a value is absent', { a: 1, b: undefined }, { a: 1 }, true],
    ['a number is not its text', { a: 1 }, { a: '1' }, false],
    ['a list keeps its order', { a: ['x', 'y'] }, { a: ['y', 'x'] }, false],
    ['list borders count', { a: [['x'], ['y']] }, { a: [['x', 'y']] }, false],
    ['null is not absent', { a: null }, {}, false],
  ])('%s', (_, left, right, equal) => {
    expect(paramsHash(left) === paramsHash(right)).toBe(equal);
  });
});
