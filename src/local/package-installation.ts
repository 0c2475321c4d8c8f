import { fileURLToPath } from 'node:url';
import type { Environment } from './environment.ts';
import { findOnPath } from './find-program.ts';
import { runCommand } from './run-command.ts';

/** A program that Shoal needs and npm cannot bring: its command and the package that holds it, by package manager. */
export interface Program {
  readonly command: string;
  readonly apt: string;
  readonly brew: string;
}

/** How this machine installs packages, and whether it lets us. */
export interface PackageInstallation {
  /** `undefined`: none that Shoal knows. */
  readonly manager: 'apt-get' | 'brew' | undefined;
  readonly packages: readonly string[];
  /** Installs them without a question and without their services; `undefined`: only a person can. */
  readonly command: readonly [string, ...string[]] | undefined;
  /** What a person types. */
  readonly byHand: string;
}

const debianScript = fileURLToPath(new URL('install-debian-packages.sh', import.meta.url));

export async function packageInstallation(
  programs: readonly Program[],
  { environment, uid }: { environment: Environment; uid: number | undefined },
): Promise<PackageInstallation> {
  const brew = findOnPath('brew', environment);
  if (findOnPath('apt-get', environment) !== undefined) {
    const packages = namesOf(programs, 'apt');
    const shell = await rootShell(environment, uid);
    const command = shell && ([...shell, debianScript, ...packages] as const);
    const byHand = `${uid === 0 ? '' : 'sudo '}apt-get install ${packages.join(' ')}`;
    return { manager: 'apt-get', packages, command, byHand };
  }
  // Homebrew starts no service of its own accord, and refuses to run as root.
  if (brew !== undefined) {
    const packages = namesOf(programs, 'brew');
    const command = uid === 0 ? undefined : ([brew, 'install', ...packages] as const);
    return { manager: 'brew', packages, command, byHand: `brew install ${packages.join(' ')}` };
  }
  return { manager: undefined, packages: [], command: undefined, byHand: '' };
}

/** The command of a shell that runs a script as root; `undefined` where that takes a password. */
async function rootShell(
  environment: Environment,
  uid: number | undefined,
): Promise<readonly [string, ...string[]] | undefined> {
  if (uid === 0) return ['/bin/sh'];
  const sudo = findOnPath('sudo', environment);
  if (sudo === undefined) return undefined;
  const asked = await runCommand(sudo, ['-n', 'true'], { environment });
  return asked.code === 0 ? [sudo, '-n', '/bin/sh'] : undefined;
}

function namesOf(programs: readonly Program[], manager: 'apt' | 'brew'): string[] {
  return [...new Set(programs.map((program) => program[manager]))];
}
