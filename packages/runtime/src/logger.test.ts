import { createLogger, type LoggerOptions } from './logger.js';

function logged(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const nowMs = () => Date.UTC(2020, 2, 17, 7, 3, 40, 999);
  const log = createLogger({ level: 'debug', format: 'text', nowMs, write: (line) => lines.push(line), ...options });
  return { log, lines };
}

describe('a log line as text', () => {
  it('is the one that operators of Terway know', () => {
    const { log, lines } = logged();
    log.warn(
      'Assign private ip address failed: Aliyun API Error: RequestId: 2095E971 Status Code: 403 ' +
        'Code: InvalidVSwitchId.IpNotEnough Message: no more ip, retrying',
    );
    expect(lines).toEqual([
      'time="2020-03-17T07:03:40Z" level=warning msg="Assign private ip address failed: Aliyun API Error: RequestId: ' +
        '2095E971 Status Code: 403 Code: InvalidVSwitchId.IpNotEnough Message: no more ip, retrying"\n',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['a word stays bare', 'i-2zeabc.d_e/f@g^h+1', 'i-2zeabc.d_e/f@g^h+1'],
    ['text with a space is quoted', 'a b', '"a b"'],
    ['quotes and backslashes are escaped', 'say "a\\b"', String.raw`"say \"a\\b\""`],
    ['a line break cannot end the line', 'a\nlevel=error', String.raw`"a\nlevel=error"`],
    [
      'control characters are escaped as Go does',
      '\u0000\u0007\u001b\u2028\u{e0001}',
      String.raw`"\x00\a\x1b\u2028\U000e0001"`,
    ],
    ['letters of any script stay', '节点', '"节点"'],
    ['nothing is nothing', '', ''],
    ['numbers and booleans', 12.5, '12.5'],
    ['null', null, 'null'],
    ['a big integer', 2n ** 64n, '18446744073709551616'],
    ['an error is its text, in one line', new Error('a', { cause: new Error('b\nc') }), '"a: b c"'],
    ['a list is JSON', ['a', 1], String.raw`"[\"a\",1]"`],
  ])('%s', (_, value, expected) => {
    const { log, lines } = logged();
    log.info('m', { value });
    expect(lines).toEqual([`time="2020-03-17T07:03:40Z" level=info msg=m value=${expected}\n`]);
  });

  it('sorts the fields, leaves absent ones out, and lets none hide a key of its own', () => {
    const { log, lines } = logged();
    log.error('m', { z: 1, msg: 'x', absent: undefined, a: 2 });
    expect(lines).toEqual(['time="2020-03-17T07:03:40Z" level=error msg=m a=2 fields.msg=x z=1\n']);
  });
});

describe('a log line as JSON', () => {
  it('holds the same, with values as they are', () => {
    const { log, lines } = logged({ format: 'json' });
    log.warn('pool grows', { count: 3, error: new Error('no'), size: 5n, list: ['a'], absent: undefined });
    expect(lines).toEqual([
      '{"count":3,"error":"no","level":"warning","list":["a"],"msg":"pool grows","size":"5",' +
        '"time":"2020-03-17T07:03:40Z"}\n',
    ]);
  });
});

describe('a logger', () => {
  it('prints its level and those above', () => {
    const { log, lines } = logged({ level: 'warning' });
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect(lines.map((line) => /msg=(\w)/.exec(line)?.[1])).toEqual(['c', 'd']);
  });

  it('hands its fields to its children, who may replace them', () => {
    const { log, lines } = logged();
    log.child({ node: 'i-1', part: 'agent' }).child({ part: 'cni' }).info('added', { ip: '10.0.0.7' });
    expect(lines).toEqual(['time="2020-03-17T07:03:40Z" level=info msg=added ip=10.0.0.7 node=i-1 part=cni\n']);
  });
});
