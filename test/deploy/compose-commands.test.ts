import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parseArgs } from 'node:util';
import { productionSecrets } from '../../src/local/production-secrets.ts';
import { root } from '../helpers/processes.ts';
import { isOurs, readCompose } from './compose-file.ts';

const { services, volumes } = readCompose();

const flag = { type: 'boolean' } as const;
const value = { type: 'string' } as const;
/** The subcommands in use, with the flags of Compose's reference that are. */
const subcommands = {
  up: { detach: flag, build: flag, 'no-deps': flag, wait: flag },
  run: { rm: flag, 'no-deps': flag, entrypoint: value },
  exec: {},
  build: {},
  create: { build: flag },
  down: {},
  stop: {},
  restart: {},
  ps: { all: flag },
  logs: { tail: value },
} as const;

/** What each image has, besides what its health check and entry point name. */
const programs: Readonly<Record<string, readonly string[]>> = {
  backup: ['ls'],
  postgres: ['psql'],
  pgbouncer: ['kill'],
  'redis-cache': ['sh'],
  'redis-state': ['sh'],
  prometheus: ['promtool', 'wget', 'kill'],
  alertmanager: ['amtool', 'kill'],
};

interface ComposeCommand {
  readonly text: string;
  readonly subcommand: string;
  /** Those that it names; `run` and `exec` name one. */
  readonly targets: readonly string[];
  /** What runs in the container, where that is said. */
  readonly inside: readonly string[];
}

const documents = [
  'README.md',
  'docs/runbook.md',
  'docs/security.md',
  'docs/redis.md',
  'docs/capacity.md',
  'docker-compose.production.yml',
];
const commands = documents.flatMap((name) =>
  [...readFileSync(path.join(root, name), 'utf8').matchAll(/`(docker compose [^`]+)`/g)].map(
    ([, text = '']) => read(text),
  ),
);

function read(text: string): ComposeCommand {
  const words = [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, one, two, bare]) => one ?? two ?? bare ?? '',
  );
  const own = words.slice(2);
  if (own[0] === '--file') assert.ok(existsSync(path.join(root, own.splice(0, 2)[1] ?? '')), text);
  const [subcommand = '', ...rest] = own;
  assert.ok(subcommand in subcommands, text);
  const inContainer = subcommand === 'run' || subcommand === 'exec';
  // Compose reads its own flags up to the service.
  const at = inContainer ? rest.findIndex((word) => word in services) + 1 : rest.length;
  const options = subcommands[subcommand as keyof typeof subcommands];
  const { values, positionals } = parseArgs({ args: rest.slice(0, at), options, allowPositionals: true });
  const entrypoint =
    'entrypoint' in values ? [String(values.entrypoint)] : subcommand === 'run' ? ['node'] : [];
  const command = rest.slice(at);
  const inside = command.length === 0 && subcommand === 'run' ? [] : [...entrypoint, ...command];
  return { text, subcommand, targets: positionals, inside };
}

describe('what the documents do with docker compose', () => {
  test('is said with subcommands and flags that exist, of services that do', () => {
    assert.ok(commands.length > 30, `only ${commands.length} found`);
    for (const { text, subcommand, targets } of commands) {
      assert.deepEqual(
        targets.filter((name) => !(name in services)),
        [],
        text,
      );
      if (subcommand === 'run' || subcommand === 'exec') assert.equal(targets.length, 1, text);
    }
  });

  test('runs programs that the image has, with files, addresses and users that are there', () => {
    for (const { text, targets, inside } of commands) {
      const [name = ''] = targets;
      const service = services[name];
      if (inside.length === 0 || service === undefined) continue;
      const [program = '', first = ''] = inside;
      if (program === 'node') assert.ok(isOurs(service), text);
      else assert.ok(programs[name]?.includes(program), text);
      if (program === 'node') assert.ok(existsSync(path.join(root, first)), text);
      const places = [
        ...service.secrets.map(({ target }) => target),
        ...service.volumes.map((volume) => volume.split(':')[1] ?? ''),
      ];
      for (const [file] of inside.join(' ').matchAll(/(?<![\w:/])\/[\w-][^\s)]*/g))
        assert.ok(
          places.some((place) => file === place || file.startsWith(`${place}/`)),
          `${text}: ${file}`,
        );
      for (const [, host = '', port = ''] of text.matchAll(/http:\/\/([\w-]+):(\d+)/g))
        assert.ok(
          Object.values(services[host]?.environment ?? {}).includes(port),
          `${text}: ${host}:${port}`,
        );
      for (const [, user] of text.matchAll(/--user (\w+)/g))
        assert.match(
          productionSecrets()[`${name.replace('-', '_')}.acl`] ?? '',
          new RegExp(`^user ${user} `, 'm'),
        );
    }
  });

  test('moves volumes that are there, with an image that its host has anyway', () => {
    const text = readFileSync(path.join(root, 'docs/runbook.md'), 'utf8');
    const moved = /^for volume in (.+); do$/m.exec(text)?.[1]?.split(' ') ?? [];
    assert.deepEqual(moved, ['postgres', 'redis-state', 'write-queue', 'backups']);
    for (const name of moved) assert.ok(name in volumes, name);
    const images = [...text.matchAll(/:\/volume(?::ro)?" (\S+) tar /g)].map(([, image]) => image);
    assert.deepEqual(new Set(images), new Set([services['redis-state']?.image]));
  });

  test('as a user and with variables that the service gives it', () => {
    const direct = commands.filter(({ inside }) =>
      /bin\/(backup|restore|db-check)\.ts/.test(inside.join(' ')),
    );
    assert.ok(direct.length >= 3);
    for (const { text, targets } of direct)
      assert.ok(services[targets[0] ?? '']?.environment['POSTGRES_DIRECT_URL_FILE'], text);
    assert.equal(services['postgres']?.user, 'postgres');
  });
});
