import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { fetchAdminStatus } from '../../src/ipc/admin-client.ts';
import type { GuildSight } from '../../src/sandbox/client.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { eventually } from '../helpers/eventually.ts';
import { processesWith, root, runToEnd } from '../helpers/processes.ts';

const execute = promisify(execFile);

interface Pm2App {
  readonly name: string;
  readonly pm_id: number;
  readonly pid: number;
  readonly pm2_env: { readonly status: string; readonly restart_time: number; readonly exit_code?: number };
}

describe('the cluster under PM2, by ecosystem.config.cjs', () => {
  let world: Surroundings;
  let guild: GuildSight;
  const home = mkdtempSync(path.join(tmpdir(), 'shoal-pm2-'));

  async function pm2(...args: readonly string[]): Promise<string> {
    const bin = path.join(root, 'node_modules/.bin/pm2');
    const { stdout } = await execute(process.execPath, [bin, ...args], {
      cwd: root,
      env: { ...world.env, PM2_HOME: home },
    });
    return stdout;
  }

  async function list(): Promise<Pm2App[]> {
    return JSON.parse(await pm2('jlist')) as Pm2App[];
  }

  /** The manager, after it was seen that all are there and have this status. */
  async function managerOf(status: 'online' | 'stopped'): Promise<Pm2App> {
    const apps = await list();
    assert.deepEqual(
      apps.map(({ name, pm2_env: { status: now } }) => [name, now]),
      ['manager', 'jobs', 'jobs', 'pgbouncer-exporter'].map((name) => [name, status]),
    );
    const [manager] = apps;
    assert.ok(manager);
    return manager;
  }

  async function ping(): Promise<string> {
    const seen = await world.sandbox.runCommand({ guildId: guild.id, command: 'ping' });
    return seen.embeds[0]?.title ?? seen.state;
  }

  /** Our processes, the daemon and the command lines of PM2 left out. */
  function ours(): number[] {
    return processesWith('ADMIN_SOCKET', world.env.ADMIN_SOCKET).filter((pid) => !daemons.includes(pid));
  }
  let daemons: readonly number[] = [];

  before(async () => {
    world = await surroundings({ shards: 2 });
    const published = await runToEnd('deploy-commands', [], world.env);
    assert.equal(published.code, 0, published.stderr);
    const [first] = await world.sandbox.guilds();
    assert.ok(first);
    guild = first;
    await pm2('ping');
    daemons = processesWith('PM2_HOME', home);
  });

  after(async () => {
    await pm2('kill');
    rmSync(home, { recursive: true, force: true });
    await world[Symbol.asyncDispose]();
  });

  test('pm2 start brings it up, and waits until every shard serves', async () => {
    await pm2('start', 'ecosystem.config.cjs');
    const manager = await managerOf('online');
    assert.equal((await fetchAdminStatus(world.env.ADMIN_SOCKET)).manager.pid, manager.pid);
    assert.equal(ours().length, 6);
    assert.equal(await ping(), 'Pong!');
  });

  test('pm2 reload replaces it by one new manager with two new shards, and new jobs processes', async () => {
    const old = await managerOf('online');
    const before = ours();
    const counted = await world.sandbox.sessions();
    await pm2('reload', 'all');
    const manager = await managerOf('online');
    assert.notEqual(manager.pid, old.pid);
    assert.deepEqual(
      ours().filter((process) => before.includes(process)),
      [],
    );
    assert.equal(ours().length, 6);
    assert.equal(await ping(), 'Pong!');
    const now = await world.sandbox.sessions();
    assert.deepEqual(
      [now.identifies - counted.identifies, now.resumes - counted.resumes, now.doubleOwners],
      [0, 2, []],
    );
  });

  test('pm2 scale leaves one manager: the second ends with a reason, and is not tried again', async () => {
    const { pid } = await managerOf('online');
    await pm2('scale', 'manager', '2');
    const second = await eventually('the second has ended', async () =>
      (await list()).find((app) => app.pm2_env.exit_code === 78),
    );
    assert.deepEqual([second.name, second.pid, second.pm2_env.restart_time], ['manager', 0, 0]);
    assert.equal(ours().length, 6);
    // Not `pm2 scale manager 1`: that ends the one that serves.
    await pm2('delete', String(second.pm_id));
    assert.equal((await managerOf('online')).pid, pid);
  });

  test('pm2 resurrect brings back what pm2 save kept, on the same sessions', async () => {
    const counted = await world.sandbox.sessions();
    await pm2('save');
    await pm2('kill');
    assert.deepEqual(ours(), []);
    await pm2('ping');
    daemons = processesWith('PM2_HOME', home);
    await pm2('resurrect');
    await eventually('it answers again', async () => (await ping()) === 'Pong!', 30_000);
    const now = await world.sandbox.sessions();
    assert.deepEqual([now.identifies - counted.identifies, now.resumes - counted.resumes], [0, 2]);
  });

  test('pm2 stop ends the manager, its shards, both jobs processes and the exporter, gracefully', async () => {
    await pm2('stop', 'all');
    await managerOf('stopped');
    assert.deepEqual(
      (await list()).map(({ pm2_env: { exit_code: code } }) => code),
      [0, 0, 0, 0],
    );
    assert.deepEqual(ours(), []);
    const { sessions } = await world.sandbox.sessions();
    assert.deepEqual(
      sessions.filter(({ connected }) => connected),
      [],
    );
  });

  test('a configuration error is not tried again, an unreachable server is', async () => {
    await pm2('delete', 'all');
    const file = path.join(home, 'ecosystem.config.cjs');
    writeFileSync(
      file,
      `const { apps: [app] } = require(${JSON.stringify(path.join(root, 'ecosystem.config.cjs'))});
      const wrong = { ...app, name: 'wrong', env: { DISCORD_SHARDS: '0' } };
      const unreachable = { ...app, name: 'unreachable', env: { DISCORD_API_URL: 'http://127.0.0.1:9/api' } };
      module.exports = { apps: [wrong, unreachable] };`,
    );
    await pm2('start', file);
    const apps = await eventually('the second one is started again', async () => {
      const now = await list();
      return (now.find(({ name }) => name === 'unreachable')?.pm2_env.restart_time ?? 0) > 0 && now;
    });
    const wrong = apps.find(({ name }) => name === 'wrong');
    assert.deepEqual([wrong?.pid, wrong?.pm2_env.exit_code, wrong?.pm2_env.restart_time], [0, 78, 0]);
    await pm2('delete', 'all');
  });

  test('when the PM2 daemon is killed nothing is left behind', async () => {
    await pm2('start', 'ecosystem.config.cjs');
    await eventually('six processes run', () => ours().length === 6);
    for (const pid of daemons) process.kill(pid, 'SIGKILL');
    await eventually('all of it ended', () => ours().length === 0);
  });
});
