import { Channel, reportFailure } from '../../src/ipc/ipc.ts';

const channel = new Channel<
  { name(): string },
  { pid(): number; never(): null; broken(): null; echo(): string; greet(name: string): string }
>(process, {
  pid: () => process.pid,
  never: () => new Promise(() => {}),
  broken: () => Promise.reject(new Error('no luck today')),
  echo: askBack,
  greet: (name) => `hello ${name}`,
});

async function askBack(): Promise<string> {
  return `the child asked: ${await channel.request('name', 5_000)}`;
}

if (process.argv[2] === 'notices') {
  channel.notifyServing([0, 2]);
  await reportFailure(process, 'out of fish');
}

if (process.argv[2] === 'garbled') {
  const garbled: readonly object[] = [
    { shoal: 'beat' },
    { shoal: 'beat', beat: { lines: 'none' } },
    { shoal: 'beat', beat: { rssBytes: 1, lines: [{}] } },
    { shoal: 'serving', shardIds: 'perhaps' },
    { shoal: 'failed', reason: { of: 'state' } },
    { shoal: 'request', id: 'one', kind: 5 },
    { shoal: 'refusal' },
    { shoal: 'news from a later release' },
  ];
  for (const message of garbled) process.send?.(message);
  await reportFailure(process, 'that was all');
}
