import { loadavg } from 'node:os';
import { tableLines } from '../../src/lib/table-lines.ts';
import type { SandboxClient } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { nodeFlags } from './node-flags.ts';
import { numberFlag } from './number-flag.ts';
import { startShoal, startStock, type Side } from './sides.ts';
import { rounded, roundedSpread, spreadText } from './spread.ts';
import { allWritten, workOf } from './work.ts';

/**
 * What a message costs our shard process, which counts it (facts on the disk, and in PostgreSQL), beside a bare discord.js bot with its
 * default caches, the same intents and a listener: CPU of the process until it has handled them all. Twice: while they come at `--rate=N` a
 * second (default 500) and each of them wakes the process up, and with the process stopped until all have been sent, so that it does as
 * many a second as it can. Both are told the same messages, in turn; who loses one ends the bench. `--rounds=N` (default 5),
 * `--seconds=N` (default 8), `--node-flags="…"` for our process.
 */
const rounds = numberFlag('rounds', 5);
const rate = numberFlag('rate', 500);
const seconds = numberFlag('seconds', 8);
const guilds = 500;
/** The most that the sandbox sends; for as long as nobody notices that the process stands still. */
const pent = { rate: 2_000, seconds: 4 };

interface Measured {
  readonly name: string;
  readonly steady: number[];
  readonly pent: number[];
}

await using shoal = await startShoal({ guilds });
await using stock = await startStock({ guilds });
const [ours, theirs] = [shoal, stock].map(({ name }): Measured => ({ name, steady: [], pent: [] })) as [
  Measured,
  Measured,
];
for (let round = 0; round <= rounds; round++)
  for (const side of round % 2 === 0 ? [shoal, stock] : [stock, shoal]) {
    const micros = { steady: await steadyMicros(side, round), pent: await pentMicros(side, round) };
    // The first round warms up.
    if (round === 0) continue;
    const measured = side === shoal ? ours : theirs;
    measured.steady.push(micros.steady);
    measured.pent.push(micros.pent);
  }

const heading = ['CPU µs a message', `${rate} a second`, 'pent up', 'a second by a core'];
const rows = [ours, theirs].map((each) => [
  each.name,
  spreadText(each.steady, 1),
  spreadText(each.pent, 1),
  spreadText(
    each.pent.map((micros) => 1e6 / micros),
    0,
  ),
]);
for (const line of tableLines([heading, ...rows])) process.stdout.write(`${line}\n`);
const [ratio, steadyRatio] = (['pent', 'steady'] as const).map((how) =>
  roundedSpread(ours[how].map((micros, round) => (theirs[how][round] ?? Number.NaN) / micros)),
);
const result = {
  messages_ratio: ratio?.median,
  messages_ratio_spread: ratio?.range,
  message_cpu_us: roundedSpread(ours.pent),
  message_cpu_stock_us: roundedSpread(theirs.pent),
  steady: {
    ratio: steadyRatio,
    rate,
    cpu_us: roundedSpread(ours.steady),
    cpu_stock_us: roundedSpread(theirs.steady),
  },
  rounds,
  node_flags: nodeFlags,
  load_average: rounded(loadavg()[0] ?? 0),
};
process.stdout.write(`${JSON.stringify(result)}\n`);

async function steadyMicros(side: Side, seed: number): Promise<number> {
  const { done } = await workOf(side.bot.child);
  const before = side.bot.cpuSeconds();
  const sent = await talk(side.sandbox, seed, { rate, seconds });
  await handleAll(side, done + sent);
  return ((side.bot.cpuSeconds() - before) * 1e6) / sent;
}

async function pentMicros(side: Side, seed: number): Promise<number> {
  const { done } = await workOf(side.bot.child);
  side.bot.child.kill('SIGSTOP');
  const before = side.bot.cpuSeconds();
  const sent = await talk(side.sandbox, seed, pent).finally(() => side.bot.child.kill('SIGCONT'));
  await handleAll(side, done + sent);
  return ((side.bot.cpuSeconds() - before) * 1e6) / sent;
}

/** Resolves with how many messages it was, when it is over. */
async function talk(
  sandbox: SandboxClient,
  seed: number,
  { rate: messages, seconds: length }: typeof pent,
): Promise<number> {
  const { id } = await sandbox.startScenario({
    seed,
    plan: { title: 'talk', phases: [{ for: `${length}s`, rates: { messages } }] },
  });
  return eventually(
    'the talk is over',
    async () => {
      const run = (await sandbox.runningScenarios()).find((each) => each.id === id);
      return run?.state === 'over' && run.figures.messages.sent;
    },
    (length + 60) * 1_000,
  );
}

/** Waits until all are done, and written. Throws where one was lost, or heard that was not sent. */
async function handleAll({ name, bot: { child } }: Side, expected: number): Promise<void> {
  await allWritten(child);
  const { done, lost } = await eventually(
    `${name} has heard what it was sent`,
    async () => {
      const heard = await workOf(child);
      return heard.done + heard.lost >= expected && heard;
    },
    60_000,
  );
  if (done !== expected || lost > 0)
    throw new Error(
      `${name} handled ${done} of ${expected} messages and lost ${lost}: try a lower --rate than ${rate}`,
    );
  await allWritten(child);
}
