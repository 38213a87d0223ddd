import type { Server } from 'node:http';
import { listen } from '@terway/runtime';
import { createControlServer } from './control-server.js';
import { createMetadataServer } from './metadata-server.js';
import { createOpenApiServer } from './open-api-server.js';
import { type PresetName, presets } from './presets.js';
import type { Seed } from './seed.js';
import { SimulatedCloud } from './simulated-cloud.js';
import type { AccessKey, SignatureCheck } from './wire/authenticate.js';
import type { Quotas } from './world.js';

export interface SimulatorOptions {
  /** 1 by default. */
  readonly seed?: number;
  /** `calm` by default. */
  readonly preset?: PresetName;
  /** What exists from the start. */
  readonly world?: Seed;
  readonly quotas?: Partial<Quotas>;
  /** `cn-hangzhou` by default. */
  readonly regionId?: string;
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly ports?: { readonly openApi?: number; readonly metadata?: number; readonly control?: number };
  /** `exampleAccessKey` by default. */
  readonly accessKeys?: readonly AccessKey[];
  /** `strict` by default. */
  readonly signatures?: SignatureCheck;
  /** Real time by default; a speed of 0 makes the clock stand still until it is told to advance. */
  readonly clock?: { readonly startMs?: number; readonly speed?: number };
  readonly metadata?: { readonly defaultInstanceId?: string; readonly tokensRequired?: boolean };
}

export interface Simulator {
  readonly openApiPort: number;
  readonly metadataPort: number;
  readonly controlPort: number;
  /** The same cloud, without HTTP. */
  readonly cloud: SimulatedCloud;
  stop(): Promise<void>;
}

export const exampleAccessKey: AccessKey = { id: 'AKIDEXAMPLE', secret: 'secretexample' };

/** Starts the cloud and its three listeners. @throws ListenError, SimulatorError for a seed that makes no sense */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const cloud = newCloud(options);
  const servers: Server[] = [];
  const open = async (server: Server, port = 0): Promise<number> => {
    servers.push(server);
    return listen(server, { host: options.host ?? '127.0.0.1', port });
  };
  const stop = async (): Promise<void> => {
    cloud.stop();
    await Promise.all(servers.map(close));
  };
  try {
    if (options.world) cloud.seed(options.world);
    const { ports, accessKeys = [exampleAccessKey], signatures = 'strict', metadata } = options;
    const keys = new Map(accessKeys.map((key) => [key.id, key]));
    const doorman = { check: signatures, accessKeys: keys, nonces: new Map<string, number>() };
    return {
      openApiPort: await open(createOpenApiServer(cloud, doorman), ports?.openApi),
      metadataPort: await open(createMetadataServer(cloud, { tokensRequired: false, ...metadata }), ports?.metadata),
      controlPort: await open(createControlServer(cloud), ports?.control),
      cloud,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function newCloud({
  seed = 1,
  preset = 'calm',
  regionId = 'cn-hangzhou',
  quotas,
  clock,
}: SimulatorOptions): SimulatedCloud {
  return new SimulatedCloud({
    seed,
    regionId,
    knobs: presets[preset],
    ...(quotas && { quotas }),
    clock: { startMs: clock?.startMs ?? Date.now(), speed: clock?.speed ?? 1 },
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
