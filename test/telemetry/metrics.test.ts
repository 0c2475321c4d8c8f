import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { joinMetrics, mergeMetrics } from '../../src/telemetry/merge-metrics.ts';
import { metricsAsText } from '../../src/telemetry/metrics-text.ts';

function family(name: string, kind: 'counter' | 'gauge', ...samples: readonly string[]): string {
  return [
    `# HELP ${name} Some help`,
    `# TYPE ${name} ${kind}`,
    ...samples.map((each) => `${name}${each}`),
    '',
  ].join('\n');
}

/** A counter and a gauge of shard 0. */
function textOf(total: number, now: number): string {
  return (
    family('shoal_a_total', 'counter', `{shard="0"} ${total}`) +
    family('shoal_b', 'gauge', `{shard="0"} ${now}`)
  );
}

describe('the metrics of a process as text', () => {
  test('a series is written the same way whoever counted first; what is no number is left out', () => {
    const values = [
      { value: 1, labels: { shard: '0', tier: 'l1', name: 'a"b\\c\nd' } },
      { value: Number.NaN, labels: { shard: '0', name: 'later' } },
    ];
    const metric = { name: 'shoal_test', help: 'Help', type: 'gauge', aggregator: 'sum', values };
    const text = metricsAsText([metric] as unknown as Parameters<typeof metricsAsText>[0], ['shard']);
    assert.equal(
      text,
      String.raw`# HELP shoal_test Help
# TYPE shoal_test gauge
shoal_test{name="a\"b\\c\nd",tier="l1",shard="0"} 1
`,
    );
  });
});

describe('the metrics of several processes', () => {
  test('stay apart by their labels in one text, each family in one piece', () => {
    const text = joinMetrics([
      family('shoal_a_total', 'counter', '{shard="0"} 3') + family('shoal_b', 'gauge', '{shard="0"} 1'),
      family('shoal_b', 'gauge', '{shard="1"} 2') + family('shoal_a_total', 'counter', '{shard="1"} 4'),
    ]);
    assert.equal(
      text,
      family('shoal_a_total', 'counter', '{shard="0"} 3', '{shard="1"} 4') +
        family('shoal_b', 'gauge', '{shard="0"} 1', '{shard="1"} 2'),
    );
  });

  test('of two releases that say it in other words are one family, in the words of the first', () => {
    const other = family('shoal_a_total', 'counter', '{shard="1"} 4').replace(
      /(?<=# HELP ).*/,
      'shoal_a_total Anew',
    );
    assert.equal(
      joinMetrics([family('shoal_a_total', 'counter', '{shard="0"} 3'), other]),
      family('shoal_a_total', 'counter', '{shard="0"} 3', '{shard="1"} 4'),
    );
  });

  test('of one shard are added up where they count, and are those of the present process where they do not', () => {
    const text = mergeMetrics([
      { text: textOf(5, 50), gauges: false },
      { text: textOf(2, 20), gauges: true },
    ]);
    assert.equal(text, textOf(7, 20));
  });

  test('of a process that says something else are left out, and disturb no other', () => {
    const good = family('shoal_a_total', 'counter', '{shard="0"} 3');
    const odd = ['', '[{"name":"x"}]', '# TYPE\n{} x\nshoal_a_total\n', '# HELP x\n'];
    assert.equal(mergeMetrics([...odd, good].map((text) => ({ text, gauges: true }))), good);
    assert.equal(joinMetrics([...odd, good]), good);
  });
});
