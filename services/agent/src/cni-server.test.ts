import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Component } from '@terway/runtime';
import { type AnswerCall, cniServer } from './cni-server.js';

const message = JSON.stringify({ env: { CNI_COMMAND: 'STATUS' }, stdin: '{"name":"größe"}' });

function framed(text: string): Buffer {
  const body = Buffer.from(text, 'utf8');
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

describe('the socket of the plugin', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terway-cni-server-'));
  const path = join(folder, 'run', 'cni.sock');
  let server: Component | undefined;

  async function listen(answer: AnswerCall): Promise<void> {
    server = cniServer(path, answer);
    await server.start();
  }

  /** Sends parts and gathers what comes back until the other side closes. */
  function exchange(...parts: readonly Buffer[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(path, () => parts.forEach((part) => socket.write(part)));
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('error', reject);
      socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8', 4)));
    });
  }

  afterEach(() => server?.stop());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('answers a message, in however many pieces it comes', async () => {
    await listen(async ({ env, stdin }) => ({ exit: 0, stdout: `${env['CNI_COMMAND']} ${stdin}` }));
    const whole = framed(message);
    const answer = await exchange(whole.subarray(0, 2), whole.subarray(2, 30), whole.subarray(30));
    expect(JSON.parse(answer)).toEqual({ exit: 0, stdout: 'STATUS {"name":"größe"}' });
  });

  it('is open to its owner only', async () => {
    await listen(async () => ({ exit: 0, stdout: '' }));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['no JSON', framed('{')],
    ['JSON of another form', framed('{"env":null}')],
    ['a length beyond all bounds', Buffer.from([0xff, 0xff, 0xff, 0xff])],
  ])('hangs up on %s, and goes on', async (_, bytes) => {
    await listen(async () => ({ exit: 0, stdout: 'ok' }));
    expect(await exchange(bytes)).toBe('');
    expect(await exchange(framed(message))).toContain('ok');
  });

  it('tells the call when the plugin hangs up', async () => {
    const reasons: unknown[] = [];
    const begun = signalled();
    const ended = signalled();
    await listen(async (_, signal) => {
      begun.tell();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      reasons.push(signal.reason);
      ended.tell();
      return { exit: 1, stdout: '' };
    });
    const socket = connect(path, () => socket.write(framed(message)));
    await begun.told;
    socket.destroy();
    await ended.told;
    expect(reasons).toMatchObject([{ message: 'the plugin hung up' }]);
  });

  it('answers calls in progress before it stops', async () => {
    const begun = signalled();
    const finish = signalled();
    await listen(async () => {
      begun.tell();
      await finish.told;
      return { exit: 0, stdout: 'late' };
    });
    const answer = exchange(framed(message));
    await begun.told;
    const stopped = server?.stop();
    server = undefined;
    finish.tell();
    expect(await answer).toContain('late');
    await stopped;
  });

  it('does not wait for the rest of a message when it stops', async () => {
    await listen(async () => ({ exit: 0, stdout: '' }));
    const half = exchange(framed(message).subarray(0, 20));
    await exchange(framed(message));
    await server?.stop();
    server = undefined;
    expect(await half).toBe('');
  });
});

function signalled(): { readonly told: Promise<void>; readonly tell: () => void } {
  let tell = (): void => undefined;
  const told = new Promise<void>((resolve) => (tell = resolve));
  return { told, tell: () => tell() };
}
