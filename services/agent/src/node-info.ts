import { backoffMs, type Logger, sleep } from '@terway/runtime';

/** What the agent must know of its own node. */
export interface NodeInfo {
  readonly instanceId: string;
  readonly nodeIp: string;
  readonly nodeName: string;
}

export interface NodeInfoSources {
  readonly instanceId: string | undefined;
  readonly nodeIp: string | undefined;
  readonly nodeName: string | undefined;
  /** Up to and without `/meta-data`. */
  readonly metadataUrl: string;
}

/** Time for one question to the metadata service. */
const askMs = 2_000;

/** Settings win; what they leave open is asked of the metadata service, again and again until it answers. */
export async function learnNodeInfo(sources: NodeInfoSources, log: Logger, stopping: AbortSignal): Promise<NodeInfo> {
  const ask = (what: string): Promise<string> =>
    askUntilAnswered(`${sources.metadataUrl}/meta-data/${what}`, log, stopping);
  const instanceId = sources.instanceId ?? (await ask('instance-id'));
  const nodeIp = sources.nodeIp ?? (await ask('private-ipv4'));
  return { instanceId, nodeIp, nodeName: sources.nodeName ?? instanceId };
}

async function askUntilAnswered(url: string, log: Logger, stopping: AbortSignal): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    stopping.throwIfAborted();
    try {
      const answer = await fetch(url, { signal: AbortSignal.any([AbortSignal.timeout(askMs), stopping]) });
      const text = (await answer.text()).trim();
      if (answer.ok && text !== '') return text;
      log.warn('metadata service does not know this', { url, status: answer.status });
    } catch (error) {
      stopping.throwIfAborted();
      log.warn('metadata service does not answer', { url, error: String(error) });
    }
    await sleep(backoffMs(attempt, { baseMs: 500, maxMs: 10_000 }, Math.random), stopping);
  }
}
