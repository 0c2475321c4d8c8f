import { PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { clip } from '../../i18n/i18n.ts';
import type { Sql } from '../../db/db.ts';
import { defineSubcommand } from '../command.ts';
import { defineComponent } from '../component.ts';
import { confirmRow } from '../confirm-row.ts';
import type { CommandContext, ComponentContext } from '../context.ts';
import { Refusal } from '../feature.ts';
import { stringOption, type Complete } from '../options.ts';
import type { Poll } from './poll-row.ts';
import { staffWords } from './staff-words.ts';
import { closeNow, openPolls, readPoll } from './store.ts';

const confirming = { version: 1, answers: 'update', private: true } as const;

const confirm = defineComponent({
  ...confirming,
  name: 'poll.close',
  mutates: true,
  data: z.object({ poll: z.string() }),
  async run(context) {
    const { db, data, say, update } = context;
    const question = await db.transaction('polls.close-now', async (tx) => {
      const poll = await closable(context, tx, data.poll);
      await closeNow(tx, poll.id);
      return poll.question;
    });
    await update({ content: say(staffWords)('closing', { question }), components: [] });
  },
});

const keep = defineComponent({
  ...confirming,
  name: 'poll.keep',
  data: z.object({}),
  run: ({ say, update }) => update({ content: say(staffWords)('kept'), components: [] }),
});

export const closeComponents = [confirm, keep];

export const close = defineSubcommand({
  description: 'Close a poll now and show its result',
  ephemeral: true,
  options: {
    poll: stringOption({
      description: 'Which poll',
      required: true,
      maxLength: 100,
      complete: offerOpen(),
    }),
  },
  async run(context) {
    const { options, db, say, customId, reply } = context;
    const words = say(staffWords);
    const { id, question } = await db.query('polls.closable', (sql) => closable(context, sql, options.poll));
    const yes = { label: words('closeYes'), custom_id: customId(confirm, { poll: id }) };
    const no = { label: words('keep'), custom_id: customId(keep, {}) };
    await reply({ content: words('closeAsk', { question }), components: [confirmRow(yes, no)] });
  },
});

/** The open poll of this guild, if the member may close it; throws a `Refusal` otherwise. */
async function closable(
  { say, guildId, user, interaction }: CommandContext | ComponentContext,
  sql: Sql,
  value: string,
): Promise<Poll> {
  const words = say(staffWords);
  const poll = /^\d{1,19}$/.test(value) ? await readPoll(sql, value) : undefined;
  if (poll === undefined || poll.guildId !== guildId || poll.closedAt !== null)
    throw new Refusal(words('unknown'));
  if (poll.createdBy !== user.id && !mayManage(interaction.member?.permissions ?? '0'))
    throw new Refusal(words('notYours'));
  return poll;
}

function mayManage(permissions: string): boolean {
  const staff = PermissionFlagsBits.ManageMessages | PermissionFlagsBits.Administrator;
  return (BigInt(permissions) & staff) !== 0n;
}

function offerOpen(): Complete {
  return async ({ db, guildId = '0', typed }) => {
    const open = await db.read('polls.open', (sql) => openPolls(sql, guildId));
    return open
      .filter(({ question }) => question.toLowerCase().includes(typed.trim().toLowerCase()))
      .map(({ id, question }) => ({ name: clip(question, 100), value: id }));
  };
}
