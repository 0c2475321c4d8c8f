import { Channel, reportFailure } from '../../src/ipc/ipc.ts';

const channel = new Channel<{ readonly name: string }, Record<'pid' | 'never' | 'broken' | 'echo', unknown>>(
  process,
  {
    pid: () => process.pid,
    never: () => new Promise(() => {}),
    broken: () => Promise.reject(new Error('no luck today')),
    echo: askBack,
  },
);

async function askBack(): Promise<string> {
  return `the child asked: ${await channel.request('name', 5_000)}`;
}

if (process.argv[2] === 'notices') {
  channel.notifyServing(true);
  await reportFailure(process, 'out of fish');
}
