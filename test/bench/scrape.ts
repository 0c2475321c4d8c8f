import { fork } from 'node:child_process';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { AggregatorRegistry, type MetricObject } from 'prom-client';
import { features, commandsOf } from '../../src/features/features.ts';
import { tableLines } from '../../src/lib/table-lines.ts';
import { joinMetrics, mergeMetrics } from '../../src/telemetry/merge-metrics.ts';
import { featureStage } from '../features/stage.ts';

/**
 * What a scrape of 64 shard processes costs the manager, which also supervises them: all that arrives over a real IPC channel, with the metrics
 * of a real shard that has answered commands. Ours: texts; also after each process was replaced once, when what the old ones have counted is
 * added. Beside it prom-client's own way for several processes: data, and its `AggregatorRegistry`.
 * Prints medians of `--rounds=N` (default 9); times are
 * of the CPU, since other work on the machine would count otherwise.
 */
const rounds = Number(/^--rounds=(\d+)$/.exec(process.argv[2] ?? '')?.[1] ?? 9);
const processes = 64;

const text = await realMetrics();
const texts = Array.from({ length: processes }, (_, id) => text.replaceAll('shard="0"', `shard="${id}"`));
const ended = texts.map((each) => mergeMetrics([{ text: each, gauges: false }]));
const shards = fork(fileURLToPath(new URL('./scrape-shards.ts', import.meta.url)));
/** Of one process, when it comes, and of all, in one piece at the end. */
const sides = [
  {
    name: 'ours',
    asData: false,
    hear: (answer: unknown) => mergeMetrics([{ text: answer as string, gauges: true }]),
    add: async (all: readonly unknown[]) => joinMetrics(all as string[]),
  },
  {
    name: 'ours, all replaced once',
    asData: false,
    hear: (answer: unknown, n: number) =>
      mergeMetrics([
        { text: ended[n] ?? '', gauges: false },
        { text: answer as string, gauges: true },
      ]),
    add: async (all: readonly unknown[]) => joinMetrics(all as string[]),
  },
  {
    name: 'prom-client',
    asData: true,
    hear: (answer: unknown) => answer,
    add: (all: readonly unknown[]) => AggregatorRegistry.aggregate(all as MetricObject[][]).metrics(),
  },
].map((side) => ({ ...side, arriveMs: [] as number[], blockMs: [] as number[], bytes: 0 }));
for (let round = 0; round < rounds; round++)
  for (const side of sides) {
    const begun = process.cpuUsage();
    const received = await answers(side);
    const arrived = process.cpuUsage();
    side.bytes = Buffer.byteLength(await side.add(received));
    side.arriveMs.push(milliseconds(begun, arrived));
    side.blockMs.push(milliseconds(arrived, process.cpuUsage()));
  }
shards.disconnect();

const heading = ['64 shard processes', 'ms of CPU, one by one', 'ms of CPU in one piece', 'MB'];
const rows = sides.map(({ name, arriveMs, blockMs, bytes }) => [
  name,
  shown(arriveMs),
  shown(blockMs),
  (bytes / 1e6).toFixed(1),
]);
for (const line of tableLines([heading, ...rows])) process.stdout.write(`${line}\n`);
const [ours, replaced, peer] = sides.map(({ arriveMs, blockMs }) => median(arriveMs) + median(blockMs));
const figures = {
  scrape_ms: ours,
  scrape_replaced_ms: replaced,
  scrape_ratio: (ours ?? 0) / (peer ?? 1),
  samples_per_shard: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
  rounds,
  load_average: Number((loadavg()[0] ?? 0).toFixed(1)),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);

async function realMetrics(): Promise<string> {
  await using stage = await featureStage();
  for (const { name, subcommands } of commandsOf(features))
    for (const part of subcommands === undefined
      ? [name]
      : Object.keys(subcommands).map((each) => `${name} ${each}`))
      // Those that need an option are refused by the client already.
      await stage.run(part, {}, { as: 'owner' }).catch(() => undefined);
  return stage.metrics();
}

function answers({
  asData,
  hear,
}: Pick<(typeof sides)[number], 'asData' | 'hear'>): Promise<readonly unknown[]> {
  const received: unknown[] = [];
  const all = Promise.withResolvers<readonly unknown[]>();
  const take = (answer: unknown) => {
    received.push(hear(answer, received.length));
    if (received.length < processes) return;
    shards.off('message', take);
    all.resolve(received);
  };
  shards.on('message', take);
  shards.send({ texts, asData });
  return all.promise;
}

function milliseconds(from: NodeJS.CpuUsage, to: NodeJS.CpuUsage): number {
  return (to.user + to.system - from.user - from.system) / 1_000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function shown(values: readonly number[]): string {
  return `${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;
}
