import { fetchAdminStatus } from '../ipc/admin-client.ts';
import type { AdminStatus, ProcessStatus } from '../ipc/messages.ts';
import { durationText } from '../lib/duration-text.ts';
import { tableLines } from '../lib/table-lines.ts';

/** What `admin status` prints: a table for people, or the manager's answer as JSON. Throws a `Failure` when no manager answers. */
export async function adminStatus(socketPath: string, json: boolean): Promise<string> {
  const status = await fetchAdminStatus(socketPath);
  return json ? JSON.stringify(status) : statusTable(status, Date.now());
}

export function statusTable({ manager, cluster }: AdminStatus, nowMs: number): string {
  const rows = [
    ...cluster.processes.flatMap((process) => shardRows(process, nowMs)),
    ...cluster.missing.map((shardId) => [String(shardId), '-', 'no answer', '-', '-', '-', '-', '-']),
  ].toSorted(([a], [b]) => Number(a) - Number(b));
  const head = `manager ${manager.version}, pid ${manager.pid}, ${manager.metricsUrl}`;
  return [
    head,
    '',
    ...tableLines([['shard', 'pid', 'state', 'guilds', 'latency', 'session', 'memory', 'up'], ...rows]),
  ].join('\n');
}

function shardRows({ pid, rssBytes, startedAtMs, shards }: ProcessStatus, nowMs: number): string[][] {
  return shards.map(({ shardId, state, guilds, gatewayLatencyMs, sessionStartedAtMs }) => [
    String(shardId),
    String(pid),
    state,
    String(guilds),
    gatewayLatencyMs === null ? '-' : `${gatewayLatencyMs} ms`,
    sessionStartedAtMs === null ? '-' : durationText(nowMs - sessionStartedAtMs),
    `${Math.round(rssBytes / 2 ** 20)} MiB`,
    durationText(nowMs - startedAtMs),
  ]);
}
