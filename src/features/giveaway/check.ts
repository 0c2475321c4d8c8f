import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponent,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { defineComponent } from '../component.ts';
import type { ReplyBody } from '../context.ts';
import type { CustomId } from '../custom-id.ts';
import { checkText } from './check-text.ts';
import { speechOf, type Whole } from './giveaway-row.ts';
import { entrantsOf, readWhole } from './store.ts';
import { giveawayEmbed } from './view.ts';
import { giveawayWords } from './words.ts';

/** Everything that it takes to check the draws, for whoever asks. */
export const check = defineComponent({
  name: 'giveaway.check',
  version: 1,
  ephemeral: true,
  // Its file may be megabytes.
  limits: [
    { per: 'user', times: 3, withinSec: 30, whenRedisFails: 'local' },
    { per: 'guild', times: 10, withinSec: 60, whenRedisFails: 'local' },
  ],
  data: z.object({ giveaway: z.string() }),
  async run({ db, data, say, reply }) {
    const words = say(giveawayWords);
    const found = await db.query('giveaways.check', async (sql) => {
      const whole = await readWhole(sql, data.giveaway);
      return whole && { ...whole, ids: await entrantsOf(sql, data.giveaway) };
    });
    if (found === undefined || found.draws.length === 0) return reply(words('notDrawn'));
    const name = `giveaway-${found.giveaway.id}.txt`;
    await reply({
      content: words('checkFile'),
      files: [{ name, data: Buffer.from(await checkText(found)) }],
    });
  },
});

/** A giveaway that is over, with the button by which anybody can check its draw. */
export function endedGiveaway(whole: Whole, customId: CustomId): ReplyBody {
  const { giveaway, draws } = whole;
  const label = giveawayWords.in(speechOf(giveaway))('check');
  const custom_id = customId(check, { giveaway: giveaway.id });
  const row: APIActionRowComponent<APIButtonComponent> = {
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id }],
  };
  return { embeds: [giveawayEmbed(whole)], components: draws.length === 0 ? [] : [row] };
}
