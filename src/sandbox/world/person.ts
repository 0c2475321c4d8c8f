import type { APIUser, UserFlags } from 'discord-api-types/v10';
import { userName } from './names.ts';

/** A human user; `random` makes the name. */
export function makePerson(id: string, random: () => number): APIUser {
  const username = userName(random);
  return {
    id,
    username,
    discriminator: '0',
    global_name: username.replace(/_.*/, '').replace(/^./, (first) => first.toUpperCase()),
    avatar: null,
    flags: 0 as UserFlags,
    public_flags: 0 as UserFlags,
    primary_guild: null,
  };
}
