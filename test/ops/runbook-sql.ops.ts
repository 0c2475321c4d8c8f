import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import postgres, { type Row } from 'postgres';
import { findProgram } from '../../src/local/find-program.ts';
import { runCommand } from '../../src/local/run-command.ts';
import { eventually } from '../helpers/eventually.ts';
import { testServers, type TestServers } from '../helpers/servers.ts';
import { StreamingReplica } from '../helpers/streaming-replica.ts';
import { composed, statements } from './runbook-commands.ts';

describe("the runbook's SQL, on a PostgreSQL of its own with a replica", () => {
  let servers: TestServers;
  let replica: StreamingReplica;
  /** Of the primary. */
  let superuser: URL;
  const ran = new Set<string>();
  before(async () => {
    servers = await testServers();
    replica = await StreamingReplica.of(servers);
    superuser = new URL(replica.superuserUrl);
    superuser.port = new URL(servers.directUrl).port;
    await ask(servers.directUrl, 'create table kept (id int)');
  });
  after(async () => {
    await replica?.stop();
    await servers?.stop();
  });

  /** The statement of the runbook that begins so. */
  function said(beginning: string): string {
    const [statement = '', ...others] = statements.filter((each) => each.startsWith(beginning));
    assert.ok(statement !== '' && others.length === 0, beginning);
    ran.add(statement);
    return statement;
  }

  /** The superuser's URL of another database or user. */
  function as(changes: Partial<Pick<URL, 'pathname' | 'username' | 'password'>>): string {
    return Object.assign(new URL(superuser), changes).href;
  }

  test('a transaction that blocks others is ended', async () => {
    const blocks = postgres(servers.directUrl, { max: 1, onnotice: () => {} });
    try {
      const [own] = await blocks`select pg_backend_pid() as pid`;
      await blocks.unsafe('begin; lock table kept').simple();
      const statement = said('select pg_terminate_backend');
      await ask(superuser.href, statement.replace('PID', String(own?.['pid'])));
      await ask(servers.directUrl, "set lock_timeout = '5s'; lock table kept");
    } finally {
      await blocks.end({ timeout: 0 });
    }
  });

  test('a replica whose replay is paused goes on', async () => {
    const here = replica.urlOf(servers.directUrl);
    await ask(replica.superuserUrl, 'select pg_wal_replay_pause()');
    await eventually('it is paused', async () => {
      const [row] = await ask(here, 'select pg_get_wal_replay_pause_state() as state');
      return row?.['state'] === 'paused';
    });
    await ask(servers.directUrl, 'insert into kept values (1)');
    assert.equal((await ask(here, 'select from kept')).length, 0);
    await ask(replica.superuserUrl, said('select pg_wal_replay_resume'));
    await eventually(
      'it has what was written',
      async () => (await ask(here, 'select from kept')).length === 1,
    );
  });

  test('the exporter of PostgreSQL sees what it is to see, and no row of the bot', async () => {
    await ask(superuser.href, said('create role shoal_exporter').replace('…', 'not-a-password'));
    const { pathname } = new URL(servers.directUrl);
    const exporter = as({ pathname, username: 'shoal_exporter', password: 'not-a-password' });
    const [row] = await ask(exporter, 'select client_addr from pg_stat_replication');
    assert.ok(row?.['client_addr']);
    await assert.rejects(ask(exporter, 'select from kept'), /permission denied/);
  });

  test('a database to restore into belongs to the owner of the old one', async () => {
    await ask(superuser.href, said('create database'));
    await ask(as({ pathname: '/shoal_restored' }), said('create extension'));
    const restored = Object.assign(new URL(servers.directUrl), { pathname: '/shoal_restored' });
    await ask(restored.href, 'create table restored ()');
  });

  test('a replica is promoted, and its slot, which keeps WAL for nobody now, is dropped', async () => {
    const here = replica.urlOf(servers.directUrl);
    assert.deepEqual(
      (await ask(replica.superuserUrl, said('select pg_promote'))).map((row) => ({ ...row })),
      [{ pg_promote: true }],
    );
    await ask(here, 'insert into kept values (2)');
    const slots = 'select slot_name, active from pg_replication_slots';
    const [slot] = await eventually('its stream is cut', async () => {
      const rows = await ask(superuser.href, slots);
      return rows[0]?.['active'] === false && rows;
    });
    const statement = said('select pg_drop_replication_slot');
    await ask(superuser.href, statement.replace('NAME', String(slot?.['slot_name'])));
    assert.equal((await ask(superuser.href, slots)).length, 0);
  });

  test(
    "as Compose's superuser: a new database under the name of the old one, which is kept",
    { skip: findProgram('psql', process.env) === undefined && 'needs psql' },
    async () => {
      const { hostname, port, username, password } = superuser;
      const environment = {
        PATH: process.env['PATH'],
        PGHOST: hostname,
        PGPORT: port,
        PGUSER: username,
        PGPASSWORD: password,
      };
      const lines = composed.filter((line) => line.includes(' psql '));
      assert.equal(lines.length, 3);
      // As in its first step.
      process.kill(servers.pid('pgbouncer'), 'SIGTERM');
      // Its image has that one too.
      await ask(superuser.href, 'create database postgres');
      await ask(as({ pathname: '/shoal' }), 'create table old ()');
      for (const line of lines) {
        const here = line.replace('docker compose exec postgres psql', 'psql --set ON_ERROR_STOP=1');
        const { code, output } = await runCommand('sh', ['-c', here], { environment });
        assert.equal(code, 0, `${line}: ${output}`);
      }
      await ask(as({ pathname: '/shoal_before' }), 'select from old');
      await assert.rejects(ask(as({ pathname: '/shoal' }), 'select from old'), /does not exist/);
    },
  );

  test('was all run', () => {
    assert.deepEqual(
      statements.filter((statement) => !ran.has(statement)),
      [],
    );
  });
});

/** Over a connection of its own, in the simple protocol, as psql sends it. */
async function ask(url: string, statement: string): Promise<readonly Row[]> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    return await sql.unsafe(statement).simple();
  } finally {
    await sql.end();
  }
}
