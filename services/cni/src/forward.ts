import { Buffer } from 'node:buffer';
import { connect } from 'node:net';
import { type CniAnswer, type CniMessage, frame, readAnswer } from './message.js';

/**
 * Hands one message to the agent and waits for its answer. The agent bounds its own work; `timeoutMs` only catches an
 * agent that hangs.
 *
 * @throws Error when nothing listens on the socket, it falls silent, or it closes before the answer is complete
 */
export function forward(socketPath: string, message: CniMessage, timeoutMs: number): Promise<CniAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    const chunks: Buffer[] = [];
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    socket.on('connect', () => socket.write(frame(message)));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const answer = readAnswer(Buffer.concat(chunks));
      if (answer === undefined) return;
      resolve(answer);
      socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the connection was closed before the answer')));
  });
}
