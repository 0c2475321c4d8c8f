import { loadavg } from 'node:os';
import { tableLines } from '../../src/lib/table-lines.ts';
import type { SandboxClient } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { nodeFlags } from './node-flags.ts';
import { numberFlag } from './number-flag.ts';
import { startShoal, startStock, type Side } from './sides.ts';
import { rounded, roundedSpread, spreadText } from './spread.ts';
import { allWritten } from './work.ts';

/**
 * What a message costs our shard process, which counts it (a fact on the disk, and in PostgreSQL), beside a bare discord.js bot with its
 * default caches, the same intents and a listener: CPU of the process until it has handled them all, and how many it could handle with a
 * core of its own. Both are told the same messages at the same rate, in turn; who loses one ends the bench. `--rounds=N` (default 5),
 * `--rate=N` a second (default 500), `--seconds=N` (default 8), `--node-flags="…"` for our process.
 */
const rounds = numberFlag('rounds', 5);
const rate = numberFlag('rate', 500);
const seconds = numberFlag('seconds', 8);
const guilds = 500;

await using shoal = await startShoal({ guilds });
await using stock = await startStock({ guilds });
const measured = new Map<Side, number[]>([
  [shoal, []],
  [stock, []],
]);
for (let round = 0; round <= rounds; round++)
  for (const side of round % 2 === 0 ? [shoal, stock] : [stock, shoal]) {
    const micros = await microsPerMessage(side, round);
    // The first round warms up.
    if (round > 0) measured.get(side)?.push(micros);
  }

const [ours = [], theirs = []] = [shoal, stock].map((side) => measured.get(side) ?? []);
const ratios = ours.map((micros, round) => (theirs[round] ?? Number.NaN) / micros);
const rows = [shoal, stock].map((side) => {
  const micros = measured.get(side) ?? [];
  const perSecond = micros.map((each) => 1e6 / each);
  return [side.name, spreadText(micros, 1), spreadText(perSecond, 0)];
});
const heading = [`${rate} messages a second`, 'CPU µs each', 'a second by a core'];
for (const line of tableLines([heading, ...rows])) process.stdout.write(`${line}\n`);
const ratio = roundedSpread(ratios);
const result = {
  messages_ratio: ratio.median,
  messages_ratio_spread: ratio.range,
  message_cpu_us: roundedSpread(ours),
  message_cpu_stock_us: roundedSpread(theirs),
  rate,
  rounds,
  node_flags: nodeFlags,
  load_average: rounded(loadavg()[0] ?? 0),
};
process.stdout.write(`${JSON.stringify(result)}\n`);

async function microsPerMessage(side: Side, seed: number): Promise<number> {
  const { sandbox, bot, work } = side;
  const { done } = await work.heard();
  const before = bot.cpuSeconds();
  const { id } = await sandbox.startScenario({
    seed,
    plan: {
      title: 'talk',
      phases: [{ for: `${seconds}s`, rates: { messages: rate } }],
    },
  });
  const sent = await sentBy(sandbox, id);
  await handleAll(side, done + sent);
  return ((bot.cpuSeconds() - before) * 1e6) / sent;
}

/** Waits until all are done, and written. Throws where one was lost, or heard that was not sent. */
async function handleAll({ name, work }: Side, expected: number): Promise<void> {
  await allWritten(work);
  const { done, lost } = await eventually(
    `${name} has heard what it was sent`,
    async () => {
      const heard = await work.heard();
      return heard.done + heard.lost >= expected && heard;
    },
    60_000,
  );
  if (done !== expected || lost > 0)
    throw new Error(
      `${name} handled ${done} of ${expected} messages and lost ${lost}: try a lower --rate than ${rate}`,
    );
  await allWritten(work);
}

/** How many messages it was, when it is over. */
function sentBy(sandbox: SandboxClient, id: number): Promise<number> {
  return eventually(
    'the talk is over',
    async () => {
      const run = (await sandbox.runningScenarios()).find((each) => each.id === id);
      return run?.state === 'over' && run.figures.messages.sent;
    },
    (seconds + 60) * 1_000,
  );
}
