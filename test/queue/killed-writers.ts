import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '../helpers/eventually.ts';
import type { QueueStage } from './stage.ts';

/** A process that offers facts without end. */
interface Writer {
  readonly child: ChildProcess;
  /** Resolves with its first promise. */
  readonly up: Promise<unknown>;
  /** Its exit code. */
  readonly ended: Promise<unknown>;
}

/** Processes that offer facts to one WRITE_QUEUE_DIR and are killed for it; what they were promised is kept here. */
export class KilledWriters implements AsyncDisposable {
  readonly #stage: QueueStage;
  readonly #root: string;
  readonly #all: Writer[] = [];
  readonly #acknowledged = { counted: new Set<string>(), command_usage: new Set<string>() };

  constructor(stage: QueueStage, root: string) {
    this.#stage = stage;
    this.#root = root;
  }

  /** Facts that were promised so far. */
  get acknowledged(): number {
    return this.#acknowledged.counted.size + this.#acknowledged.command_usage.size;
  }

  start(): Writer {
    const script = path.join(import.meta.dirname, 'queue-process.ts');
    const child = spawn(process.execPath, [script, this.#root, this.#stage.servers.postgresUrl], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const [kind, key = ''] = line.split(' ');
      if (kind === 'counted' || kind === 'command_usage') this.#acknowledged[kind].add(key);
    });
    const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(
      ([[code]]) => code as unknown,
    );
    const writer = { child, up: once(lines, 'line'), ended };
    this.#all.push(writer);
    return writer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { child } of this.#all) child.kill('SIGKILL');
    await Promise.all(this.#all.map(({ ended }) => ended));
  }

  /** Resolves when `more` were promised from now on. */
  async promised(more: number): Promise<void> {
    const before = this.acknowledged;
    await eventually(`${more} more are acknowledged`, () => this.acknowledged >= before + more, 60_000);
  }

  /** Facts that were promised and are not in PostgreSQL, and those that it counted more than once. */
  async figures(): Promise<{ readonly lost: number; readonly doubled: number; readonly written: number }> {
    const { sql } = this.#stage;
    const [sum] = await sql<{ keys: number; counted: number; rows: number; uses: number }[]>`
      select (select count(*)::int from counted_keys) as keys, (select sum(n)::int from counted) as counted,
        count(*)::int as rows, count(distinct interaction_id)::int as uses from command_usage`;
    if (sum === undefined) throw new Error('no answer');
    const keys = await sql<{ key: string }[]>`select key from counted_keys`;
    const uses = await sql<{ key: string }[]>`select interaction_id::text as key from command_usage`;
    const lost = missing(this.#acknowledged.counted, keys) + missing(this.#acknowledged.command_usage, uses);
    const doubled = sum.counted - sum.keys + (sum.rows - sum.uses);
    return { lost, doubled, written: sum.keys + sum.uses };
  }
}

function missing(promised: ReadonlySet<string>, rows: readonly { readonly key: string }[]): number {
  const there = new Set(rows.map(({ key }) => key));
  return [...promised].filter((key) => !there.has(key)).length;
}
