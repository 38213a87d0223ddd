import { readFileSync } from 'node:fs';
import { type Component, runProgram, type SettingsOf } from '@terway/runtime';
import { parseSeed } from './control/parse-seed.js';
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.js';
import { settings } from './settings.js';

/** Starts the simulator and prints its ports as one line of JSON. */
function simulatorComponent(options: SimulatorOptions): Component {
  let simulator: Simulator | undefined;
  return {
    name: 'cloud simulator',
    async start() {
      simulator = await startSimulator(options);
      const { openApiPort, metadataPort, controlPort } = simulator;
      process.stdout.write(`${JSON.stringify({ openApiPort, metadataPort, controlPort })}\n`);
    },
    async stop() {
      await simulator?.stop();
    },
  };
}

function optionsOf(given: SettingsOf<typeof settings>): SimulatorOptions {
  const { worldFile, defaultInstance } = given;
  return {
    seed: given.seed,
    preset: given.preset,
    regionId: given.region,
    host: given.host,
    ports: { openApi: given.openApiPort, metadata: given.metadataPort, control: given.controlPort },
    accessKeys: [{ id: given.accessKeyId, secret: given.accessKeySecret }],
    signatures: given.signatures,
    clock: { speed: given.clockSpeed },
    metadata: {
      tokensRequired: given.metadataTokensRequired,
      ...(defaultInstance !== undefined && { defaultInstanceId: defaultInstance }),
    },
    ...(worldFile !== undefined && { world: parseSeed(JSON.parse(readFileSync(worldFile, 'utf8'))) }),
  };
}

void runProgram(
  { name: 'cloud-simulator', describe: 'Plays Alibaba Cloud’s ENI and vSwitch API, metadata service and their faults' },
  settings,
  (given) => [simulatorComponent(optionsOf(given))],
);
