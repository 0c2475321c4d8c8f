import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponent,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { refusalCode } from '../../discord/error-code.ts';
import { verbatim } from '../../i18n/i18n.ts';
import { defineComponent } from '../component.ts';
import type { ComponentContext, ReplyBody } from '../context.ts';
import type { CustomId } from '../custom-id.ts';
import { Refusal } from '../feature.ts';
import { Together } from '../together.ts';
import { Turns } from '../turns.ts';
import { changeEntries, type Entry, type EntryResult } from './entries.ts';
import { speechOf, type Giveaway, type Whole } from './giveaway-row.ts';
import { answerTooLate, endAgain } from './late-entry.ts';
import { giveawayEmbed } from './view.ts';
import { giveawayWords } from './words.ts';

/** Discord's code for a role that is gone (topics/opcodes-and-status-codes, "JSON"). */
const unknownRole = 10_011;

const turns = new Turns();
const together = new Together<Entry, EntryResult>();
const traits = { version: 1, answers: 'update', ephemeral: true, mutates: true } as const;
const data = z.object({ giveaway: z.string() });

const enter = defineComponent({
  ...traits,
  name: 'giveaway.enter',
  data,
  run: (context) => decide(context, true),
});
const leave = defineComponent({
  ...traits,
  name: 'giveaway.leave',
  data,
  run: (context) => decide(context, false),
});

export const entryComponents = [enter, leave];

/** The message of a giveaway that is open, with what members enter by. */
export function openGiveaway(whole: Whole, customId: CustomId): ReplyBody {
  const { id } = whole.giveaway;
  const say = giveawayWords.in(speechOf(whole.giveaway));
  const row: APIActionRowComponent<APIButtonComponent> = {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Primary,
        label: say('enter'),
        custom_id: customId(enter, { giveaway: id }),
      },
      {
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        label: say('leave'),
        custom_id: customId(leave, { giveaway: id }),
      },
    ],
  };
  return { embeds: [giveawayEmbed(whole)], components: [row] };
}

/** The answer is the message with the new count, so that no further call is made for it. */
async function decide(
  context: ComponentContext<{ readonly giveaway: string }>,
  entered: boolean,
): Promise<void> {
  const { interaction, db, user, customId, update, reply, say } = context;
  const words = say(giveawayWords);
  const entry = {
    giveawayId: context.data.giveaway,
    userId: user.id,
    entered,
    decision: interaction.id,
    messageId: interaction.message.id,
    roles: interaction.member?.roles ?? [],
  };
  const done = await together.add(entry.giveawayId, entry, (entries) =>
    db.transaction('giveaways.enter', (tx) => changeEntries(tx, entries)),
  );
  if (done === 'over') return answerTooLate(context);
  const { giveaway, entrants, outcome } = done;
  if (outcome === 'role') throw new Refusal(await roleRefusal(context, giveaway));
  if (outcome === 'same') return reply(words(entered ? 'alreadyIn' : 'notIn'));
  const shown = await turns.take(giveaway.id, Number(giveaway.revision), async () => {
    await update(openGiveaway({ giveaway, entrants, draws: [] }, customId));
    await endAgain(context);
  });
  if (!shown) await reply(words(entered ? 'entered' : 'left'));
}

async function roleRefusal(
  { api, say, log }: Pick<ComponentContext, 'api' | 'say' | 'log'>,
  { guildId, roleId }: Giveaway,
): Promise<string> {
  const words = say(giveawayWords);
  try {
    await api.guilds.getRole(guildId, String(roleId));
  } catch (error) {
    if (refusalCode(error) === unknownRole) return words('roleGone');
    log.warn({ err: error }, 'Discord does not say whether a role is there');
  }
  return words('needsRole', { role: verbatim(`<@&${roleId}>`) });
}
