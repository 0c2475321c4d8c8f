import { loadavg } from 'node:os';
import { tableLines } from '../../src/lib/table-lines.ts';
import { nodeFlags } from './node-flags.ts';
import { numberFlag } from './number-flag.ts';
import { startShoal, startStock, type Side } from './sides.ts';
import { rounded, roundedSpread, spreadText } from './spread.ts';
import { allWritten } from './work.ts';

/**
 * What an interaction costs our shard process on its whole way (claim, settings, limits, answer, metrics, log line, write queue), beside a
 * bare discord.js bot that calls `interaction.reply`: CPU of the process for each that was answered, and the time until the sandbox has the
 * callback. Both live in a sandbox of their own and are asked in turn, at the same rates; a rate at which either left one unanswered has no
 * ratio. `--rounds=N` (default 5), `--seconds=N` each (default 8), `--rate=N` (the higher one, default 1,000 a second), `--node-flags="…"`
 * for our process.
 */
const rounds = numberFlag('rounds', 5);
const seconds = numberFlag('seconds', 8);
const guilds = 64;
const rates = [200, numberFlag('rate', 1_000)] as const;

interface Measured {
  readonly rate: number;
  readonly micros: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
}

await using shoal = await startShoal({ guilds });
await using stock = await startStock({ guilds });
for (const side of [shoal, stock]) await measure(side, Math.max(...rates));
const measured = new Map<Side, Measured[]>([
  [shoal, []],
  [stock, []],
]);
for (let round = 0; round < rounds; round++)
  for (const rate of rates)
    // Neither is always the first.
    for (const side of round % 2 === 0 ? [shoal, stock] : [stock, shoal])
      measured.get(side)?.push(await measure(side, rate));

const heading = ['', 'CPU µs each', 'p50 ms', 'p99 ms', 'unanswered'];
for (const rate of rates) {
  const rows = [shoal, stock].map((side) => {
    const at = of(side, rate);
    const shown = [
      at.map(({ micros }) => micros),
      at.map(({ p50Ms }) => p50Ms),
      at.map(({ p99Ms }) => p99Ms),
    ];
    const shownValues = shown.map((values) => spreadText(values, 1));
    return [`${side.name}, ${rate}/s`, ...shownValues, String(failedOf(side, rate))];
  });
  for (const line of tableLines([heading, ...rows])) process.stdout.write(`${line}\n`);
}
const [slow, fast] = rates.map((rate) =>
  failedOf(shoal, rate) + failedOf(stock, rate) > 0
    ? undefined
    : {
        cpu: roundedSpread(ratios(rate, ({ micros }) => micros)),
        p99: roundedSpread(ratios(rate, ({ p99Ms }) => p99Ms)),
      },
);
const result = {
  interaction_cpu_ratio: fast?.cpu.median,
  interaction_cpu_ratio_spread: fast?.cpu.range,
  interaction_p99_ratio: fast?.p99.median,
  interaction_p99_ratio_spread: fast?.p99.range,
  interaction_p99_ms: roundedSpread(of(shoal, rates[1]).map(({ p99Ms }) => p99Ms)),
  interaction_cpu_us: roundedSpread(of(shoal, rates[1]).map(({ micros }) => micros)),
  interaction_cpu_stock_us: roundedSpread(of(stock, rates[1]).map(({ micros }) => micros)),
  at_200_a_second: slow,
  failed: rates.map((rate) => ({ rate, shoal: failedOf(shoal, rate), stock: failedOf(stock, rate) })),
  rounds,
  node_flags: nodeFlags,
  load_average: rounded(loadavg()[0] ?? 0),
};
process.stdout.write(`${JSON.stringify(result)}\n`);

async function measure({ sandbox, bot }: Side, rate: number): Promise<Measured> {
  await sandbox.resetReport();
  const before = bot.cpuSeconds();
  const { answered, failed } = await sandbox.load({ rate, seconds, command: 'pong', guilds });
  await allWritten(bot.child);
  const micros = ((bot.cpuSeconds() - before) * 1e6) / answered;
  const { firstAnswerMs } = await sandbox.report();
  const { p50 = Number.NaN, p99 = Number.NaN } = firstAnswerMs ?? {};
  return { rate, micros, p50Ms: p50, p99Ms: p99, failed };
}

function of(side: Side, rate: number): readonly Measured[] {
  return (measured.get(side) ?? []).filter((each) => each.rate === rate);
}

/** Interactions that were left unanswered, or answered too late. */
function failedOf(side: Side, rate: number): number {
  return of(side, rate).reduce((sum, { failed }) => sum + failed, 0);
}

/** Ours to theirs, of each round. */
function ratios(rate: number, figure: (one: Measured) => number): readonly number[] {
  const theirs = of(stock, rate).map(figure);
  return of(shoal, rate).map((one, round) => figure(one) / (theirs[round] ?? Number.NaN));
}
