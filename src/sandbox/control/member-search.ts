import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id } from './shapes.ts';

const memberSight = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  kind: z.enum(['owner', 'moderator', 'member', 'bot']),
});

export type MemberSight = z.output<typeof memberSight>;

export const searchMembers = endpoint({
  method: 'GET',
  path: '/guilds/{guild_id}/members',
  summary:
    'Members of the guild whose user name or nickname begins with the query; without one, a few of all',
  input: z.strictObject({
    guild_id: id,
    query: z.string().max(100).default('').describe('A whole user id finds that member, too'),
    limit: z.coerce.number<number | string>().int().min(1).max(100).default(25),
  }),
  answer: z.array(memberSight).readonly(),
});
