import { loadavg } from 'node:os';
import { tableLines } from '../../src/lib/table-lines.ts';
import { commandUsage, type CommandUsage } from '../../src/queue/command-usage.ts';
import type { Fact } from '../../src/queue/fact.ts';
import type { BatchLimits } from '../../src/queue/kind-writer.ts';
import { queueStage, type QueueStage } from '../queue/stage.ts';

/**
 * Uses of a command, written through PgBouncer: one insert per call, and through the write queue with batches of several sizes, until
 * every row is in the table. All ways in turn, several rounds, each fact from one of 32 callers that wait for their own before the
 * next. `--facts=N` (default 4,000) and `--rounds=N` (default 5). Prints a table, and last a line of JSON.
 */
const facts = option('facts', 4_000);
const rounds = option('rounds', 5);
const callers = 32;

interface Run {
  readonly perSecond: number;
  /** Of the calls, in ms: until the row is there, or until the fact is on the disk. */
  readonly waits: readonly number[];
  /** CPU of this process for each fact, in µs. */
  readonly cpuMicros: number;
}

const sizes: readonly number[] = [10, 50, 200];
const asShipped = 'queue as shipped';

const stage = await queueStage();
const ways = new Map<string, () => Promise<Run>>([
  ['one insert per call', () => insertEach(stage)],
  ...sizes.map((max) => [`queue, batches of ${max}`, () => enqueueAll(stage, { max })] as const),
  [asShipped, () => enqueueAll(stage, {})],
]);
const runs = new Map<string, Run[]>([...ways.keys()].map((way) => [way, []]));
for (let round = 0; round <= rounds; round++) {
  for (const [way, run] of ways) {
    await stage.sql`truncate command_usage`;
    const outcome = await run();
    // The first round warms up.
    if (round > 0) runs.get(way)?.push(outcome);
  }
}
await stage.close();

const [single = []] = runs.values();
const ratiosOf = (all: readonly Run[]) =>
  all.map(({ perSecond }, round) => perSecond / (single[round]?.perSecond ?? Number.NaN));
const rows = [...runs].map(([way, all]) => [
  way,
  String(Math.round(middle(all.map(({ perSecond }) => perSecond)))),
  shown(middle(ratiosOf(all))),
  shown(middle(all.map(({ waits }) => quantile(waits, 0.5)))),
  shown(middle(all.map(({ waits }) => quantile(waits, 0.99)))),
  shown(middle(all.map(({ cpuMicros }) => cpuMicros))),
]);
for (const line of tableLines([['way', 'facts/s', 'ratio', 'wait p50 ms', 'p99 ms', 'CPU µs each'], ...rows]))
  process.stdout.write(`${line}\n`);
const shipped = runs.get(asShipped) ?? [];
const ratios = ratiosOf(shipped);
const result = {
  batched_write_ratio: Number(shown(middle(ratios))),
  batched_write_ratio_spread: [Math.min(...ratios), Math.max(...ratios)].map((ratio) => Number(shown(ratio))),
  facts_per_s: Math.round(middle(shipped.map(({ perSecond }) => perSecond))),
  enqueue_p50_ms: Number(shown(middle(shipped.map(({ waits }) => quantile(waits, 0.5))))),
  enqueue_p99_ms: Number(shown(middle(shipped.map(({ waits }) => quantile(waits, 0.99))))),
  facts,
  rounds,
  load_average: Number(shown(loadavg()[0] ?? 0)),
};
process.stdout.write(`${JSON.stringify(result)}\n`);

function insertEach({ db }: QueueStage): Promise<Run> {
  return measured(
    async ({ key, body: { usedAtMs, guildId, command, outcome, shardId } }) => {
      await db.query(
        'one',
        (sql) => sql`
          insert into command_usage (used_at, interaction_id, guild_id, command, outcome, shard_id)
          values (${new Date(usedAtMs)}, ${key}, ${guildId}, ${command}, ${outcome}, ${shardId})
          on conflict do nothing`,
      );
    },
    async () => {},
  );
}

async function enqueueAll(stage: QueueStage, limits: Partial<BatchLimits>): Promise<Run> {
  const queue = await stage.open({ kinds: [commandUsage], limits });
  return measured(
    (fact) => queue.enqueue(commandUsage, fact),
    () => queue.stop(60_000),
  );
}

/** The time counts until the last row is in the table. */
async function measured(
  write: (fact: Fact<CommandUsage>) => Promise<void>,
  finish: () => Promise<void>,
): Promise<Run> {
  const waits: number[] = [];
  const left = makeFacts();
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  const caller = async () => {
    for (let fact = left.pop(); fact !== undefined; fact = left.pop()) {
      const calledMs = performance.now();
      await write(fact);
      waits.push(performance.now() - calledMs);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  await finish();
  const seconds = (performance.now() - startMs) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const [row] = await stage.sql<{ n: number }[]>`select count(*)::int as n from command_usage`;
  if (row?.n !== facts) throw new Error(`${row?.n} of ${facts} rows`);
  return { perSecond: facts / seconds, waits, cpuMicros: (user + system) / facts };
}

function makeFacts(): Fact<CommandUsage>[] {
  const usedAtMs = Date.now();
  return Array.from({ length: facts }, (_, n) => ({
    key: String(1_000_000_000_000_000_000n + BigInt(n)),
    body: { usedAtMs, guildId: '200000000000000001', command: 'ping', outcome: 'answered', shardId: n % 16 },
  }));
}

function option(name: string, fallback: number): number {
  const given = process.argv.map((text) => new RegExp(`^--${name}=(\\d+)$`).exec(text)?.[1]);
  return Number(given.find((text) => text !== undefined) ?? fallback);
}

function middle(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function shown(value: number): string {
  return value.toFixed(2);
}
