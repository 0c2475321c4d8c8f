import { ComponentType } from 'discord-api-types/v10';
import type { WorldGuild } from '../world/guild.ts';
import { Refusal } from './refusal.ts';

/** A select menu, or whatever else offers several values, on a message or in a modal. */
export type Selectable = {
  readonly type: ComponentType;
  readonly custom_id?: string | undefined;
  readonly min_values?: number | null | undefined;
  readonly max_values?: number | null | undefined;
  readonly required?: boolean | null | undefined;
  readonly options?: readonly { readonly value: string }[] | undefined;
  readonly channel_types?: readonly number[] | null | undefined;
};

const types = ComponentType;

export const entitySelects: ReadonlySet<ComponentType> = new Set([
  types.UserSelect,
  types.RoleSelect,
  types.MentionableSelect,
  types.ChannelSelect,
]);

/** Throws `Refusal` where Discord's client would not let the member choose these values. */
export function checkSelection(select: Selectable, values: readonly string[], guild: WorldGuild): void {
  const { custom_id, min_values, max_values, required } = select;
  if (new Set(values).size < values.length) {
    throw new Refusal(`"${custom_id}": a value cannot be chosen twice: ${values.join(', ')}`);
  }
  const wrong = values.find((value) => !isOffered(select, value, guild));
  if (wrong !== undefined) throw new Refusal(`"${custom_id}" does not offer the value "${wrong}"`);
  if (values.length === 0 && required === false) return;
  const [least, most] = [min_values ?? 1, max_values ?? 1];
  if (values.length >= least && values.length <= most) return;
  throw new Refusal(`"${custom_id}" takes ${least} to ${most} values, not ${values.length}`);
}

function isOffered(select: Selectable, value: string, guild: WorldGuild): boolean {
  const { type, options } = select;
  if (options) return options.some((option) => option.value === value);
  if (type === types.ChannelSelect) return isChannel(select, value, guild);
  const isMember = guild.members.get(value) !== undefined;
  const isRole = guild.role(value) !== undefined;
  return (type !== types.RoleSelect && isMember) || (type !== types.UserSelect && isRole);
}

function isChannel({ channel_types }: Selectable, value: string, guild: WorldGuild): boolean {
  const channel = guild.channel(value);
  if (!channel) return false;
  return !channel_types?.length || channel_types.includes(channel.type);
}
