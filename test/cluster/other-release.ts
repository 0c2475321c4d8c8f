import { Channel } from '../../src/ipc/ipc.ts';
import type { RequestsToManager } from '../../src/ipc/messages.ts';

const data = [
  { name: 'shoal_test', help: 'Help', type: 'gauge', aggregator: 'sum', values: [{ value: 1, labels: {} }] },
];

/** What a shard process of another release answers: shard 0 only what the release before this one knew, shard 1 data in place of text. */
export const channel = new Channel<RequestsToManager, { metrics?(): unknown; 'metrics-text'?(): unknown }>(
  process,
  process.env['SHARDS'] === '[0]' ? { metrics: () => data } : { 'metrics-text': () => data },
);
