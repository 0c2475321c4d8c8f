import { fixtureTitle } from '../helpers/fixture-title.ts';
import { PermissionFlagsBits, TextInputStyle } from 'discord-api-types/v10';
import { setTimeout as delay } from 'node:timers/promises';
import { processEnvironment } from '../../src/config/config.ts';
import { shardConfig } from '../../src/config/shard.ts';
import { defineCommand, type Command } from '../../src/features/command.ts';
import { countMessages } from '../../src/features/activity/count-messages.ts';
import { messageCounts } from '../../src/features/activity/message-counts.ts';
import type { Feature } from '../../src/features/feature.ts';
import {
  booleanOption,
  channelOption,
  integerOption,
  stringOption,
  userOption,
} from '../../src/features/options.ts';
import { reportFailure } from '../../src/ipc/ipc.ts';
import { runMain } from '../../src/lib/run-main.ts';
import { runShard } from '../../src/shard/shard.ts';
import { componentFeature } from './component-fixture.ts';

/** A shard process with commands that behave well, slowly and badly. Its parent plays the manager. */
export const fixtureCommands: readonly Command[] = [
  defineCommand({
    name: 'echo',
    description: 'Every kind of option',
    options: {
      text: stringOption({ description: 'Text', required: true, maxLength: 20 }),
      pick: stringOption({ description: 'One of', choices: [{ name: 'Red', value: 'red' }] }),
      count: integerOption({ description: 'Whole', min: 1, max: 9 }),
      flag: booleanOption({ description: 'Yes or no' }),
      user: userOption({ description: 'Someone' }),
      channel: channelOption({ description: 'Somewhere' }),
    },
    async run({ reply, options: { text, pick, count, flag, user, channel } }) {
      const doubled: number | undefined = count === undefined ? undefined : count * 2;
      await reply(JSON.stringify({ text: text.toUpperCase(), pick, doubled, flag, user, channel }));
    },
  }),
  defineCommand({
    name: 'slow',
    description: 'Answers later than Discord waits',
    async run({ reply, signal }) {
      await delay(3_200, undefined, { signal });
      await reply('late but here');
    },
  }),
  defineCommand({
    name: 'stuck',
    description: 'Never ends by itself, and speaks when it is over',
    budgetMs: 300,
    async run({ reply, signal, log }) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      log.info('stuck was told to stop');
      await reply('too late');
    },
  }),
  defineCommand({
    name: 'patient',
    description: 'Waits until it is told to stop',
    budgetMs: 60_000,
    async run({ signal }) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  }),
  defineCommand({
    name: 'mutate',
    description: 'Changes something past its budget',
    mutates: true,
    budgetMs: 100,
    async run({ reply, signal }) {
      await delay(3_200);
      await reply(signal.aborted ? 'cut off' : 'changed');
    },
  }),
  defineCommand({
    name: 'boom',
    description: 'Fails',
    async run() {
      await Promise.reject(new Error('the boiler exploded'));
    },
  }),
  defineCommand({ name: 'mute', description: 'Ends without a word', run: async () => {} }),
  defineCommand({
    name: 'talk',
    description: 'Says more than once',
    ephemeral: true,
    async run(context) {
      await context.deferReply();
      await context.deferReply();
      await context.editReply('one');
      await context.editReply('two');
      await context.followUp('three');
      await context.reply('four').catch((error: unknown) => context.followUp(`refused: ${String(error)}`));
    },
  }),
  defineCommand({
    name: 'form',
    description: 'Opens a modal',
    modal: true,
    async run({ showModal }) {
      await showModal({
        custom_id: 'form',
        title: 'A form',
        components: [
          {
            type: 1,
            components: [{ type: 4, custom_id: 'name', label: 'Name', style: TextInputStyle.Short }],
          },
        ],
      });
    },
  }),
  defineCommand({
    name: 'slowform',
    description: 'Opens a modal too late',
    modal: true,
    async run({ signal }) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  }),
  defineCommand({
    name: 'staff',
    description: 'For those who may ban',
    permissions: PermissionFlagsBits.BanMembers,
    run: ({ reply }) => reply('welcome'),
  }),
  defineCommand({
    name: 'flood',
    description: 'Calls Discord as fast as it may, and tells how often',
    options: { seconds: integerOption({ description: 'How long', required: true }) },
    guildOnly: true,
    budgetMs: 60_000,
    async run({ api, reply, editReply, interaction, options: { seconds } }) {
      await reply('calling');
      const channels = await api.guilds.getChannels(interaction.guild_id ?? '');
      const end = performance.now() + seconds * 1_000;
      let calls = 0;
      const flood = async ({ id }: { readonly id: string }) => {
        for (; performance.now() < end; calls++) await api.channels.get(id);
      };
      await Promise.all([...channels, ...channels].map(flood));
      await editReply(`${calls} calls`);
    },
  }),
  defineCommand({
    name: 'guild',
    description: 'In servers only',
    guildOnly: true,
    async run({ reply, settings }) {
      await reply(`version ${(await settings.get()).version}`);
    },
  }),
];

/** Guilds, or what a test asks for. */
const intents = Number(process.env['FIXTURE_INTENTS'] ?? 1);
const fixture: Feature = {
  name: 'fixture',
  title: fixtureTitle,
  intents: [intents],
  // One member uses them far more often than anybody would.
  commands: fixtureCommands.map((command) => ({ ...command, limits: [] })),
  // Heard where a test asks for the intent.
  listeners: [countMessages],
  facts: [messageCounts],
};

if (process.argv[1] === import.meta.filename) {
  await runMain(
    'shard',
    (stop) => runShard(shardConfig(processEnvironment), [fixture, componentFeature], process, stop),
    {
      async report(reason) {
        await reportFailure(process, reason);
      },
    },
  );
}
