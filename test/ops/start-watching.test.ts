import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { runCommand } from '../../src/local/run-command.ts';
import { serviceVariables } from './debian-services.ts';
import { administered, commands } from './runbook-commands.ts';
import { without } from './programs.ts';

const [, ...packages] = (commands.find(({ text }) => text.startsWith('apt-get install'))?.text ?? '')
  .replace('apt-get ', '')
  .split(' ');

const ofServices = /^systemctl (?:restart|reload|enable --now) (.+)$|^journalctl -u (\S+) -n \d+$/;
const ofFiles = /^install (?:-d )?-o (\w+)(?: -m (\d+))? (?:\/dev\/stdin )?(\S+)$/;

describe('what the runbook does as root', () => {
  test('is done with systemctl, journalctl and install, in the forms that are looked at here', () => {
    assert.deepEqual(
      administered.filter((line) => !ofServices.test(line) && !ofFiles.test(line)),
      [],
    );
  });

  test('systemctl and journalctl name services of packages that it installs, or of the stores', () => {
    const lines = administered.filter((line) => ofServices.test(line));
    assert.ok(lines.length > 6, `only ${lines.length} found`);
    const known = [...packages, 'pgbouncer', 'redis-server', 'redis-server@state'];
    for (const line of lines) {
      const units = ofServices.exec(line)?.slice(1).join('').split(' ') ?? [];
      assert.deepEqual(
        units.filter((unit) => !known.includes(unit)),
        [],
        line,
      );
    }
  });

  test('each service has a file, and the links of the alerts their addresses', () => {
    for (const name of packages) assert.ok(serviceVariables(name)['ARGS'], name);
    assert.deepEqual(Object.keys(serviceVariables('prometheus')), ['ARGS', 'GRAFANA_URL', 'RUNBOOK_URL']);
  });

  test(
    'install makes folders and secrets for those who are to have them',
    { skip: userInfo().uid === 0 ? without('prometheus') : 'needs root' },
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'shoal-install-'));
      try {
        for (const parent of [
          'etc/prometheus',
          'etc/alertmanager',
          'etc/redis',
          'var/lib/prometheus/node-exporter',
        ])
          mkdirSync(path.join(folder, parent), { recursive: true });
        const lines = administered.filter((line) => ofFiles.test(line));
        assert.equal(lines.length, 5);
        for (const line of lines) {
          const [, owner = '', mode = '755', file = ''] = ofFiles.exec(line) ?? [];
          // The bot's user is the operator's to name.
          const user = owner === 'shoal' ? 'nobody' : owner;
          const here = line.replace(` ${file}`, ` ${folder}${file}`).replace(`-o ${owner}`, `-o ${user}`);
          const { code, output } = await runCommand('sh', ['-c', `echo not-a-secret | ${here}`], {
            environment: process.env,
          });
          assert.equal(code, 0, `${line}: ${output}`);
          const { uid, mode: bits } = statSync(folder + file);
          const { output: id } = await runCommand('id', ['-u', user], { environment: process.env });
          assert.deepEqual([uid, (bits & 0o777).toString(8)], [Number(id), mode], line);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
