import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Environment } from '../../src/demo/child.ts';
import { findProgram } from '../../src/local/find-program.ts';
import { runCommand } from '../../src/local/run-command.ts';
import { eventually } from '../helpers/eventually.ts';
import { root } from '../helpers/processes.ts';
import { noteBackup } from './note-backup.ts';
import { without } from './programs.ts';
import { rules } from './rule-files.ts';
import { watchedBot, type WatchedBot } from './stage.ts';

/** Series that a bot which is well and some seconds old does not have, each with the reason; all others must be there. */
const unseen: Readonly<Record<string, string>> = {
  pgbouncer_up: "needs prometheus-community's exporter, which Debian does not have",
  pgbouncer_pools_client_waiting_connections: 'the same',
  shoal_db_replica_lag_seconds: 'there is no replica',
  shoal_interactions_dropped_total: 'none was dropped',
  shoal_rest_invalid_requests_total: 'Discord refused nothing',
  shoal_shard_restarts_total: 'no shard was restarted',
  shoal_write_queue_shed_total: 'no fact was refused',
  shoal_write_queue_dead_letters_total: 'no fact was refused',
};

/** The names of the series that `expr` reads. */
function seriesOf(expr: string): string[] {
  const bare = expr
    .replaceAll(/"[^"]*"|\{[^}]*\}|\[[^\]]*\]/g, '')
    .replaceAll(/\b(?:by|on|without|ignoring) *\([^)]*\)/g, '');
  return bare.match(/\b[a-z]\w*:[\w:]+|\b[a-z]+_\w+\b(?! *\()|\bup\b/g) ?? [];
}

interface Target {
  readonly labels: { readonly job: string; readonly role?: string };
  readonly health: string;
  readonly lastError: string;
}
interface RuleState {
  readonly name: string;
  readonly health: string;
  readonly lastError?: string;
}

describe(
  'Prometheus with these files, beside the running bot',
  {
    skip: without('prometheus', 'alertmanager', 'redisExporter', 'postgresExporter', 'nodeExporter'),
  },
  () => {
    let prometheus: WatchedBot;
    before(async () => {
      prometheus = await watchedBot();
      await noteBackup(prometheus.folder);
    });
    after(() => prometheus?.[Symbol.asyncDispose]());

    async function ask<T>(question: string): Promise<T> {
      const response = await fetch(`${prometheus.url}/api/v1/${question}`);
      const answer = (await response.json()) as { status: string; data: T };
      assert.equal(answer.status, 'success', JSON.stringify(answer));
      return answer.data;
    }

    test('every target is up, the one without an exporter here apart', async () => {
      const all = await eventually('every target was asked', async () => {
        const { activeTargets } = await ask<{ activeTargets: readonly Target[] }>('targets?state=active');
        const asked = activeTargets.filter(({ health }) => health !== 'unknown');
        return asked.length === 9 && asked;
      });
      const down = all.filter(({ health }) => health !== 'up').map(({ labels }) => labels.job);
      assert.deepEqual(down, ['pgbouncer'], JSON.stringify(all.filter(({ health }) => health !== 'up')));
      const { activeAlertmanagers } = await ask<{ activeAlertmanagers: readonly unknown[] }>('alertmanagers');
      assert.equal(activeAlertmanagers.length, 1);
    });

    test('one scrape of the manager has every shard', async () => {
      const shards = await ask<{ result: readonly { metric: { shard: string } }[] }>(
        `query?query=${encodeURIComponent('shoal_heap_limit_bytes{shard!=""} > 1e6')}`,
      );
      assert.deepEqual(shards.result.map(({ metric }) => metric.shard).toSorted(), ['0', '1']);
    });

    test('every rule is evaluated without an error', async () => {
      const states = await eventually('all were evaluated', async () => {
        const { groups } = await ask<{ groups: readonly { rules: readonly RuleState[] }[] }>('rules');
        const all = groups.flatMap((group) => group.rules);
        return all.every(({ health }) => health !== 'unknown') && all;
      });
      assert.equal(states.length, rules.length);
      assert.deepEqual(
        states.filter(({ health }) => health !== 'ok'),
        [],
      );
    });

    test('every rule reads series that exist', async () => {
      const wanted = [...new Set(rules.flatMap(({ expr }) => seriesOf(expr)))].toSorted();
      assert.ok(wanted.length > 60, `only ${wanted.length} series found in the rules`);
      // Recorded ones come with the first evaluation, gauges of jobs with its first look at the queue.
      const missing = await eventually(
        'what exists is there',
        async () => {
          const names = new Set(await ask<readonly string[]>('label/__name__/values'));
          const absent = wanted.filter((name) => !names.has(name));
          return absent.length <= Object.keys(unseen).length && absent;
        },
        15_000,
      ).catch(async () => {
        const names = new Set(await ask<readonly string[]>('label/__name__/values'));
        return wanted.filter((name) => !names.has(name));
      });
      assert.deepEqual(missing, Object.keys(unseen).toSorted());
    });

    test('the watchdog fires, and nothing but what is missing here', async () => {
      const alerts = await eventually('the rules have seen what is there by now', async () => {
        const { alerts: now } = await ask<{
          alerts: readonly { labels: { alertname: string; job?: string }; state: string }[];
        }>('alerts');
        return now.every(({ labels }) => labels.alertname !== 'BackupMissing') && now;
      });
      assert.ok(alerts.some(({ labels, state }) => labels.alertname === 'Watchdog' && state === 'firing'));
      const others = new Set(alerts.map(({ labels }) => labels.alertname));
      assert.deepEqual(others, new Set(['Watchdog', 'TargetDown']));
    });

    const clients = ['psql', 'redis-cli'].filter((name) => findProgram(name, process.env) === undefined);
    test(
      "the runbook's commands for PostgreSQL, PgBouncer and Redis run",
      { skip: clients.length > 0 && `needs ${clients.join(', ')}` },
      async () => {
        const runbook = readFileSync(path.join(root, 'docs/runbook.md'), 'utf8');
        const named = runbook.match(/(?<=`)(?:psql|redis-cli) [^`]+(?=`)/g) ?? [];
        assert.ok(named.length > 10, `only ${named.length} commands found`);
        // redis-cli 7.0 sends the empty name of redis://:PASSWORD@HOST as a user's.
        const variables = Object.entries(prometheus.env).map(([name, value]) => [
          name,
          value?.replace(/^redis:\/\/:/, 'redis://default:'),
        ]);
        const environment = { ...process.env, ...(Object.fromEntries(variables) as Environment) };
        for (const command of new Set(named)) {
          const { code, output } = await runCommand('sh', ['-c', command], { environment });
          assert.equal(code, 0, `${command}: ${output}`);
          assert.doesNotMatch(output, /^\(?(?:error|ERR|NOAUTH|WRONGPASS)/m, command);
        }
      },
    );
  },
);
