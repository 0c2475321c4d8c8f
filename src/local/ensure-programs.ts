import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { Environment } from './environment.ts';
import { findProgram } from './find-program.ts';
import { packageInstallation, type PackageInstallation, type Program } from './package-installation.ts';
import { runCommand } from './run-command.ts';

export interface EnsureOptions {
  readonly environment: Environment;
  /** The user who asks; 0 is root. */
  readonly uid?: number | undefined;
  readonly onProgress?: ((line: string) => void) | undefined;
}

/**
 * The path of each program by its command: found on PATH or in a system folder, else installed by the system's package
 * manager where that needs no question (services stay off), else a `Failure` that names the command to run.
 */
export async function ensurePrograms(
  programs: readonly Program[],
  options: EnsureOptions,
): Promise<ReadonlyMap<string, string>> {
  const missing = missingOf(programs, options.environment);
  if (missing.length > 0) await install(missing, options);
  return new Map(programs.map((program) => [program.command, pathOf(program, options.environment)]));
}

async function install(missing: readonly Program[], options: EnsureOptions): Promise<void> {
  const { environment, uid = process.getuid?.(), onProgress } = options;
  const installation = await packageInstallation(missing, { environment, uid });
  if (installation.command === undefined) throw new Failure(refusal(missing, installation), exitCodes.config);
  const [program, ...args] = installation.command;
  onProgress?.(
    `installing ${listOf(installation.packages)} with ${installation.manager}; their services stay off`,
  );
  const result = await runCommand(program, args, { environment });
  const still = missingOf(missing, environment);
  if (result.code === 0 && still.length === 0) return;
  const what =
    result.code === 0
      ? `${installation.manager} installed ${listOf(installation.packages)}, yet ${commandsOf(still)} cannot be found`
      : `${installation.manager} could not install ${listOf(installation.packages)} (exit code ${result.code})`;
  throw new Failure(`${what}: ${result.summary}. To try by hand: ${installation.byHand}`);
}

function refusal(missing: readonly Program[], { manager, byHand }: PackageInstallation): string {
  const absent = `${commandsOf(missing)} ${missing.length === 1 ? 'is' : 'are'} not installed`;
  return manager === undefined
    ? `${absent}, and there is neither apt-get nor Homebrew to do it with: install ${missing.length === 1 ? 'it' : 'them'} so that PATH has ${commandsOf(missing)}`
    : `${absent}, and ${manager} may not be used without a question here; run: ${byHand}`;
}

function missingOf(programs: readonly Program[], environment: Environment): Program[] {
  return programs.filter((program) => findProgram(program.command, environment) === undefined);
}

function pathOf(program: Program, environment: Environment): string {
  const path = findProgram(program.command, environment);
  if (path === undefined) throw new Failure(`${program.command} has vanished since it was found on PATH`);
  return path;
}

function commandsOf(programs: readonly Program[]): string {
  return listOf(programs.map((program) => program.command));
}

function listOf(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}
