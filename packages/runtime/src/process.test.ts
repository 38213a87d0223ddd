import type { Component } from './component.js';
import { type ProcessPort, runProcess } from './process.js';

/** A process that keeps what is done to it; `emit` plays the operating system. */
function recordedProcess() {
  const listeners = new Map<string, (argument: unknown) => void>();
  const exits: number[] = [];
  const lines: string[] = [];
  const port: ProcessPort = {
    on: (event, listener) => listeners.set(event, listener),
    exit: (code) => void exits.push(code),
    writeError: (line) => void lines.push(line),
  };
  return { port, exits, lines, emit: (event: string, argument?: unknown) => listeners.get(event)?.(argument) };
}

const component = (parts: Partial<Component>): Component => ({
  name: 'store',
  start: async () => undefined,
  stop: async () => undefined,
  ...parts,
});

describe('a process', () => {
  it.each(['SIGTERM', 'SIGINT'])('stops its components on %s and ends with 0', async (signal) => {
    const { port, exits, emit } = recordedProcess();
    const events: string[] = [];
    const start = async () => void setImmediate(() => emit(signal));
    const stop = async () => void events.push('stopped');
    await runProcess(() => [component({ start, stop })], port);
    expect({ exits, events }).toEqual({ exits: [0], events: ['stopped'] });
  });

  it('ends at once on a second signal', async () => {
    const { port, exits, emit } = recordedProcess();
    const stop = async () => emit('SIGINT');
    await runProcess(() => [component({ start: async () => void setImmediate(() => emit('SIGTERM')), stop })], port);
    expect(exits[0]).toBe(130);
  });

  it('tells in one line why it did not start, and ends with 1', async () => {
    const { port, exits, lines } = recordedProcess();
    const start = () => Promise.reject(new Error('port 19650 is taken\nby redis-server'));
    await runProcess(() => [component({ start })], port);
    expect(exits).toEqual([1]);
    expect(lines).toEqual([
      'fatal: the process did not run cleanly: store did not start: port 19650 is taken by redis-server\n',
    ]);
  });

  it('ends with 1 when it cannot be built', async () => {
    const { port, exits, lines } = recordedProcess();
    await runProcess(() => Promise.reject(new Error('eni_conf: expected JSON')), port);
    expect({ exits, lines }).toEqual({ exits: [1], lines: ['fatal: eni_conf: expected JSON\n'] });
  });

  it('ends with 1 when a stop fails', async () => {
    const { port, exits, emit } = recordedProcess();
    const start = async () => void setImmediate(() => emit('SIGTERM'));
    await runProcess(() => [component({ start, stop: () => Promise.reject(new Error('no')) })], port);
    expect(exits).toEqual([1]);
  });

  it.each(['uncaughtException', 'unhandledRejection'])('ends with 1 and one line on %s', async (event) => {
    const { port, exits, lines, emit } = recordedProcess();
    const start = async () => {
      emit(event, new TypeError('x is not a function'));
      emit('SIGTERM');
    };
    await runProcess(() => [component({ start })], port);
    expect(exits[0]).toBe(1);
    expect(lines).toEqual(['fatal: x is not a function\n']);
  });
});
