import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { countMessages } from '../../src/features/activity/count-messages.ts';
import { Channel } from '../../src/ipc/ipc.ts';
import type { RequestsToShard } from '../../src/ipc/messages.ts';
import { eventually } from '../helpers/eventually.ts';
import { samplesOf } from '../helpers/samples.ts';

/** How far a bot is with what it was told, by its own account. */
export interface Work {
  /** Messages since its start. To ask it costs the bot milliseconds. */
  heard(): Promise<{ readonly done: number; readonly lost: number }>;
  /** Facts that PostgreSQL does not have yet, of messages and interactions. */
  waiting(): Promise<number>;
}

const answerMs = 30_000;

/** Of our shard process, which takes us for its manager. */
export function workOfShoal(bot: ChildProcess): Work {
  const channel = new Channel<RequestsToShard, object>(bot, {});
  const queue = () => channel.request('queue', answerMs);
  return {
    async heard() {
      const counters = samplesOf(await channel.request('metrics-text', answerMs), ['counter']);
      const events = (outcome: string) =>
        sum([...counters].map(([series, count]) => (series.startsWith(seriesOf(outcome)) ? count : 0)));
      const refused = sum((await queue()).map(({ deadLetters }) => deadLetters));
      return { done: events('done'), lost: events('failed') + events('shed') + refused };
    },
    waiting: async () => sum((await queue()).map(({ depth }) => depth)),
  };
}

/** Of the stock bot, which keeps nothing. */
export function workOfStock(bot: ChildProcess): Work {
  return {
    async heard() {
      bot.send('heard');
      const [done] = (await once(bot, 'message', { signal: AbortSignal.timeout(answerMs) })) as [number];
      return { done, lost: 0 };
    },
    waiting: async () => 0,
  };
}

export async function allWritten(work: Work): Promise<void> {
  await eventually('every fact is in PostgreSQL', async () => (await work.waiting()) === 0, 60_000);
}

function seriesOf(outcome: string): string {
  return `shoal_listener_events_total{listener="${countMessages.name}",outcome="${outcome}"`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
