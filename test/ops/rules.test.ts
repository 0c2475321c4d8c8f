import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { runCommand } from '../../src/local/run-command.ts';
import { survivors } from './mutants.ts';
import { programPath, without } from './programs.ts';
import { alertNames, alerts, prometheusFolder, readTests, recordNames, testFiles } from './rule-files.ts';

const skip = without('promtool');

async function promtool(...args: readonly string[]): Promise<void> {
  const { code, output } = await runCommand(programPath('promtool'), args, { environment: process.env });
  assert.equal(code, 0, output);
}

describe('the alerts', () => {
  test('promtool takes the configuration, and every rule with it', { skip }, async () => {
    await promtool('check', 'config', path.join(prometheusFolder, 'prometheus.yml'));
  });

  test('all cases pass', { skip }, async () => {
    await promtool('test', 'rules', ...testFiles);
  });

  test('every alert has a case that fires it, by each of its rules, and one that does not', () => {
    const checks = readTests().flatMap(({ tests }) => tests.flatMap((each) => each.alert_rule_test ?? []));
    const lacking = alerts.flatMap(({ alert, labels = {} }) => {
      const own = checks.filter(({ alertname }) => alertname === alert);
      const fires = own.some(({ exp_alerts: expected }) =>
        expected.some(({ exp_labels: seen }) =>
          Object.entries(labels).every(([key, value]) => seen[key] === value),
        ),
      );
      // The watchdog has no such case by its nature.
      const silent = alert === 'Watchdog' || own.some(({ exp_alerts: expected }) => expected.length === 0);
      return fires && silent ? [] : [`${alert} ${JSON.stringify(labels)}`];
    });
    assert.deepEqual(lacking, []);
    const unknown = checks.filter(({ alertname }) => !alertNames.includes(alertname));
    assert.deepEqual(unknown, []);
  });

  test('every alert says how bad it is, what was measured, and where to look', () => {
    for (const { alert, labels = {}, annotations = {} } of alerts) {
      assert.match(labels['severity'] ?? '', /^(critical|warning|none)$/, alert);
      assert.ok(labels['part'], `${alert} has no part`);
      assert.deepEqual(Object.keys(annotations), ['summary', 'description', 'dashboard', 'runbook'], alert);
      assert.match(annotations['description'] ?? '', /\{\{ \$value/, alert);
      assert.match(
        annotations['dashboard'] ?? '',
        /^\{\{ \$externalLabels\.grafana \}\}\/d\/shoal-[a-z]+$/,
        alert,
      );
      assert.equal(annotations['runbook'], `{{ $externalLabels.runbook }}#${alert.toLowerCase()}`);
    }
  });

  // All alerts: alerts.ops.ts.
  test('some of them, changed anywhere, fail their cases', { skip }, async () => {
    assert.deepEqual(await survivors(['ShardDown', 'BreakerOpen', 'JobsFailing']), []);
  });

  test('every recorded series, changed anywhere, fails its cases', { skip }, async () => {
    assert.deepEqual(await survivors(recordNames), []);
  });
});
