import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { eventually } from '../helpers/eventually.ts';

/** What a bot script says in one line of JSON about what its library told it. */
export type BotEvent = {
  readonly event:
    | 'ready'
    | 'registered'
    | 'heartbeat'
    | 'guild'
    | 'delivered'
    | 'message'
    | 'resumed'
    | 'problem';
  readonly shard?: number;
  readonly id?: string;
  readonly name?: string;
  readonly content?: string;
  readonly text?: string;
};

export type ClientBot = AsyncDisposable & {
  /** Those of one kind so far, in order. */
  of(event: BotEvent['event']): readonly BotEvent[];
  /** Waits until `check` holds; fails at once, with what the bot said, when its process has ended. */
  until(what: string, check: () => boolean): Promise<void>;
};

/** Runs `bots/<library>.js` as a process of its own. */
export function startClientBot(library: string, settings: object): ClientBot {
  const script = path.join(import.meta.dirname, 'bots', `${library}.js`);
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: 'pipe' });
  const exited = once(child, 'exit');
  const events: BotEvent[] = [];
  createInterface(child.stdout).on('line', (line) => void events.push(JSON.parse(line) as BotEvent));
  const stderr = text(child.stderr);
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return {
    of: (event) => events.filter((each) => each.event === event),
    until: async (what, check) => {
      // The slowest wait is a fourth shard's: a bucket's window of 5 s and, after op 9, up to 5 s more.
      const holds = await eventually(what, () => check() || (isOver() && 'ended'), 30_000).catch(
        (error: unknown) => {
          throw new Error(`${library}: ${what}; it said ${JSON.stringify(events)}`, { cause: error });
        },
      );
      if (holds === 'ended') throw new Error(`${library} ended before ${what}: ${await stderr}`);
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
