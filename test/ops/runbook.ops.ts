import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Child } from '../../src/demo/child.ts';
import { exitCodes } from '../../src/lib/exit-codes.ts';
import { findProgram } from '../../src/local/find-program.ts';
import type { CommandResult } from '../../src/local/run-command.ts';
import { eventually } from '../helpers/eventually.ts';
import { withoutPostgres15 } from '../helpers/postgres-15.ts';
import { Host } from './host.ts';
import { acts, commands, onPurpose } from './runbook-commands.ts';

const installPackages =
  'apt-get install prometheus prometheus-alertmanager prometheus-node-exporter prometheus-postgres-exporter prometheus-redis-exporter';

/** Programs that the bot does not need; commands of others must run everywhere. */
const hostPrograms: readonly string[] = ['promtool', 'apt-get', 'vmstat', 'du'];

/** These are for development, and may use its packages. */
const developing: readonly string[] = ['demo', 'sandbox', 'servers'];

/** A manager's start takes as long as its shards need, one identify in 5 s. */
const startMs = 120_000;

describe("the runbook's commands, on a host of their own", { skip: withoutPostgres15 }, () => {
  let host: Host;
  let guildId: string;
  const ran = new Set<string>();
  /** What this machine cannot do, with the reason. */
  const left = new Map<string, string>();

  before(async () => {
    host = await Host.start();
    guildId = (await host.world.sandbox.guilds())[0]?.id ?? '';
    for (const line of [
      'npm ci --omit=dev',
      'npm run migrate',
      'npm run deploy-commands',
      'npx pm2 start ecosystem.config.cjs',
    ])
      await succeed(line);
    await serves();
  });
  after(() => host?.[Symbol.asyncDispose]());

  /** The runbook's command with what is the operator's to fill in, and the places that it has here. */
  function here(command: string): string {
    const backups = readdirSync(path.join(host.folder, 'backups')).toSorted();
    const dump = backups.findLast((name) => name.endsWith('.dump'));
    return command
      .replace('/var/lib/prometheus/node-exporter', 'metrics')
      .replace('shoal-….dump', dump ?? 'none')
      .replace('--id ID', '--id 1')
      .replaceAll('https://…', 'https://example.org')
      .replace('apt-get install', 'apt-get install --simulate')
      .replace('reshard 8', 'reshard 3')
      .replace(/(?<=restart|drain) 3/, ' 1');
  }

  async function succeed(line: string, folder?: string): Promise<string> {
    const { code, output } = await host.shell(line, folder);
    assert.equal(code, 0, `${line}: ${output}`);
    return output;
  }

  /** Those that do not simply end with 0. */
  const otherwise: Readonly<Record<string, (line: string) => Promise<unknown>>> = {
    'npm run admin -- status --watch': (line) => untilSaid(line, '2 of 2 shards'),
    // A replica of the same server takes over: it can be written to.
    'pg_ctl promote': async () => assert.ok(await host.promoteReplica()),
    'npm run jobs': (line) => untilSaid(`JOBS_METRICS_PORT=0 ${line}`, 'jobs started'),
    'npm run admin -- reshard abort': async (line) =>
      refused(await host.shell(line), /no reshard is under way/),
    'du -xsh /var/* backups': async (line) => {
      // It ends with 1 where a folder may not be read.
      assert.match((await host.shell(line)).output, /^\S+\tbackups$/m);
    },
    [installPackages]: async (line) => {
      const { code, output } = await host.shell(line);
      if (/^E: (?:Unable to locate package|Package .* has no installation candidate)/m.test(output))
        left.set(installPackages, 'the package lists are not there');
      else assert.equal(code, 0, output);
    },
    // The first one at once, and told of in the folder that stands for node exporter's.
    'npx pm2 start backups.config.cjs': async (line) => {
      const folder = path.join(host.folder, 'backups');
      for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
      const file = path.join(host.folder, 'backups.config.cjs');
      writeFileSync(file, here(readFileSync(file, 'utf8')));
      rmSync(path.join(host.folder, 'metrics/shoal.prom'), { force: true });
      await succeed(line);
      await eventually(
        'its age is told',
        () => existsSync(path.join(host.folder, 'metrics/shoal.prom')),
        startMs,
      );
      assert.equal(readdirSync(folder).length, 2);
    },
    // What was taken out of service comes back.
    'npm run admin -- drain 3': async (line) => {
      await succeed(line);
      assert.match((await host.shell('npm run admin -- status')).output, /1\s+-\s+drained/);
      await succeed('npm run admin -- restart 1');
    },
  };

  /** One that does not end by itself: until it has said so. */
  async function untilSaid(line: string, words: string): Promise<void> {
    const wait = `until grep -q '${words}' said.txt; do sleep 0.2; done; kill \\$!; wait \\$!`;
    const { code, output } = await host.shell(`timeout 60 sh -c "${line} > said.txt 2>&1 & ${wait}"`);
    assert.notEqual(code, 124, `${line}: ${output}`);
  }

  async function play(command: string): Promise<void> {
    ran.add(command);
    const program = command.split(' ').find((word) => !word.includes('=')) ?? '';
    if (hostPrograms.includes(program) && findProgram(program, process.env) === undefined)
      return void left.set(command, `${program} is not installed`);
    const line = here(command);
    await (otherwise[command] ?? succeed)(line);
  }

  /** The section's commands in their order; `between` has what the text says in words, before the command that it stands in front of. */
  async function section(
    title: string,
    between: Readonly<Record<string, () => unknown>> = {},
  ): Promise<void> {
    const own = commands.filter((command) => command.section === title).map(({ text }) => text);
    for (const command of Object.keys(between))
      assert.ok(own.includes(command), `${title} has no ${command}`);
    for (const command of own) {
      await between[command]?.();
      if (acts.includes(command)) await play(command);
    }
  }

  async function serves(): Promise<void> {
    await eventually(
      'every shard serves',
      async () => (await host.shell('npm run admin -- status')).code === 0,
      startMs,
    );
    const { embeds } = await host.world.sandbox.runCommand({ guildId, command: 'ping' });
    assert.equal(embeds[0]?.title, 'Pong!');
  }

  async function identifies(): Promise<number> {
    return (await host.world.sandbox.sessions()).identifies;
  }

  test('every starter loads with the packages of production alone', async () => {
    const packages = path.join(host.folder, 'node_modules');
    assert.ok(existsSync(path.join(packages, 'pm2')) && !existsSync(path.join(packages, 'typescript')));
    const starters = readdirSync(path.join(host.folder, 'src/bin')).filter((name) => name.endsWith('.ts'));
    for (const name of starters.filter((file) => !developing.includes(path.basename(file, '.ts')))) {
      const { code, output } = await host.shell(`node src/bin/${name} --no-such-flag`);
      // Both are said by what was loaded; a package that is missing is neither.
      assert.ok(code === exitCodes.usage || code === exitCodes.config, `${name}: ${code} ${output}`);
    }
  });

  test('its processes say which commit they run', async () => {
    const text = await (await fetch(`http://127.0.0.1:${host.get('METRICS_PORT')}/metrics`)).text();
    const { output } = await host.shell('git rev-parse HEAD');
    for (const part of ['process="manager"', 'shard="0"', 'shard="1"'])
      assert.match(
        text,
        new RegExp(`^shoal_build_info\\{revision="${output.slice(0, 12)}",.*${part}\\} 1$`, 'm'),
      );
  });

  /** Once the section is through, everything that PM2 runs is of this commit, and nothing identified anew. */
  async function becomes(title: string, commit: string): Promise<void> {
    const [identified, pids] = [await identifies(), await running()];
    assert.equal(pids.length, 4);
    const revision = (await succeed(`${commit} && git rev-parse HEAD`)).slice(0, 12);
    await section(title);
    await serves();
    assert.equal(await identifies(), identified);
    const now = await running();
    assert.deepEqual([now.length, now.filter((pid) => pids.includes(pid))], [4, []]);
    // Of the manager, and its shards.
    const text = await (await fetch(`http://127.0.0.1:${host.get('METRICS_PORT')}/metrics`)).text();
    const built = [...text.matchAll(/^shoal_build_info\{revision="(\w+)"/gm)].map(([, of]) => of);
    assert.deepEqual(built, [revision, revision, revision]);
  }

  /** The manager, two jobs and the exporter. */
  async function running(): Promise<readonly string[]> {
    return (await succeed('npx pm2 pid')).match(/^\d+$/gm) ?? [];
  }

  test('Deploy: a backup is there, and all is of the new release', async () => {
    const author = '-c user.name=Shoal -c user.email=shoal@example.org';
    await becomes('Deploy', `git ${author} commit --quiet --allow-empty --message next`);
    assert.ok(
      readFileSync(path.join(host.folder, 'metrics/shoal.prom'), 'utf8').includes(
        'shoal_backup_time_seconds',
      ),
    );
  });

  test('Roll back: all is of the release before', async () => {
    await becomes('Roll back', 'git checkout --quiet HEAD~1');
  });

  test('what the alerts say to do', async () => {
    const said = acts.filter((command) =>
      commands.some((each) => each.text === command && !onPurpose.includes(each.section)),
    );
    assert.ok(said.length > 20, `only ${said.length} found`);
    for (const command of said) await play(command);
    await serves();
  });

  test('Be rate-limited', async () => {
    await section('Be rate-limited');
    await serves();
  });

  test('Lose Redis: it serves on, and is whole when they are back', async () => {
    const pids = host.redisPids();
    assert.equal(pids.length, 2);
    const before = await identifies();
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      const { embeds } = await host.world.sandbox.runCommand({ guildId, command: 'ping' });
      assert.equal(embeds[0]?.title, 'Pong!');
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    await section('Lose Redis');
    await serves();
    assert.equal(await identifies(), before);
  });

  test('Lose PostgreSQL', async () => {
    await section('Lose PostgreSQL');
  });

  test('Restore a backup, into another database', async () => {
    const name = 'shoal_restored';
    await section('Restore a backup', {
      'npm run restore -- --file backups/shoal-….dump': async () => {
        const superuser = host.world.superuserUrl;
        await succeed('npm run backup');
        await host.world.ask(superuser, `create database ${name} owner shoal_owner`);
        await host.world.ask(
          superuser.replace(/\/postgres$/, `/${name}`),
          'create extension pg_stat_statements',
        );
        for (const variable of ['POSTGRES_URL', 'POSTGRES_DIRECT_URL'])
          host.set({ [variable]: host.get(variable).replace(/\/shoal$/, `/${name}`) });
      },
    });
    await serves();
    const connected = await host.world.ask(
      host.world.superuserUrl,
      `select from pg_stat_activity where datname = '${name}' and usename = 'shoal_app'`,
    );
    assert.ok(connected.length > 0);
  });

  test('Reshard', async () => {
    await section('Reshard', {
      'npm run admin -- reshard abort': async () => {
        assert.match(await succeed('npm run admin -- status'), /3 of 3 shards/);
        // As before, for what follows.
        await succeed('npm run admin -- reshard 2');
      },
    });
    await serves();
  });

  test('Move hosts: sessions are resumed on the new one', async () => {
    const before = await identifies();
    const folder = await host.second();
    const own = commands.filter((command) => command.section === 'Move hosts' && acts.includes(command.text));
    assert.deepEqual(
      own.map(({ text }) => text),
      [
        'npm ci --omit=dev',
        'npm run admin -- queue',
        'npx pm2 start ecosystem.config.cjs',
        'npx pm2 stop manager jobs',
        'npx pm2 save',
      ],
    );
    for (const { text } of own) {
      ran.add(text);
      await succeed(text, /start|npm ci/.test(text) ? folder : host.folder);
    }
    await eventually(
      'the new one serves',
      async () => (await host.shell('npm run admin -- status', folder)).code === 0,
      startMs,
    );
    assert.equal(await identifies(), before);
    // And back.
    await succeed('npx pm2 stop all', folder);
    await succeed('npx pm2 start all');
    await serves();
  });

  test('Rotate the token: all ends with 78, and identifies once it has the new one', async () => {
    // The stand-in has one token: a second one stands for the Discord that knows the new token.
    await using renewed = new Child('sandbox', ['--json', '--guilds', '4'], { PATH: process.env['PATH'] });
    const { restUrl } = JSON.parse(await renewed.firstLine()) as { restUrl: string };
    await section('Rotate the token', {
      'npx pm2 restart ecosystem.config.cjs': async () => {
        await host.world.sandbox.revokeToken();
        await eventually(
          'the manager has ended',
          async () => /"exit_code":78/.test((await host.shell('npx pm2 jlist')).output),
          startMs,
        );
        host.set({ DISCORD_API_URL: restUrl });
        await succeed('npm run deploy-commands');
      },
    });
    await eventually(
      'it serves',
      async () => (await host.shell('npm run admin -- status')).code === 0,
      startMs,
    );
  });

  test('nothing was left out', (t) => {
    for (const [command, reason] of left) t.diagnostic(`not run, since ${reason}: ${command}`);
    assert.deepEqual(
      acts.filter((command) => !ran.has(command)),
      [],
    );
  });
});

function refused({ code, output }: CommandResult, why: RegExp): void {
  assert.equal(code, 69, output);
  assert.match(output, why);
}
