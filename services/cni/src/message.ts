import { Buffer } from 'node:buffer';

/** What the plugin sends: the CNI variables of its environment, and its standard input as it came. */
export interface CniMessage {
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
}

/** What the agent answers: the exit status of the plugin and what it prints. */
export interface CniAnswer {
  readonly exit: number;
  readonly stdout: string;
}

/** One message on `cni.sock`: the length of the JSON text in bytes (32 bit, big endian), then the text in UTF-8. */
export function frame(value: CniMessage | CniAnswer): Buffer {
  const body = Buffer.from(JSON.stringify(value), 'utf8');
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

/** The answer, once all of it has arrived. */
export function readAnswer(received: Buffer): CniAnswer | undefined {
  if (received.length < 4) return undefined;
  const end = 4 + received.readUInt32BE();
  if (received.length < end) return undefined;
  const answer = JSON.parse(received.toString('utf8', 4, end)) as Partial<CniAnswer>;
  if (typeof answer.exit !== 'number' || typeof answer.stdout !== 'string') return undefined;
  return { exit: answer.exit, stdout: answer.stdout };
}

/** Only what the CNI specification defines leaves the environment of the plugin. */
export function cniVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith('CNI_') && value !== undefined) variables[name] = value;
  }
  return variables;
}
