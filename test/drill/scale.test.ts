import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../helpers/processes.ts';
import { ruleFiles } from '../ops/rule-files.ts';
import { scaleDuration, scaleExpression, scaleRoutes, scaleRules } from './scale.ts';

const pace = { factor: 30, shortestMs: 6_000 };

test('durations, ranges and offsets are divided, thresholds and labels are not', () => {
  assert.deepEqual(
    ['30m', '1h30m', '0s', '1d'].map((text) => scaleDuration(text, 30)),
    ['60000ms', '180000ms', '1ms', '2880000ms'],
  );
  assert.throws(() => scaleDuration('five minutes', 30), /five minutes is no duration/);
  assert.equal(
    scaleExpression('rate(a{le="5m"}[5m]) > 60 and b offset 10m > c[1m] and shoal:x:ratio_rate5m > 1', pace),
    'rate(a{le="5m"}[10000ms]) > 60 and b offset 20000ms > c[6000ms] and shoal:x:ratio_rate5m > 1',
  );
});

test('no rule and no route keeps a wait of its own', () => {
  for (const file of ruleFiles) {
    const scaled = scaleRules(readFileSync(file, 'utf8'), pace);
    assert.doesNotMatch(scaled, /(?:for: |\[|offset )\d+[smhdwy]\b/, file);
  }
  const routes = scaleRoutes(readFileSync(path.join(root, 'alertmanager/alertmanager.yml'), 'utf8'), 30);
  assert.match(routes, /group_wait: 667ms\n {2}group_interval: 10000ms\n {2}repeat_interval: 1440000ms/);
  assert.doesNotMatch(routes, /(?:wait|interval): \d+[smhd]\b/);
});
