import { readFileSync } from 'node:fs';
import { forward } from './forward.js';
import { absentAgentAnswer, versionAnswer } from './local-answer.js';
import { malformedAnswer } from './malformed.js';
import { type CniAnswer, cniVariables } from './message.js';

/** Longer than the agent lets any verb take, and shorter than what container runtimes wait for a plugin. */
const timeoutMs = 110_000;

async function answer(): Promise<CniAnswer> {
  const command = process.env['CNI_COMMAND'];
  const stdin = readFileSync(0, 'utf8');
  if (command === 'VERSION') return versionAnswer(stdin);
  const socketPath = process.env['TERWAY_CNI_SOCKET'] ?? '/var/run/eni/cni.sock';
  const message = { env: cniVariables(process.env), stdin };
  try {
    return await forward(socketPath, message, timeoutMs);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return malformedAnswer(message) ?? absentAgentAnswer(command, stdin, `${socketPath}: ${cause}`);
  }
}

void answer().then(({ exit, stdout }) => {
  process.stdout.write(stdout);
  process.exitCode = exit;
});
