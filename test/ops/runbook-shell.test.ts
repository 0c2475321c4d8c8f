import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseEnv } from 'node:util';
import { runCommand } from '../../src/local/run-command.ts';
import { root } from '../helpers/processes.ts';
import { shell } from './runbook-commands.ts';

const compose = readFileSync(path.join(root, 'docker-compose.production.yml'), 'utf8');

/** A host's volumes are folders. As with Docker's, a container hears nothing without --interactive. */
const docker = `#!/bin/sh
exec 3<&0 </dev/null
while :; do case $1 in
  run | --rm) shift ;;
  --interactive) exec <&3; shift ;;
  --volume) volume=$VOLUMES/\${2%%:*}; shift 2 ;;
  *) break ;;
esac; done
shift
[ "$1 $2 $3" = 'tar -C /volume' ] && shift 3 && exec tar -C "$volume" "$@"
exit 125
`;

/** The other host. As with ssh, a shell there reads the words anew. */
const ssh = `#!/bin/sh
[ "$1" = NEW ] || exit 255
shift
VOLUMES=$NEW_VOLUMES
export VOLUMES
exec sh -c "$*"
`;

describe("the runbook's lines of shell", () => {
  const ran = new Set<string>();
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'shoal-shell-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Those that begin so. */
  function lines(beginning: string): readonly string[] {
    const found = shell.filter((line) => line.startsWith(beginning));
    assert.ok(found.length > 0, beginning);
    for (const line of found) ran.add(line);
    return found;
  }

  /** What the script prints. */
  async function run(script: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const options = { environment: { PATH: process.env['PATH'], ...more }, cwd: folder };
    const { code, output } = await runCommand('sh', ['-ec', script], options);
    assert.equal(code, 0, `${script}: ${output}`);
    return output;
  }

  test("a shell has from .env what the bot's processes have", async () => {
    const quoted =
      "DISCORD_TOKEN='not a token & no; $HOME #1'\nREDIS_URL='redis://a:b#c$d&e;f@127.0.0.1:6379'\n";
    const text = readFileSync(path.join(root, '.env.example'), 'utf8') + quoted;
    writeFileSync(path.join(folder, '.env'), text);
    for (const line of lines('set -a')) {
      const print = `'${process.execPath}' -p 'JSON.stringify(process.env)'`;
      const has = JSON.parse(await run(`${line}\n${print}`)) as Readonly<Record<string, string>>;
      for (const [name, value] of Object.entries(parseEnv(text))) assert.equal(has[name], value, name);
    }
  });

  test('secrets arrive where Compose mounts them, for every container to read', async () => {
    mkdirSync(path.join(folder, 'secrets/optional'), { recursive: true });
    for (const line of lines('install ')) {
      await run(`umask 077; echo not-a-secret | ${line}`);
      const file = line.split(' ').at(-1) ?? '';
      assert.match(compose, new RegExp(`\\./(?:${file}|${path.dirname(file)}/?)[ :]`), line);
      assert.equal(readFileSync(path.join(folder, file), 'utf8'), 'not-a-secret\n');
      assert.equal(modeOf(path.join(folder, file)), '444', line);
    }
  });

  test('what is cloned is for all to read', async () => {
    for (const line of lines('umask ')) {
      await run(`umask 077; ${line}; mkdir clone; echo > clone/file`);
      assert.deepEqual(
        ['clone', 'clone/file'].map((name) => modeOf(path.join(folder, name))),
        ['755', '644'],
      );
    }
  });

  test("Compose's file is there", async () => {
    for (const line of lines('export ')) {
      const name = await run(`${line}; sh -c 'printf %s "$COMPOSE_FILE"'`);
      assert.ok(readdirSync(root).includes(name), line);
    }
  });

  test('the volumes move to the new host: every byte, with its owner and mode', async () => {
    mkdirSync(path.join(folder, 'bin'));
    for (const [name, text] of Object.entries({ docker, ssh }))
      writeFileSync(path.join(folder, 'bin', name), text, { mode: 0o755 });
    const [loop = '', ...others] = lines('for ');
    assert.deepEqual(others, []);
    const volumes =
      /^for volume in (.+); do$/m
        .exec(loop)?.[1]
        ?.split(' ')
        .map((name) => `shoal_${name}`) ?? [];
    assert.ok(volumes.length > 3, loop);
    for (const name of volumes) {
      fill(path.join(folder, 'old', name));
      mkdirSync(path.join(folder, 'new', name), { recursive: true });
    }
    const PATH = `${path.join(folder, 'bin')}:${process.env['PATH']}`;
    await run(loop, { PATH, VOLUMES: path.join(folder, 'old'), NEW_VOLUMES: path.join(folder, 'new') });
    for (const name of volumes) {
      const there = contents(path.join(folder, 'new', name));
      assert.equal(there.length, 4);
      assert.deepEqual(there, contents(path.join(folder, 'old', name)), name);
    }
  });

  test('were all run', () => {
    assert.deepEqual(
      shell.filter((line) => !ran.has(line)),
      [],
    );
  });
});

function modeOf(file: string): string {
  return (lstatSync(file).mode & 0o777).toString(8);
}

/** As a store leaves its folder: closed to others, another user's where that can be had. */
function fill(volume: string): void {
  mkdirSync(path.join(volume, 'base'), { recursive: true });
  const file = path.join(volume, 'base/1');
  writeFileSync(file, randomBytes(300_000), { mode: 0o600 });
  writeFileSync(path.join(volume, '.hidden'), '');
  chmodSync(volume, 0o700);
  if (userInfo().uid === 0) for (const own of [volume, file]) chownSync(own, 70, 70);
}

/** All that is in it, itself included, each with what it must keep. */
function contents(volume: string): readonly unknown[] {
  const names = ['.', ...readdirSync(volume, { recursive: true, encoding: 'utf8' }).toSorted()];
  return names.map((name) => {
    const file = path.join(volume, name);
    const stat = lstatSync(file);
    const bytes = stat.isFile() ? readFileSync(file) : undefined;
    return { name, mode: stat.mode, uid: stat.uid, gid: stat.gid, bytes };
  });
}
