import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorText, helpText, readSettings, SettingsError, type SettingsOf } from '@terway/runtime';
import { checkLab } from './lab/check-lab.js';
import { createPods, startLab, type Lab } from './lab/lab.js';
import { claimFolders, prepareMachine, refuseSecondLab } from './lab/prepare-run.js';
import { labSettings } from './lab/settings.js';
import { endpointTable, nextSteps } from './report/next-steps.js';
import { unreached } from './report/ping-matrix.js';
import { lineProgress, untilStopped } from './report/progress.js';
import { renderTable } from './report/table.js';
import { runCommand } from './run/command.js';
import { labRequirements, redisRequirement } from './run/requirements.js';
import { keepersOf, stopRequested } from './run/stop-requested.js';
import { Teardown } from './run/teardown.js';

const program = { name: 'npm start --', describe: 'Runs Terway in a VPC of network namespaces on this machine' };
const usualPorts = { openApi: 19080, metadata: 19081, control: 19082, rpc: 19650, http: 19651 };
const freePorts = { openApi: 0, metadata: 0, control: 0, rpc: 0, http: 0 };

const say = (text: string): void => void process.stdout.write(text);

/** Answers the exit code. */
async function runLab(settings: SettingsOf<typeof labSettings>, stop: AbortSignal): Promise<number> {
  const teardown = new Teardown();
  const allSteps = lineProgress(say, Date.now);
  const progress = untilStopped(allSteps, stop);
  const run = randomBytes(2).toString('hex');
  const requirements = [...labRequirements, ...(settings.store === 'redis' ? [redisRequirement] : [])];
  const dataRoot = join(tmpdir(), 'terway-lab');
  const prepared = {
    run,
    stateDir: settings.stateDir,
    dataRoot,
    requirements,
    progress,
    teardown,
    runCommand,
  };
  let wentWell = false;
  try {
    refuseSecondLab(await prepareMachine(prepared));
    const parts = { folders: await claimFolders(prepared), teardown, progress, runCommand };
    const { nodes, pods: podsPerNode, store, preset } = settings;
    const ports = settings.freePorts ? freePorts : usualPorts;
    const lab = await startLab({ run, nodes, podsPerNode, store, preset, ports }, parts);
    const pods = await progress.step(`${nodes * podsPerNode} pods`, () => createPods(lab, podsPerNode, parts));
    const { tables, reached } = await progress.step('checks', () => checkLab(lab, pods, runCommand));
    for (const table of tables) say(`\n${renderTable(table)}`);
    say(`\n${renderTable(endpointTable(lab))}`);
    const lost = unreached(reached);
    for (const { from, to, sent, received } of lost) {
      say(`ping from ${from.label} to ${to.label} (${to.ip}): ${sent - received} of ${sent} lost\n`);
    }
    say(`\n${reached.length - lost.length} of ${reached.length} pings answered\n`);
    if (!settings.once) await keepUp(lab, pods[0]?.netns, parts.folders.dataDir, stop);
    wentWell = lost.length === 0;
    return wentWell || !settings.once ? 0 : 1;
  } finally {
    await allSteps.step('removed everything', () => teardown.run());
    await keepLogsOfTrouble(join(dataRoot, run), wentWell || stop.aborted);
  }
}

/** Logs and stores go with the lab, unless somebody may want to know what went wrong. */
async function keepLogsOfTrouble(dataDir: string, wentWell: boolean): Promise<void> {
  if (wentWell) await rm(dataDir, { recursive: true, force: true });
  else if (existsSync(dataDir)) say(`Logs are kept in ${dataDir}\n`);
}

async function keepUp(lab: Lab, podNetns: string | undefined, dataDir: string, stop: AbortSignal): Promise<void> {
  say(`\n${nextSteps(lab, podNetns, dataDir)}\nThe lab is up; Ctrl-C ends it and removes everything.\n`);
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
}

async function main(): Promise<void> {
  try {
    const read = readSettings(labSettings, { argv: process.argv.slice(2), env: process.env });
    if (read.kind === 'help') {
      say(helpText(program, labSettings));
      return;
    }
    process.exitCode = await runLab(read.settings, stopRequested(await keepersOf(process.pid)));
  } catch (error) {
    const problems = error instanceof SettingsError ? error.problems : [errorText(error)];
    process.stderr.write(problems.map((problem) => `npm start: ${problem}\n`).join(''));
    process.exitCode = error instanceof SettingsError ? 2 : 1;
  }
  process.exit();
}

void main();
