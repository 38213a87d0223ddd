import { redisUrl } from './redis-url.js';

it.each([
  'redis://127.0.0.1:6379',
  'redis://r.example',
  'rediss://user:p%40ss@r.example:6380/2',
  'redis://[::1]:6379/',
])('takes %s', (text) => {
  expect(redisUrl(text).hostname).not.toBe('');
});

it.each(['redis:', 'redis://', 'redis://host:port', 'http://host:6379', 'redis://host/db', 'host:6379'])(
  'refuses %s',
  (text) => {
    expect(() => redisUrl(text)).toThrow(`store: expected redis://HOST:PORT[/DB], got '${text}'`);
  },
);

it('does not show a password', () => {
  expect(() => redisUrl('redis://user:secret@host/db')).toThrow("got 'redis://…@host/db'");
});
