import { spawn } from 'node:child_process';
import type { Environment } from './environment.ts';
import { lastLines } from './last-lines.ts';

/** The user whom a program runs as, where that is not ours. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface CommandOptions {
  readonly environment: Environment;
  readonly account?: Account | undefined;
  readonly cwd?: string;
  /** Written to its standard input, which is then closed. */
  readonly input?: string;
  /** Ends the command with SIGKILL. */
  readonly signal?: AbortSignal;
}

export interface CommandResult {
  /** 126 when the program could not be run at all (absent, not executable), as a shell would say. */
  readonly code: number;
  /** Standard output and standard error as they came. */
  readonly output: string;
  /** Its last lines on one line, for a message. */
  readonly summary: string;
}

/** Runs a program to its end. Never throws for what the program does; rejects only when aborted. */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  options.signal?.throwIfAborted();
  const { account, cwd, environment, input = '' } = options;
  const child = spawn(program, args, { env: { ...environment }, cwd, uid: account?.uid, gid: account?.gid });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A program that exits without reading its input closes the pipe: its exit code says more than EPIPE.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const end = (): void => void child.kill('SIGKILL');
  options.signal?.addEventListener('abort', end, { once: true });
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      chunks.push(Buffer.from(error.message));
      resolve(126);
    });
    child.once('close', (status) => resolve(status ?? 128));
  });
  options.signal?.removeEventListener('abort', end);
  options.signal?.throwIfAborted();
  const output = Buffer.concat(chunks).toString();
  return { code, output, summary: lastLines(output) };
}
