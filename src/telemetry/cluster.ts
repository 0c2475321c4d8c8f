import { exitCodes } from '../lib/exit-codes.ts';
import { Counter, Gauge } from './telemetry.ts';

/** Kept by the manager. 1 while the shard's process says that it serves, else 0. `shard` is bounded by the shard count. */
export const shardReady = new Gauge({
  name: 'shoal_shard_ready',
  help: '1 while the shard serves',
  labelNames: ['shard'],
});

const exitsTotal = new Counter({
  name: 'shoal_shard_exits_total',
  help: 'Unexpected ends of shard processes, by reason',
  labelNames: ['reason'],
});
/** 1: Node's for an error that nobody caught. SIGABRT: V8 at the limit of its heap. SIGKILL: us, or a kernel without memory. */
const exitReasons = [...Object.values(exitCodes), 1, 'SIGABRT', 'SIGKILL', 'SIGSEGV', 'SIGTERM'].map(String);
// Else the first end of a kind would make its series, which increase() does not see.
for (const reason of [...exitReasons, 'other']) exitsTotal.inc({ reason }, 0);

/** `reason`: the exit code, or the signal that ended the process. */
export function countExit(reason: number | string | null): void {
  exitsTotal.inc({ reason: exitReasons.includes(String(reason)) ? String(reason) : 'other' });
}
