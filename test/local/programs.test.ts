import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ensurePrograms } from '../../src/local/ensure-programs.ts';
import { writeProgram } from './fake-programs.ts';
import { runStarter, starterCommand, temporaryDirectory } from './machine.ts';

// Programs that no machine has, so that the outcome does not depend on what this one has.
const probe = { command: 'shoal-probe', apt: 'shoal-probe-apt', brew: 'shoal-probe-brew' };
const other = { command: 'shoal-other', apt: 'shoal-other-apt', brew: 'shoal-other-brew' };

const isRoot = process.getuid?.() === 0;
const policy = '/usr/sbin/policy-rc.d';

/** A PATH of one folder, and a log in which the fakes record what they were called with. */
function emptyMachine(t: TestContext): {
  folder: string;
  environment: { PATH: string };
  log: () => string[];
  record: string;
} {
  const folder = temporaryDirectory(t);
  const logFile = join(folder, 'log');
  return {
    folder,
    environment: { PATH: folder },
    log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8').trim().split('\n') : []),
    record: `echo "\${0##*/} $*" >>${logFile}`,
  };
}

function makesProbe(folder: string): string {
  return `printf '#!/bin/sh\\n' >${folder}/shoal-probe; /bin/chmod 755 ${folder}/shoal-probe`;
}

test('what is there is used: on PATH first, then in the system folders', async (t) => {
  const { folder, environment } = emptyMachine(t);
  const path = writeProgram(folder, 'shoal-probe', 'exit 0');
  const found = await ensurePrograms([probe], { environment });
  assert.deepEqual([...found], [['shoal-probe', path]]);
});

test('without a package manager the message names every program', async (t) => {
  const { environment } = emptyMachine(t);
  await assert.rejects(ensurePrograms([probe, other], { environment, uid: 1000 }), {
    name: 'Failure',
    exitCode: 78,
    message: /^shoal-probe and shoal-other are not installed, and there is neither apt-get nor Homebrew/,
  });
});

test('an ordinary user without sudo gets the one command to run', async (t) => {
  const { folder, environment, log, record } = emptyMachine(t);
  writeProgram(folder, 'apt-get', record);
  await assert.rejects(ensurePrograms([probe, other], { environment, uid: 1000 }), {
    exitCode: 78,
    message: /run: sudo apt-get install shoal-probe-apt shoal-other-apt$/,
  });
  assert.deepEqual(log(), []);
});

test('sudo that would ask for a password is not made to ask', async (t) => {
  const { folder, environment, log, record } = emptyMachine(t);
  writeProgram(folder, 'apt-get', record);
  writeProgram(folder, 'sudo', `${record}; exit 1`);
  await assert.rejects(ensurePrograms([probe], { environment, uid: 1000 }), {
    message:
      /shoal-probe is not installed, and apt-get may not .* run: sudo apt-get install shoal-probe-apt$/,
  });
  assert.deepEqual(log(), ['sudo -n true']);
});

test('sudo that asks nothing installs what is missing, and says so', async (t) => {
  const { folder, environment, log, record } = emptyMachine(t);
  writeProgram(folder, 'apt-get', record);
  writeProgram(folder, 'sudo', `${record}; [ "$2" = true ] || { ${makesProbe(folder)}; }`);
  const lines: string[] = [];
  const found = await ensurePrograms([probe], {
    environment,
    uid: 1000,
    onProgress: (line) => lines.push(line),
  });
  assert.equal(found.get('shoal-probe'), join(folder, 'shoal-probe'));
  assert.match(log()[1] ?? '', /^sudo -n \/bin\/sh \S+install-debian-packages\.sh shoal-probe-apt$/);
  assert.deepEqual(lines, ['installing shoal-probe-apt with apt-get; their services stay off']);
});

test('Homebrew installs by its own names; root may not use it', async (t) => {
  const { folder, environment, log, record } = emptyMachine(t);
  writeProgram(folder, 'brew', `${record}; ${makesProbe(folder)}`);
  await assert.rejects(ensurePrograms([probe], { environment, uid: 0 }), {
    message: /run: brew install shoal-probe-brew$/,
  });
  await ensurePrograms([probe], { environment, uid: 1000 });
  assert.deepEqual(log(), ['brew install shoal-probe-brew']);
});

test('a failed installation says what the package manager said, and the command', async (t) => {
  const { folder, environment } = emptyMachine(t);
  writeProgram(folder, 'brew', 'echo "Error: no bottle available"; exit 1');
  await assert.rejects(ensurePrograms([probe], { environment, uid: 1000 }), {
    exitCode: 69,
    message:
      'brew could not install shoal-probe-brew (exit code 1): Error: no bottle available. To try by hand: brew install shoal-probe-brew',
  });
});

test('an installation that brings no such program is told apart', async (t) => {
  const { folder, environment } = emptyMachine(t);
  writeProgram(folder, 'brew', 'exit 0');
  await assert.rejects(ensurePrograms([probe], { environment, uid: 1000 }), {
    message: /^brew installed shoal-probe-brew, yet shoal-probe cannot be found/,
  });
});

const rootOnly = isRoot ? {} : { skip: 'needs root: it runs the installation script with a fake apt-get' };

test(
  'root installs with services refused and then disabled, and the policy is as before',
  rootOnly,
  async (t) => {
    const { folder, environment, log, record } = emptyMachine(t);
    const before = existsSync(policy) ? readFileSync(policy, 'utf8') : undefined;
    // The first installation fails as on a machine whose package lists are empty.
    writeProgram(
      folder,
      'apt-get',
      `${record}
    [ "$1" = update ] && { touch ${folder}/updated; exit; }
    [ -e ${folder}/updated ] || exit 100
    ${policy} shoal-probe start; echo "policy $?" >>${folder}/log
    env -u SHOAL_START_NO_SERVICE ${policy} ssh restart; echo "policy for others $?" >>${folder}/log
    ${makesProbe(folder)}`,
    );
    writeProgram(
      folder,
      'dpkg-query',
      `case "$1" in
    --show) echo 'installed base-files'; [ ! -e ${folder}/shoal-probe ] || echo 'installed shoal-probe-apt';;
    --listfiles) printf '%s\\n' /etc/init.d/shoal-probe /lib/systemd/system/shoal-probe.service /lib/systemd/system/shoal-probe@.service;;
    esac`,
    );
    for (const name of ['systemctl', 'update-rc.d']) writeProgram(folder, name, record);
    await ensurePrograms([probe], { environment, uid: 0 });
    const install =
      'apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=120 shoal-probe-apt';
    assert.deepEqual(
      log().filter((line) => line !== 'systemctl daemon-reload'),
      [
        install,
        'apt-get update -o DPkg::Lock::Timeout=120',
        install,
        'policy 101',
        `policy for others ${before?.includes('exit 101') ? 101 : 0}`,
        'update-rc.d shoal-probe disable',
        'systemctl --root=/ disable shoal-probe.service',
      ],
    );
    assert.equal(existsSync(policy) ? readFileSync(policy, 'utf8') : undefined, before);
    assert.equal(existsSync(`${policy}.before-shoal`), false);
  },
);

test('a failed installation by root leaves the policy as before', rootOnly, async (t) => {
  const { folder, environment } = emptyMachine(t);
  const before = existsSync(policy) ? readFileSync(policy, 'utf8') : undefined;
  writeProgram(folder, 'apt-get', 'echo "E: Unable to locate package"; exit 100');
  writeProgram(folder, 'dpkg-query', 'echo "installed base-files"');
  await assert.rejects(ensurePrograms([probe], { environment, uid: 0 }), {
    message:
      /^apt-get could not install shoal-probe-apt \(exit code 100\): .*E: Unable to locate package. To try by hand: apt-get install/,
  });
  assert.equal(existsSync(policy) ? readFileSync(policy, 'utf8') : undefined, before);
});

test('the starter prints the refusal as one line and exits with 78', async (t) => {
  const { folder } = emptyMachine(t);
  writeProgram(folder, 'brew', 'exit 0');
  // Root would be refused by Homebrew and an ordinary user gets nothing from this one: either way nothing starts.
  const { exit } = runStarter(t, starterCommand, { env: { PATH: folder, TMPDIR: folder } });
  const { code, stdout, stderr } = await exit;
  assert.equal(stdout, '');
  assert.equal(code, isRoot ? 78 : 69);
  const [line = '', ...more] = stderr.trim().split('\n').toReversed();
  assert.match(line, /^servers: .*redis-server.*brew install redis/);
  assert.equal(more.length, isRoot ? 0 : 1);
});
