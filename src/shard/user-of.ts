import type { APIInteraction } from 'discord-api-types/v10';
import type { Asker } from '../features/context.ts';

export function userOf(interaction: APIInteraction): Asker['user'] {
  const user = interaction.member?.user ?? interaction.user;
  if (user === undefined) throw new TypeError(`interaction ${interaction.id} has neither member nor user`);
  return { id: user.id, name: user.global_name ?? user.username };
}
