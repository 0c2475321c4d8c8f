import { clip, verbatim } from '../../i18n/i18n.ts';
import { accentColor } from '../accent-color.ts';
import { defineSubcommand } from '../command.ts';
import { linkTo, shownTime } from '../discord-markup.ts';
import { staffWords } from './staff-words.ts';
import { openPolls } from './store.ts';

export const list = defineSubcommand({
  description: 'Show the polls that are open here',
  ephemeral: true,
  async run(context) {
    const { db, guildId = '0', say, reply } = context;
    const words = say(staffWords);
    const open = await db.query('polls.list', (sql) => openPolls(sql, guildId));
    if (open.length === 0) return reply(words('listEmpty'));
    const lines = open.map(({ question, channelId, messageId, closesAt }) =>
      words('listed', {
        // 25 lines of it, with their links, fit into an embed.
        question: clip(question, 45),
        link: verbatim(linkTo(guildId, channelId, messageId)),
        when: shownTime(closesAt, 'R'),
      }),
    );
    await reply({
      embeds: [
        {
          title: words('listTitle'),
          description: clip(lines.join('\n'), 4_096),
          color: await accentColor(context),
        },
      ],
    });
  },
});
