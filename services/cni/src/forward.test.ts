import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forward } from './forward.js';
import { cniVariables, frame, readAnswer } from './message.js';

const message = { env: { CNI_COMMAND: 'ADD' }, stdin: '{"name":"größe"}' };

describe('a message to the agent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terway-cni-'));
  const socketPath = join(folder, 'cni.sock');
  let server: Server;

  async function listen(onData: (text: Buffer) => Buffer[]): Promise<void> {
    server = createServer((socket) => {
      socket.on('data', (chunk) => onData(chunk).forEach((part) => socket.write(part)));
    });
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  }

  afterEach(async () => {
    if (server?.listening) await new Promise((resolve) => server.close(resolve));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('arrives whole, and the answer comes back, in however many pieces', async () => {
    let seen = '';
    const answer = frame({ exit: 0, stdout: '{"ips":[]}' });
    await listen((text) => {
      seen = text.toString('utf8', 4);
      return [answer.subarray(0, 3), answer.subarray(3, 9), answer.subarray(9)];
    });
    expect(await forward(socketPath, message, 5_000)).toEqual({ exit: 0, stdout: '{"ips":[]}' });
    expect(JSON.parse(seen)).toEqual(message);
  });

  it('fails when nothing listens', async () => {
    await expect(forward(join(folder, 'absent.sock'), message, 5_000)).rejects.toThrow('ENOENT');
  });

  it('fails when the agent falls silent', async () => {
    await listen(() => []);
    await expect(forward(socketPath, message, 20)).rejects.toThrow('no answer within 20 ms');
  });
});

describe('framing', () => {
  it('waits for all of an answer', () => {
    const whole = frame({ exit: 1, stdout: 'é' });
    for (let length = 0; length < whole.length; length++) {
      expect(readAnswer(whole.subarray(0, length))).toBeUndefined();
    }
    expect(readAnswer(whole)).toEqual({ exit: 1, stdout: 'é' });
  });

  it('carries the CNI variables and no others', () => {
    expect(cniVariables({ CNI_COMMAND: 'ADD', PATH: '/bin', CNI_ARGS: '' })).toEqual({
      CNI_COMMAND: 'ADD',
      CNI_ARGS: '',
    });
  });
});
