import { mkdtemp, rm } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { aborted } from '../../src/lib/aborted.ts';
import { errorText } from '../../src/lib/error-text.ts';
import { exitCodes } from '../../src/lib/exit-codes.ts';
import { Failure } from '../../src/lib/failure.ts';
import { readFlags } from '../../src/lib/flags.ts';
import { runMain } from '../../src/lib/run-main.ts';
import { tableLines } from '../../src/lib/table-lines.ts';
import { eventually } from '../helpers/eventually.ts';
import { without } from '../ops/programs.ts';
import { isOver, isRaised, outside, type Expected } from './alarm.ts';
import { dataFaults } from './data-faults.ts';
import type { Fault } from './fault.ts';
import { outsideFaults } from './outside-faults.ts';
import { replicaFaults } from './replica-faults.ts';
import { shardFaults } from './shard-faults.ts';
import { everySec, factor, quickMotion } from './quick-motion.ts';
import { openWorld, type World } from './world.ts';
import { fullDisk, mountQueueDisk, workFaults } from './work-faults.ts';

/** The longest: eight crashes until a loop is given up, 7 waits of up to 64 s; windows of an hour are 2 min here. */
const deadlineMs = 300_000;

interface Row {
  readonly fault: string;
  readonly expected: Expected;
  /** Undefined where it did not happen. */
  readonly firingS?: number | undefined;
  readonly resolvedS?: number | undefined;
}

await runMain('drill', (stop) => drill(process.argv.slice(2), stop));

async function drill(argv: readonly string[], stop: AbortSignal): Promise<number> {
  const { only } = readFlags(argv, { only: { type: 'string' } });
  const missing = without('prometheus', 'alertmanager', 'redisExporter', 'postgresExporter', 'nodeExporter');
  if (missing) throw new Failure(`the drill ${missing}`, exitCodes.unavailable);
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'shoal-drill-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const noDisk = mountQueueDisk(folder);
  if (noDisk === undefined) opened.defer(() => void spawnSync('umount', [folder]));
  const all = [
    ...shardFaults,
    ...dataFaults,
    ...replicaFaults,
    ...workFaults,
    fullDisk(folder, noDisk),
    ...outsideFaults,
  ];
  const chosen = all.filter(
    ({ name }) => only === undefined || only.split(',').some((part) => name.includes(part)),
  );
  if (chosen.length === 0) {
    const names = all.map(({ name }) => name).join(', ');
    throw new Failure(`--only ${only} is part of no fault's name: ${names}`, exitCodes.usage);
  }
  say(
    `every wait of the rules and routes is a ${factor}th; scraped every ${everySec} s; thresholds as they ship`,
  );
  const told = opened.use(await outside());
  const world = opened.use(await openWorld({ ...quickMotion(told.url), env: { WRITE_QUEUE_DIR: folder } }));
  await eventually('the dead man hears the watchdog', () => told.lastHeardMs > 0, 60_000);
  const rows = await Promise.race([playAll(chosen, world), aborted(stop)]);
  // Interrupted: what was started is stopped.
  if (rows === undefined) return 1;
  await eventually('and goes on', () => performance.now() - told.lastHeardMs < 30_000, 30_000);
  return verdict(rows, chosen);
}

async function playAll(chosen: readonly Fault[], world: World): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const fault of chosen)
    try {
      rows.push(...(await play(fault, world)));
    } catch (error) {
      say(`  ${fault.name} cannot be played to its end: ${errorText(error)}`);
      rows.push(...fault.alerts.map((expected) => ({ fault: fault.name, expected })));
    }
  return rows;
}

async function play(fault: Fault, world: World): Promise<readonly Row[]> {
  if (fault.without !== undefined) return [];
  await each(fault, (expected) => isOver(world.bot, expected));
  say(`${fault.name}: ${fault.what}`);
  const repair = await fault.strike(world);
  const firing = await each(fault, (expected) => isRaised(world.bot, expected));
  await repair();
  const resolved = await each(fault, (expected) => isOver(world.bot, expected));
  await world.allServe();
  return fault.alerts.map((expected, index) => {
    const row = { fault: fault.name, expected, firingS: firing[index], resolvedS: resolved[index] };
    say(`  ${cells(row).slice(1).join('  ')}`);
    return row;
  });
}

function each({ alerts }: Fault, check: (expected: Expected) => Promise<boolean>) {
  return Promise.all(alerts.map((expected) => seconds(() => check(expected))));
}

/** How long it takes to become true, or undefined. */
async function seconds(check: () => Promise<boolean>): Promise<number | undefined> {
  const startedMs = performance.now();
  try {
    await eventually('in time', check, deadlineMs);
    return (performance.now() - startedMs) / 1_000;
  } catch {
    return undefined;
  }
}

function verdict(rows: readonly Row[], chosen: readonly Fault[]): number {
  const heading = ['fault', 'alert', 'firing after s', 'resolved after s'];
  for (const line of tableLines([heading, ...rows.map(cells)])) say(line);
  for (const { name, without: reason } of chosen)
    if (reason !== undefined) say(`not tried: ${name} ${reason}`);
  say(`load average ${loadavg()[0]?.toFixed(1)}`);
  const missing = rows.filter(({ firingS, resolvedS }) => firingS === undefined || resolvedS === undefined);
  say(missing.length === 0 ? 'every alert fired and was resolved' : `${missing.length} alerts are missing`);
  return missing.length === 0 ? exitCodes.ok : 1;
}

function cells({ fault, expected, firingS, resolvedS }: Row): string[] {
  const { alert, labels = {}, silenced } = expected;
  const own = Object.values(labels).join(', ');
  const name = [alert, own && `(${own})`, silenced && 'silenced'].filter(Boolean).join(' ');
  return [fault, name, ...[firingS, resolvedS].map((s) => s?.toFixed(0) ?? 'never')];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
