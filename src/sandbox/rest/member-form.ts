import { z } from 'zod';
import { fault } from '../forms/form.ts';
import { idSet, isoDate, snowflake } from '../forms/values.ts';

/** resources/guild.mdx, Modify Guild Member: a time-out lasts "up to 28 days". */
const longestTimeoutMs = 28 * 86_400_000;

const nick = z.string().max(32).nullish();

/** What the bot may say of itself. */
export const ownMemberForm = z.object({ nick });

export const memberForm = z.object({
  nick,
  roles: idSet(350).nullish(),
  mute: z.boolean().nullish(),
  deaf: z.boolean().nullish(),
  channel_id: snowflake.nullish(),
  communication_disabled_until: isoDate
    .superRefine((untilMs, context) => {
      if (untilMs - Date.now() > longestTimeoutMs)
        fault(context, [], 'DATETIME_TYPE_MAX', 'A time-out can last 28 days at most.');
    })
    .nullish(),
});

export type MemberForm = z.output<typeof memberForm>;
