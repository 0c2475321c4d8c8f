import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { childEnvironment, type Environment } from './environment.ts';
import { findOnPath } from './find-program.ts';
import { lastLines } from './last-lines.ts';
import type { Account } from './run-command.ts';

/** How to run one server in the foreground. */
export interface ServerCommand {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Its own directory; its log is kept beside it. */
  readonly directory: string;
  readonly account: Account | undefined;
  readonly environment: Environment;
  /** Ends it in order. After `stopDeadlineMs` SIGKILL does. */
  readonly stopSignal: NodeJS.Signals;
  /** What the kernel sends it when this process vanishes and nobody can count a deadline any more. */
  readonly orphanSignal: 'QUIT' | 'KILL';
}

const stopDeadlineMs = 5_000;

/** A server as a child process. */
export class ServerProcess {
  readonly name: string;
  /** Settles when it has ended, with how: "exit code 1", "SIGKILL". */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #logFile: string;
  readonly #stopSignal: NodeJS.Signals;
  #stopping = false;

  constructor(command: ServerCommand) {
    this.name = command.name;
    this.#logFile = `${command.directory}.log`;
    this.#stopSignal = command.stopSignal;
    // Opened here and inherited: a log that the server opens itself would belong to whoever ran it first.
    const log = openSync(this.#logFile, 'a', 0o600);
    const [program, args] = withOrphanSignal(command);
    this.#child = spawn(program, args, {
      cwd: command.directory,
      env: childEnvironment(command.environment),
      stdio: ['ignore', log, log],
      uid: command.account?.uid,
      gid: command.account?.gid,
    });
    closeSync(log);
    this.ended = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(error.message));
      this.#child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether its end was asked for. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** All that it printed. */
  log(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  /** How it ended, with the last lines that it printed. */
  async obituary(): Promise<string> {
    return `${await this.ended}: ${lastLines(this.log())}`;
  }

  /** Ends it in order, or by force after the deadline; settles when it has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#child.kill(this.#stopSignal);
    const force = setTimeout(() => this.#child.kill('SIGKILL'), stopDeadlineMs);
    await this.ended;
    clearTimeout(force);
  }
}

/** On Linux the kernel itself tells a server when its parent has gone, SIGKILL included; `setpriv` arranges it. */
function withOrphanSignal(command: ServerCommand): [string, readonly string[]] {
  const setpriv = process.platform === 'linux' ? findOnPath('setpriv', command.environment) : undefined;
  return setpriv === undefined
    ? [command.program, command.args]
    : [setpriv, ['--pdeathsig', command.orphanSignal, command.program, ...command.args]];
}
