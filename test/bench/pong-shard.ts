import { processEnvironment } from '../../src/config/config.ts';
import { shardConfig } from '../../src/config/shard.ts';
import { defineCommand } from '../../src/features/command.ts';
import type { Feature } from '../../src/features/feature.ts';
import { features } from '../../src/features/features.ts';
import { runMain } from '../../src/lib/run-main.ts';
import { countMessages } from '../../src/features/activity/count-messages.ts';
import { runShard } from '../../src/shard/shard.ts';
import { listenedTotal } from '../../src/telemetry/listeners.ts';
import { queueDeadLettersTotal, queueDepth } from '../../src/telemetry/write-queue.ts';
import { askForWork, type Work } from './work.ts';

/** The bot as it is, and a command that says as little as the stock bot does, with everything that every command passes. */
const bench: Feature = {
  name: 'bench',
  title: { en: 'Bench', de: 'Bench', fr: 'Bench', es: 'Bench', ko: 'Bench' },
  intents: [],
  words: { de: {}, fr: {}, es: {}, ko: {} },
  commands: [
    defineCommand({
      name: 'pong',
      description: 'Answers',
      // One member of each guild asks more often than anybody would, and a refusal would not be the answer.
      limits: [{ per: 'user', times: 1_000, withinSec: 1, whenRedisFails: 'local' }],
      run: ({ reply }) => reply('Pong'),
    }),
  ],
};

process.on('message', (message) => {
  if (message === askForWork) void tellWork();
});

await runMain('shard', (stop) =>
  runShard(shardConfig(processEnvironment), [...features, bench], process, stop),
);

async function tellWork(): Promise<void> {
  const { values: heard } = await listenedTotal.get();
  const of = (...outcomes: readonly string[]) =>
    sum(
      heard.filter(
        ({ labels }) => labels.listener === countMessages.name && outcomes.includes(String(labels.outcome)),
      ),
    );
  const dead = sum((await queueDeadLettersTotal.get()).values);
  const waiting = sum((await queueDepth.get()).values);
  process.send?.({ done: of('done'), lost: of('failed', 'shed') + dead, waiting } satisfies Work);
}

function sum(values: readonly { readonly value: number }[]): number {
  return values.reduce((total, { value }) => total + value, 0);
}
