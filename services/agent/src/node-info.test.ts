import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLogger } from '@terway/runtime';
import { learnNodeInfo } from './node-info.js';

const answers: Readonly<Record<string, string>> = {
  '/latest/meta-data/instance-id': 'i-123\n',
  '/latest/meta-data/private-ipv4': '10.0.0.5',
};
const nothing = { instanceId: undefined, nodeIp: undefined, nodeName: undefined };
const running = new AbortController().signal;

describe('what an agent knows of its node', () => {
  let server: Server;
  let metadataUrl = '';
  let failures = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answer = failures-- > 0 ? undefined : answers[request.url ?? ''];
      response.writeHead(answer === undefined ? 500 : 200).end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    metadataUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/latest`;
  });
  afterAll(() => void server.close());

  it('comes from the metadata service, and the name is the instance id', async () => {
    expect(await learnNodeInfo({ ...nothing, metadataUrl }, silentLogger, running)).toEqual({
      instanceId: 'i-123',
      nodeIp: '10.0.0.5',
      nodeName: 'i-123',
    });
  });

  it('comes from the settings first, and then nobody is asked', async () => {
    const settings = { instanceId: 'i-9', nodeIp: '10.0.0.9', nodeName: 'node-9', metadataUrl: 'http://127.0.0.1:1' };
    expect(await learnNodeInfo(settings, silentLogger, running)).toMatchObject({
      instanceId: 'i-9',
      nodeName: 'node-9',
    });
  });

  it('is asked for again until the service answers', async () => {
    failures = 1;
    const info = await learnNodeInfo({ ...nothing, nodeIp: '10.0.0.9', metadataUrl }, silentLogger, running);
    expect(info.instanceId).toBe('i-123');
  });

  it('is given up when the agent stops', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(learnNodeInfo({ ...nothing, metadataUrl }, silentLogger, stopped)).rejects.toThrow('stopped');
  });
});
