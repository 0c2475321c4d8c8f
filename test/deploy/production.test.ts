import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findProgram } from '../../src/local/find-program.ts';
import { freePort } from '../../src/local/free-port.ts';
import { runCommand } from '../../src/local/run-command.ts';
import { eventually } from '../helpers/eventually.ts';
import { postgres15Environment, withoutPostgres15 } from '../helpers/postgres-15.ts';
import { processesWith, root } from '../helpers/processes.ts';
import { without } from '../ops/programs.ts';
import { composed } from '../ops/runbook-commands.ts';
import { deadMansSwitch } from './dead-mans-switch.ts';
import { githubToken, NativeProduction } from './native-production.ts';
import { startWatcher, watcherPrograms } from './native-watchers.ts';

/** Health checks and starts are processes too, and take their time on a busy machine. */
const startMs = 60_000;

/** What Prometheus answers to an instant query: a value for each series. */
async function valuesOf(url: string, expr: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expr)}`);
  const { data } = (await response.json()) as {
    data: { result: readonly { readonly value: readonly [number, string] }[] };
  };
  return data.result.map(({ value: [, text] }) => text);
}

async function redisSays(line: string): Promise<string> {
  const { output } = await runCommand('sh', ['-c', `${line} </dev/null`], { environment: process.env });
  return output.trim();
}

describe(
  'the services of docker-compose.production.yml, started natively',
  { skip: withoutPostgres15 },
  () => {
    let world: NativeProduction;
    let manager: ReturnType<NativeProduction['run']>;
    let jobs: ReturnType<NativeProduction['run']>;

    before(async () => {
      world = await NativeProduction.start();
    });
    after(() => world?.[Symbol.asyncDispose]());

    function passwords(): readonly string[] {
      const found = world.secrets().flatMap((text) => {
        if (/\n|not-set/.test(text)) return [];
        if (text.startsWith('{')) return Object.values(JSON.parse(text) as Record<string, string>);
        if (URL.canParse(text)) return [new URL(text).password];
        return [text];
      });
      assert.ok(found.length >= 9 && found.every((each) => each.length >= 20), 'not all secrets were found');
      return found;
    }

    test('the one-shots end with 0: schema, then commands', async () => {
      for (const name of ['migrate', 'deploy-commands']) {
        const { ended } = world.run(name);
        assert.equal(await ended, 0, world.printed);
      }
      assert.match(world.printed, /migrate: applied 0001_guild_settings\.sql/);
      assert.match(world.printed, /deploy-commands: .*\+ping/);
    });

    test('manager and jobs start with what their containers have, and every health check succeeds', async () => {
      manager = world.run('manager');
      jobs = world.run('jobs');
      const ended = Promise.race([manager.ended, jobs.ended]).then((code) =>
        assert.fail(`ended with ${code}:\n${world.printed}`),
      );
      ended.catch(() => {});
      for (const name of ['postgres', 'pgbouncer', 'redis-cache', 'redis-state', 'manager', 'jobs'])
        await Promise.race([ended, eventually(`${name} is healthy`, () => world.healthy(name), startMs)]);
      const status = await Promise.race([
        ended,
        eventually('the shard serves', async () => {
          const said = await world.exec('manager', 'admin', ['status']);
          return said.code === 0 && said.stdout;
        }),
      ]);
      assert.match(status, /1 of 1 shards/);
    });

    test('PostgreSQL takes its configuration file', async () => {
      const file = path.join(root, 'postgres/postgresql.conf');
      const program = findProgram('postgres', postgres15Environment) ?? '';
      const args = ['-C', 'max_connections', '-D', world.folder, '-c', `config_file=${file}`];
      const { code, output } = await runCommand(program, args, { environment: postgres15Environment });
      assert.deepEqual([code, output.trim().split('\n').at(-1)], [0, '100'], output);
    });

    test('the exporters are let in, and see no row of the bot', async () => {
      const stats = world.secret('pgbouncer_stats_url');
      const exporter = world.run('pgbouncer-exporter');
      await eventually(
        'the exporter of PgBouncer is healthy',
        () => world.healthy('pgbouncer-exporter'),
        startMs,
      );
      assert.match(
        await (await fetch(`http://127.0.0.1:${world.port('pgbouncer-exporter')}/metrics`)).text(),
        /^pgbouncer_pools_client_active_connections\{database="shoal",user="shoal_app",.*\} [1-9]/m,
      );
      exporter.stop();
      assert.equal(await exporter.ended, 0, world.printed);
      await assert.rejects(world.ask(stats, 'pause'), /admin access needed/);
      const direct = new URL(world.secret('postgres_direct_url'));
      direct.username = world.service('postgres-exporter').environment['DATA_SOURCE_USER'] ?? '';
      direct.password = world.secret('postgres_exporter_password');
      assert.ok(
        (await world.ask(direct.href, `select from pg_stat_statements where query like '%guild_settings%'`))
          .length > 0,
      );
      await assert.rejects(world.ask(direct.href, 'select from guild_settings'), /permission denied/);
    });

    test("Redis's administrator may what the runbook does as one, and nobody else", async () => {
      const lines = composed.filter((line) => line.includes('redis_admin_password'));
      assert.equal(lines.length, 2);
      for (const line of lines) {
        const [, name = '', inside = ''] = /exec (redis-\w+) sh -c '(.+)'$/.exec(line) ?? [];
        const here = inside
          .replace('/run/secrets', `${world.folder}/run/secrets`)
          .replace('redis-cli', `redis-cli -p ${world.port(name)}`);
        if (line.includes('flushall')) assert.equal(await redisSays(here), 'OK');
        else assert.equal(await redisSays(`${here} config set maxmemory 256mb`), 'OK');
        assert.match(await redisSays(`redis-cli -p ${world.port(name)} flushall`), /NOPERM/);
      }
    });

    test('a health check fails where nothing listens', async () => {
      const port = await freePort();
      for (const name of ['postgres', 'pgbouncer', 'redis-cache', 'redis-state', 'manager', 'jobs'])
        assert.equal(await world.healthy(name, port), false, name);
    });

    test('backups begins with one, tells its age, and is healthy from then on', async () => {
      assert.equal(await world.healthy('backup'), false);
      const backup = world.run('backup');
      await eventually('there is a backup', () => world.healthy('backup'), startMs);
      const file = path.join(world.folder, 'metrics/shoal-backup.prom');
      const text = await eventually('its age is told', () => readFileSync(file, 'utf8'));
      assert.match(text, /^shoal_backup_time_seconds \d+/m);
      backup.stop();
      assert.equal(await backup.ended, 0, world.printed);
    });

    test(
      "what watches starts by its services' commands, variables, secrets and files, sees every target, and tells the dead man's switch",
      { skip: without(...watcherPrograms) },
      async () => {
        await using switched = await deadMansSwitch();
        await using watching = new AsyncDisposableStack();
        const others = ['jobs-2', 'pgbouncer-exporter'].map((name) => world.run(name));
        for (const name of ['node-exporter', 'postgres-exporter', 'redis-exporter'] as const)
          watching.use(await startWatcher(world, name));
        const shipped = 'https://dead-man.example.org/shoal';
        watching.use(
          await startWatcher(world, 'alertmanager', (text) => text.replace(shipped, switched.url)),
        );
        const prometheus = watching.use(
          await startWatcher(world, 'prometheus', (text) =>
            text.replaceAll(/(interval|timeout): \d+s/g, '$1: 1s'),
          ),
        );
        const ask = (expr: string) => valuesOf(prometheus.url, expr);
        await eventually(
          'every target is up',
          async () => {
            assert.deepEqual([await ask('count(up)'), await ask('up == 0')], [['10'], []]);
            return true;
          },
          startMs,
        );
        for (const [expr, many] of [
          ['pg_up == 1', 1],
          ['pg_database_size_bytes{datname="shoal"} > 0', 1],
          ['redis_up == 1', 2],
          ['redis_memory_max_bytes > 0', 2],
          ['pgbouncer_pools_client_active_connections{database="shoal"} > 0', 1],
          ['node_filesystem_size_bytes{mountpoint="/"} > 0', 1],
          ['shoal_backup_time_seconds > 0', 1],
          // Manager, shard, two of jobs, exporter: the image says it to each.
          [`shoal_build_info{revision="${world.settings['SHOAL_REVISION']}"}`, 5],
        ] as const)
          await eventually(expr, async () => {
            assert.equal((await ask(expr)).length, many);
            return true;
          });
        const { authorization, annotations } = await eventually('it is told', () => switched.heard[0]);
        assert.equal(authorization, `Bearer ${world.secret('alert_dead_man_key')}`);
        assert.equal(annotations['runbook'], `${world.settings['SHOAL_RUNBOOK_URL']}#watchdog`);
        for (const { stop, ended } of others) {
          stop();
          assert.equal(await ended, 0, world.printed);
        }
      },
    );

    test('backups keeps the newest 14, also while their age cannot be told', async () => {
      const folder = path.join(world.folder, 'backups');
      const dumps = () => readdirSync(folder).filter((name) => name.endsWith('.dump'));
      for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
      rmSync(path.join(world.folder, 'metrics'), { recursive: true });
      const old = Array.from({ length: 14 }, (_, day) => `shoal-2020-01-${day + 10}T00-00-00.000Z.dump`);
      for (const name of old) {
        writeFileSync(path.join(folder, name), '');
        utimesSync(path.join(folder, name), 0, 0);
      }
      const backup = world.run('backup');
      await eventually('the oldest is gone', () => !dumps().includes(old[0] ?? ''), startMs);
      assert.equal(dumps().length, 14);
      assert.match(world.printed, /the backup is written, but not its metrics/);
      backup.stop();
      assert.equal(await backup.ended, 0, world.printed);
    });

    test('SIGUSR2 turns debug on in jobs, and off again', async () => {
      for (const level of ['debug', 'trace']) {
        process.kill(jobs.pid, 'SIGUSR2');
        const line = `"to":"${level}","msg":"log level changed"`;
        await eventually(`jobs logs at ${level}`, () => world.printed.includes(line));
      }
    });

    test('no secret is in the environment of a process, nor in anything that was printed', async () => {
      const socket = world.environment('manager')['ADMIN_SOCKET'] ?? '';
      const pids = processesWith('ADMIN_SOCKET', socket);
      // Manager, shard, jobs.
      assert.ok(pids.length >= 3, String(pids.length));
      const environments = pids.map((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8')).join('\n');
      assert.ok(world.printed.length > 1_000);
      for (const password of [...passwords(), githubToken]) {
        assert.ok(!environments.includes(password), 'a secret is in an environment');
        assert.ok(!world.printed.includes(password), 'a secret was printed');
      }
    });

    test('at SIGTERM they end with 0 within the time that Docker gives them', async () => {
      for (const [name, running] of [
        ['manager', manager],
        ['jobs', jobs],
      ] as const) {
        const graceMs = Number.parseInt(world.service(name).stop_grace_period, 10) * 1_000;
        const killed = AbortSignal.timeout(graceMs);
        running.stop();
        assert.equal(await running.ended, 0, world.printed);
        assert.equal(killed.aborted, false, `${name} would have been killed`);
      }
    });
  },
);
