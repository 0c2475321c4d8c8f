import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mergeMetrics } from '../../src/telemetry/telemetry.ts';

function counter(shard: string, value: number) {
  return {
    name: 'shoal_test_total',
    help: 'A counter',
    type: 'counter',
    aggregator: 'sum',
    values: [{ value, labels: { shard } }],
  };
}

describe('the metrics of several processes', () => {
  test('stay apart by their labels in one text', async () => {
    const text = await mergeMetrics([[counter('0', 3)], [counter('1', 4)]]);
    assert.equal(
      text.trim(),
      [
        '# HELP shoal_test_total A counter',
        '# TYPE shoal_test_total counter',
        'shoal_test_total{shard="0"} 3',
        'shoal_test_total{shard="1"} 4',
      ].join('\n'),
    );
  });
});
