import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { concrete } from '../../grafana/source/concrete.ts';
import { seriesNames } from '../../grafana/source/matchers.ts';
import { dashboards } from '../../grafana/source/source.ts';
import type { Environment } from '../../src/demo/child.ts';
import type { SandboxClient } from '../../src/sandbox/client.ts';
import { findProgram } from '../../src/local/find-program.ts';
import { runCommand } from '../../src/local/run-command.ts';
import { healthTest, readCompose } from '../deploy/compose-file.ts';
import { eventually } from '../helpers/eventually.ts';
import { runToEnd } from '../helpers/processes.ts';
import { committedDashboards, definedSeries, withoutPart } from './dashboard-files.ts';
import { dataPanels } from './dashboard-rules.ts';
import { listeners } from './listeners.ts';
import { noteBackup } from './note-backup.ts';
import { without } from './programs.ts';
import { rules } from './rule-files.ts';
import { looks } from './runbook-commands.ts';
import { watchedBot, type WatchedBot } from './stage.ts';

/** Panels of which a query may have no data, because what they show did not happen, each with the reason; all others have some. */
const quiet: Readonly<Record<string, string>> = {
  'Replaced and ended': 'the same',
  'Connections closed': 'none was closed',
  Watchdogs: 'no connection needed help',
  'Not answered, by command': 'all were answered',
  'Deadline guard': 'all were answered quickly',
  'Received and not handled': 'none was dropped',
  'Transactions tried again': 'none met another',
  'Calls that failed or were spared': 'every call went well',
  Reminders: 'none was due',
  'Growth in a day': 'the database is younger',
  'Sessions lost': 'none was',
  'Redis commands that failed': 'none did',
  'Tries to connect to Redis again': 'no connection was lost',
  'Calls that Discord did not take': 'it took all',
  'Answered with 429': 'none was',
  'Spans of traces lost': 'there is no collector',
};
/** The names of the series that `expr` reads. */
function seriesOf(expr: string): string[] {
  const bare = expr
    .replaceAll(/"[^"]*"|\{[^}]*\}|\[[^\]]*\]/g, '')
    .replaceAll(/\b(?:by|on|without|ignoring) *\([^)]*\)/g, '');
  return bare.match(/\b[a-z]\w*:[\w:]+|\b[a-z]+_\w+\b(?! *\()|\bup\b/g) ?? [];
}

/** A little of what members do beyond `ping`, so that every panel has something to tell. */
async function beBusy(sandbox: SandboxClient): Promise<void> {
  for (const { id: guildId, channels, members } of await sandbox.guilds()) {
    const [channel] = channels;
    const owner = members.find(({ kind }) => kind === 'owner');
    assert.ok(channel && owner);
    const userId = owner.id;
    await sandbox.runCommand({ guildId, command: 'weather', options: { city: 'Berlin' } });
    await sandbox.runCommand({ guildId, command: 'stats' });
    await sandbox.runCommand({ guildId, userId, command: 'settings set', options: { locale: 'de' } });
    await sandbox.autocomplete({
      guildId,
      command: 'poll create',
      options: { closes: 'to' },
      focused: 'closes',
    });
    await sandbox.chat({ channelId: channel.id, userId, content: 'Good morning' });
  }
}

interface Target {
  readonly labels: { readonly job: string; readonly role?: string };
  readonly health: string;
  readonly lastError: string;
}
interface Alert {
  readonly labels: { readonly alertname: string };
  readonly annotations: { readonly dashboard: string; readonly runbook: string };
  readonly state: string;
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
      await beBusy(prometheus.world.sandbox);
    });
    after(() => prometheus?.[Symbol.asyncDispose]());

    async function ask<T>(question: string): Promise<T> {
      const response = await fetch(`${prometheus.url}/api/v1/${question}`);
      const answer = (await response.json()) as { status: string; data: T };
      assert.equal(answer.status, 'success', JSON.stringify(answer));
      return answer.data;
    }

    test('every target is up', async () => {
      await eventually('every target is up', async () => {
        const { activeTargets: all } = await ask<{ activeTargets: readonly Target[] }>(
          'targets?state=active',
        );
        const down = all
          .filter(({ health }) => health !== 'up')
          .map(({ labels, lastError }) => [labels.job, lastError]);
        assert.deepEqual([all.length, down], [9, []]);
        return true;
      });
      const { activeAlertmanagers } = await ask<{ activeAlertmanagers: readonly unknown[] }>('alertmanagers');
      assert.equal(activeAlertmanagers.length, 1);
    });

    test('what watches listens on this host alone, started as the runbook says', async () => {
      const ports = ['9090', '9093', '9100', '9121', '9187'].map((port) => Number(prometheus.portFor(port)));
      assert.deepEqual(listeners(ports), ports.map((port) => `127.0.0.1:${port}`).toSorted());
      const said = await fetch(`${prometheus.alertmanagerUrl}/api/v2/status`);
      const { cluster } = (await said.json()) as { readonly cluster: { readonly status: string } };
      assert.equal(cluster.status, 'disabled');
    });

    test('one scrape of the manager has every shard', async () => {
      const query = `query?query=${encodeURIComponent('shoal_heap_limit_bytes{shard!=""} > 1e6')}`;
      // A shard that does not answer in time on a busy machine is in the next one.
      await eventually('both are there', async () => {
        const { result } = await ask<{ result: readonly { metric: { shard: string } }[] }>(query);
        assert.deepEqual(result.map(({ metric }) => metric.shard).toSorted(), ['0', '1']);
        return true;
      });
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
          return absent.length === 0 && absent;
        },
        15_000,
      ).catch(async () => {
        const names = new Set(await ask<readonly string[]>('label/__name__/values'));
        return wanted.filter((name) => !names.has(name));
      });
      assert.deepEqual(missing, []);
    });

    test('the watchdog fires, and nothing but what is missing here', async () => {
      const alerts = await eventually('the rules have seen what is there by now', async () => {
        const { alerts: now } = await ask<{ alerts: readonly Alert[] }>('alerts');
        return now.every(({ labels }) => labels.alertname !== 'BackupMissing') && now;
      });
      const watchdog = alerts.find(({ labels }) => labels.alertname === 'Watchdog');
      assert.equal(watchdog?.state, 'firing');
      assert.match(watchdog.annotations.dashboard, /^https:\/\/grafana\.example\.org\/d\/shoal-/);
      assert.equal(watchdog.annotations.runbook, 'https://git.example.org/runbook.md#watchdog');
      const firing = alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname);
      assert.deepEqual(firing, ['Watchdog']);
    });

    test('every query of the dashboards runs, on series that exist, and has data where there is something to tell', async () => {
      // What happens before the first scrape is no rise.
      await beBusy(prometheus.world.sandbox);
      const known = new Set(await ask<readonly string[]>('label/__name__/values'));
      const defined = definedSeries();
      const queries = committedDashboards.flatMap((dashboard) =>
        dataPanels(dashboard).flatMap(({ title, targets = [] }) =>
          targets.map(({ expr }) => ({ title, expr })),
        ),
      );
      assert.ok(queries.length > 90, `only ${queries.length} queries found`);
      const unknown = queries.flatMap(({ expr }) => seriesNames(expr));
      assert.deepEqual(
        unknown.filter((name) => !known.has(name) && !defined.includes(withoutPart(name))),
        [],
      );
      assert.deepEqual(
        Object.keys(quiet).filter((title) => !queries.some((each) => each.title === title)),
        [],
      );
      let silent: readonly string[] = [];
      // A rate needs two scrapes since something happened.
      await eventually(
        'all but the quiet ones have data',
        async () => {
          const answers = await Promise.all(
            queries.map(async ({ title, expr }) => {
              const text = encodeURIComponent(concrete(expr, '30s'));
              const { result } = await ask<{ result: readonly unknown[] }>(`query?query=${text}`);
              return result.length === 0 && !(title in quiet) ? [title] : [];
            }),
          );
          silent = answers.flat();
          return silent.length === 0;
        },
        20_000,
      ).catch(() => {});
      assert.deepEqual(silent, []);
    });

    test('npm run report writes the same as a page', async () => {
      const file = path.join(tmpdir(), `shoal-report-${process.pid}.html`);
      try {
        const args = ['--prometheus', prometheus.url, '--out', file, '--hours', '0.05'];
        const write = async () => {
          const { code, stderr, stdout } = await runToEnd('report', args, { PATH: process.env['PATH'] });
          assert.deepEqual({ code, stderr, stdout }, { code: 0, stderr: '', stdout: `${file}\n` });
          const page = readFileSync(file, 'utf8');
          const states = [...page.matchAll(/<li class="state (\w+)"><h3>([^<]+)/g)].map(([, state]) => state);
          assert.equal(states.length, 8);
          assert.ok(!states.includes('unknown'), page.slice(0, 12_000));
          assert.match(page, /<th scope="row">shard 1<\/th>[^]*?✓ Serves/);
          return page;
        };
        // What a busy machine did not answer in time is in a later scrape.
        const html = await eventually('all is known', write, 60_000);
        for (const { title, rows } of dashboards) {
          assert.ok(
            html.toLowerCase().includes(`>${title.replace('Shoal: ', '').toLowerCase()}</h2>`),
            title,
          );
          for (const { panels } of rows)
            for (const panel of panels) assert.ok(html.includes(`${panel.title}</`), panel.title);
        }
        assert.ok(/<svg class="chart"[^>]+aria-label="First answer, newest values: 99.%/.test(html));
        // It needs nothing else.
        assert.ok(!/<script|<link|src=|url\(/.test(html));
      } finally {
        await rm(file, { force: true });
      }
    });

    test(
      "compose's health checks succeed here, and would fail if nothing listened",
      { skip: !findProgram('wget', process.env) && 'needs wget' },
      async () => {
        const { services } = readCompose();
        const asked = ['prometheus', 'alertmanager', 'postgres-exporter', 'node-exporter'];
        for (const name of asked) {
          const [, ...words] = healthTest(services[name]) ?? [];
          const run = async (portOf: (port: string) => string) => {
            const line = words.map((word) => word.replace(/(?<=:)\d+/, portOf)).join(' ');
            return (await runCommand('sh', ['-c', line], { environment: process.env })).code;
          };
          assert.equal(await run(prometheus.portFor), 0, name);
          assert.notEqual(await run(() => '9'), 0, name);
        }
      },
    );

    const clients = ['psql', 'redis-cli', 'curl'].filter((name) => !findProgram(name, process.env));
    test(
      'what the runbook says to look at can be looked at',
      { skip: clients.length > 0 && `needs ${clients.join(', ')}` },
      async () => {
        assert.ok(looks.length > 25, `only ${looks.length} commands found`);
        // redis-cli 7.0 sends the empty name of redis://:PASSWORD@HOST as a user's.
        const variables = Object.entries(prometheus.env).map(([name, value]) => [
          name,
          value?.replace(/^redis:\/\/:/, 'redis://default:'),
        ]);
        const environment = { ...process.env, ...(Object.fromEntries(variables) as Environment) };
        for (const command of looks) {
          const here = command.replaceAll(/(?<=127\.0\.0\.1:)\d+/g, (port) => prometheus.portFor(port));
          const failing = here.replace(/^curl /, 'curl --fail --show-error ');
          const options = { environment, cwd: prometheus.folder };
          const { code, output } = await runCommand('sh', ['-c', failing], options);
          assert.equal(code, 0, `${command}: ${output}`);
          assert.doesNotMatch(output, /^\(?(?:error|ERR|NOAUTH|WRONGPASS)/m, command);
        }
      },
    );
  },
);
