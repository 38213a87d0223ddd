import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { LabError } from '../lab-error.js';
import { mustRun, type RunCommand } from './command.js';

/** A program that the lab runs, and the Debian package that brings it. */
export interface Requirement {
  readonly program: string;
  readonly debianPackage: string;
}

export const labRequirements: readonly Requirement[] = [
  { program: 'ip', debianPackage: 'iproute2' },
  { program: 'nft', debianPackage: 'nftables' },
  { program: 'fping', debianPackage: 'fping' },
  { program: 'nsenter', debianPackage: 'util-linux' },
  { program: 'sysctl', debianPackage: 'procps' },
];

/** Only for a lab on a Redis of its own. */
export const redisRequirement: Requirement = { program: 'redis-server', debianPackage: 'redis-server' };

/** What the tests use beside all that; test/run.cjs installs it. @public */
export const testRequirements: readonly Requirement[] = [
  ...labRequirements,
  redisRequirement,
  { program: 'ping', debianPackage: 'iputils-ping' },
];

/** Those whose program is in no folder of `path`, a list as in the variable PATH. */
export async function missingRequirements(
  requirements: readonly Requirement[],
  path: string,
): Promise<readonly Requirement[]> {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const present = await Promise.all(
    requirements.map(async ({ program }) => {
      const found = await Promise.all(folders.map((folder) => isExecutable(join(folder, program))));
      return found.includes(true);
    }),
  );
  return requirements.filter((_, index) => present[index] === false);
}

/** Installs packages with apt-get. @throws LabError `command-missing`, one sentence that says what to install */
export async function installRequirements(missing: readonly Requirement[], run: RunCommand): Promise<void> {
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
  if (packages.length === 0) return;
  const apt = (...args: string[]) =>
    mustRun(run, { program: 'apt-get', args, env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 300_000 });
  const install = () => apt('install', '-y', '-q', '--no-install-recommends', ...packages);
  try {
    // a machine that was never updated knows no packages yet
    await install().catch(async () => {
      await apt('update', '-q');
      await install();
    });
  } catch (cause) {
    throw missingError(missing, cause);
  }
}

/** What somebody must do who cannot, or does not want to, have it installed. */
export function missingError(missing: readonly Requirement[], cause?: unknown): LabError {
  const programs = missing.map(({ program }) => program).join(', ');
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))].join(' ');
  return new LabError('command-missing', `missing: ${programs}; install with: apt-get install ${packages}`, { cause });
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
