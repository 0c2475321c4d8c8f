import { PermissionFlagsBits } from 'discord-api-types/v10';
import { clip } from '../../i18n/i18n.ts';
import { defineSubcommand } from '../command.ts';
import { Refusal } from '../feature.ts';
import { stringOption, type Complete } from '../options.ts';
import { staffWords } from './staff-words.ts';
import { closeNow, openPolls, readPoll } from './store.ts';

export const close = defineSubcommand({
  description: 'Close a poll now and show its result',
  ephemeral: true,
  mutates: true,
  options: {
    poll: stringOption({
      description: 'Which poll',
      required: true,
      maxLength: 100,
      complete: offerOpen(),
    }),
  },
  async run({ options, db, guildId, user, interaction, say, reply }) {
    const words = say(staffWords);
    const question = await db.transaction('polls.close-now', async (tx) => {
      const id = /^\d{1,19}$/.test(options.poll) ? options.poll : '0';
      const poll = await readPoll(tx, id);
      if (poll === undefined || poll.guildId !== guildId || poll.closedAt !== null)
        throw new Refusal(words('unknown'));
      if (poll.createdBy !== user.id && !mayManage(interaction.member?.permissions ?? '0'))
        throw new Refusal(words('notYours'));
      await closeNow(tx, poll.id);
      return poll.question;
    });
    await reply(words('closing', { question }));
  },
});

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
