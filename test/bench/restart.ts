import { loadavg } from 'node:os';
import { restartSteps } from '../../src/ipc/admin-client.ts';
import { answerable, figuresOf, gapsMs, say } from '../chaos/figures.ts';
import { killShard } from '../chaos/kill-shard.ts';
import { Stage } from '../chaos/stage.ts';
import { coldStart } from './cold-start.ts';
import { rounded, spread } from './spread.ts';

/**
 * What a restart and a kill cost under 100 interactions a second on 4 shards, and a cold start of 16 shards beside stock discord.js.
 * Prints each run, and last one line of JSON: worst counts, medians of times with their spread. `--runs=N`, default 3; one cold start.
 */
const runs = Number(/^--runs=(\d+)$/.exec(process.argv[2] ?? '')?.[1] ?? 3);
const coldShards = 16;

const restarts: { readonly lost: number; readonly doubled: number; readonly gapS: number }[] = [];
const kills: { readonly lost: number; readonly recoveryS: number }[] = [];
for (let run = 0; run < runs; run++) {
  await using stage = await Stage.open();
  restarts.push(await rollingRestart(stage));
  kills.push(await killedShard(stage));
}
const cold = await coldStart(coldShards);
const gaps = spread(restarts.map(({ gapS }) => gapS));
const recoveries = spread(kills.map(({ recoveryS }) => recoveryS));
const result = {
  restart_lost: Math.max(...restarts.map(({ lost }) => lost)),
  restart_doubled: Math.max(...restarts.map(({ doubled }) => doubled)),
  restart_gap_s: gaps.median,
  kill_lost: Math.max(...kills.map(({ lost }) => lost)),
  kill_recovery_s: recoveries.median,
  cold_start_ratio: rounded(cold.stockSeconds / cold.ownSeconds),
  runs,
  restart_gap_spread_s: gaps.range,
  kill_recovery_spread_s: recoveries.range,
  cold_start_s: rounded(cold.ownSeconds),
  cold_start_stock_s: rounded(cold.stockSeconds),
  load_average: rounded(loadavg()[0] ?? 0),
};
process.stdout.write(`${JSON.stringify(result)}\n`);

async function rollingRestart(stage: Stage) {
  const outcome = await stage.underLoad(async () => {
    for await (const progress of restartSteps(stage.socket, 'all'))
      if (progress.step === 'failed') throw new Error(JSON.stringify(progress));
  });
  say('rolling restart', figuresOf(outcome));
  const { report } = outcome;
  return {
    lost: report.lost.length,
    doubled: report.doubleAnswers.length,
    gapS: Math.max(...gapsMs(report)) / 1_000,
  };
}

async function killedShard(stage: Stage) {
  const outcome = await stage.underLoad(() => killShard(stage, 1));
  say('killed shard', figuresOf(outcome));
  const { report } = outcome;
  return { lost: answerable(report.lost).length, recoveryS: (gapsMs(report)[1] ?? Number.NaN) / 1_000 };
}
