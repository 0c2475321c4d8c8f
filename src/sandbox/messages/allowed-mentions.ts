import { AllowedMentionsTypes } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault } from '../forms/form.ts';
import { snowflake } from './component-parts.ts';

const { User, Role } = AllowedMentionsTypes;

/** resources/message.mdx, Allowed Mentions Object */
export const allowedMentionsForm = z
  .object({
    parse: z.array(z.enum(AllowedMentionsTypes)).nullish(),
    users: z.array(snowflake).max(100).nullish(),
    roles: z.array(snowflake).max(100).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine(({ parse, users, roles }, context) => {
    for (const [type, ids] of [
      [User, users],
      [Role, roles],
    ] as const) {
      if (!parse?.includes(type) || !ids?.length) continue;
      const message = `parse:["${type}"] and ${type}: [ids...] are mutually exclusive.`;
      fault(context, ['parse'], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message);
    }
  });

export type AllowedMentions = z.output<typeof allowedMentionsForm>;
