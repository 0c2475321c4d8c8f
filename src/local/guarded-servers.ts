import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { childEnvironment } from './environment.ts';
import type { GuardianMessage, GuardianOrder, GuardianUrls } from './guardian-messages.ts';
import { lastLines } from './last-lines.ts';
import type { LocalPart } from './server-context.ts';

export interface GuardedServers {
  readonly urls: GuardianUrls;
  readonly parts: readonly LocalPart[];
  readonly directory: string;
  /** Settles when all are gone, by `stop` or because the guardian was killed. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface GuardOptions {
  readonly onProgress: (line: string) => void;
  /** Gives the start up. */
  readonly signal?: AbortSignal | undefined;
}

const guardianFile = fileURLToPath(new URL('guardian-process.ts', import.meta.url));

/** Each server has 5 s before SIGKILL; they stop side by side. */
const stopDeadlineMs = 15_000;

/** Starts a guardian that starts the servers. When it rejects, nothing is left of them. */
export async function startGuarded(order: GuardianOrder, options: GuardOptions): Promise<GuardedServers> {
  options.signal?.throwIfAborted();
  const guardian = new Guardian(order, options.onProgress);
  const giveUp = (): void => void guardian.stop();
  options.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    return await guardian.start();
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
}

/** The caller's end of the channel to a guardian. */
class Guardian {
  readonly #child: ChildProcess;
  readonly #onProgress: (line: string) => void;
  readonly #ended: Promise<void>;
  readonly #started = Promise.withResolvers<GuardedServers>();
  #parts: readonly LocalPart[] = [];
  #directory = '';
  #failure: Failure | undefined;
  #printed = '';
  #stopping = false;

  constructor(order: GuardianOrder, onProgress: (line: string) => void) {
    this.#onProgress = onProgress;
    this.#child = spawn(process.execPath, [guardianFile], {
      cwd: '/',
      env: childEnvironment(order.environment),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      detached: true,
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#printed += String(chunk)));
    this.#child.on('message', (message) => this.#receive(message as GuardianMessage));
    this.#ended = new Promise<string>((resolve) => {
      this.#child.once('error', (error) => resolve(error.message));
      // Not 'close': Node does not emit it once this end has disconnected the channel.
      this.#child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    }).then((how) => this.#cleanUp(how));
    this.#child.send(order, () => {});
  }

  /** Settles once the servers work; rejects once everything that was started is gone again. */
  start(): Promise<GuardedServers> {
    return this.#started.promise;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#child.connected) this.#child.disconnect();
    const force = setTimeout(() => this.#child.kill('SIGKILL'), stopDeadlineMs);
    await this.#ended;
    clearTimeout(force);
  }

  #receive(message: GuardianMessage): void {
    switch (message.type) {
      case 'directory':
        this.#directory = message.path;
        break;
      case 'progress':
        this.#onProgress(message.line);
        break;
      case 'failed':
        this.#failure = new Failure(message.message, message.exitCode);
        break;
      case 'started': {
        this.#parts = message.parts;
        const { urls, parts } = message;
        this.#started.resolve({
          urls,
          parts,
          directory: this.#directory,
          ended: this.#ended,
          stop: () => this.stop(),
        });
        break;
      }
      default:
        message satisfies never;
    }
  }

  /** A guardian that ended in order has left nothing; what a killed one leaves is seen to here. */
  async #cleanUp(how: string): Promise<void> {
    const inOrder = how === 'exit code 0';
    if (!inOrder) {
      await endOrphans(this.#parts);
      if (this.#directory !== '') await rm(this.#directory, { recursive: true, force: true });
    }
    const text = `the guardian of the local servers (pid ${this.#child.pid}) ended with ${how}: ${lastLines(this.#printed)}`;
    this.#started.reject(this.#failure ?? new Failure(text, exitCodes.software));
    if (!inOrder && !this.#stopping) this.#onProgress(`${text}; the servers have ended with it`);
  }
}

/** On Linux they are ending already, told by the kernel; elsewhere, or if one does not listen, by SIGKILL. */
async function endOrphans(parts: readonly LocalPart[]): Promise<void> {
  const pids = parts.flatMap(({ pid }) => pid ?? []);
  const deadline = performance.now() + 5_000;
  while (pids.some(isAlive) && performance.now() < deadline) await delay(20);
  for (const pid of pids.filter(isAlive)) process.kill(pid, 'SIGKILL');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
