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
