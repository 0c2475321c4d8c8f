import { Channel } from '../../src/ipc/ipc.ts';
import type { RequestsToManager } from '../../src/ipc/messages.ts';

const data = [
  { name: 'shoal_test', help: 'Help', type: 'gauge', aggregator: 'sum', values: [{ value: 1, labels: {} }] },
];

/** A shard process of another release: shard 0 knows no such request, shard 1 answers with data in place of text. */
export const channel = new Channel<RequestsToManager, { 'metrics-text'?(): unknown }>(
  process,
  process.env['SHARDS'] === '[0]' ? {} : { 'metrics-text': () => data },
);
