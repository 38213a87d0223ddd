import { errorText } from './error-text.js';

describe('the text of an error', () => {
  it.each([
    ['a plain one', new Error('no'), 'no'],
    ['one without a message', new TypeError(), 'TypeError'],
    ['a chain of causes', new Error('a', { cause: new Error('b', { cause: 'c' }) }), 'a: b: c'],
    ['many at once', new AggregateError([new Error('x'), new Error('y')], 'both failed'), 'both failed: x; y'],
    ['several lines', new Error('first\n  second\r\nthird'), 'first second third'],
    ['no error at all', 'boom', 'boom'],
    ['nothing', undefined, 'undefined'],
  ])('%s', (_, error, expected) => {
    expect(errorText(error)).toBe(expected);
  });

  it('ends, even for an error that is its own cause', () => {
    const error = new Error('round');
    error.cause = error;
    expect(errorText(error)).toBe('round: round');
  });
});
