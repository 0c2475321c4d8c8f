import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { OptionForm } from '../commands/option-rules.ts';
import type { OptionValue } from '../control/interactions.ts';
import type { Scene } from '../driver/scene.ts';
import { anyOf, between } from './chance.ts';
import { someText } from './chat-text.ts';
import type { Language } from './languages.ts';
import { plausibleText } from './plausible-text.ts';
import { smallFile } from './small-file.ts';

const types = ApplicationCommandOptionType;

/** Who fills something in: where, in what language, and by what chance. */
export type Hand = { readonly scene: Scene; readonly language: Language; readonly random: () => number };

/** Members that somebody may think of. */
const acquaintances = 30;

/** Most people type small numbers. */
const usualMost = 100;

/** A value that a member may give for the option; `undefined` where the guild has nothing that fits. */
export function plausibleValue(option: OptionForm, hand: Hand): OptionValue | undefined {
  const { scene, random } = hand;
  if (option.choices?.length) return anyOf(random, option.choices)?.value;
  switch (option.type) {
    case types.String:
      return stringFor(option, hand);
    case types.Integer:
      return integerFor(option, random);
    case types.Number:
      return Math.round(integerFor(option, random) * 10) / 10;
    case types.Boolean:
      return random() < 0.5;
    case types.User:
      return someMember(scene, random);
    case types.Role:
      return someRole(scene, random);
    case types.Mentionable:
      return random() < 0.5 ? someMember(scene, random) : someRole(scene, random);
    case types.Channel:
      return someChannel(scene, option.channel_types, random);
    case types.Attachment:
      return smallFile(random);
    case types.Subcommand:
    case types.SubcommandGroup:
      return undefined;
    default:
      return option.type satisfies never;
  }
}

export function someMember({ guild }: Scene, random: () => number): string | undefined {
  return anyOf(random, guild.members.first(acquaintances))?.user.id;
}

export function someRole({ guild }: Scene, random: () => number): string | undefined {
  return anyOf(random, guild.roles)?.id;
}

export function someChannel(
  { guild }: Scene,
  channelTypes: readonly number[] | null | undefined,
  random: () => number,
): string | undefined {
  const fits = guild.channels.filter(({ type }) => !channelTypes?.length || channelTypes.includes(type));
  return anyOf(random, fits)?.id;
}

function stringFor({ name, description, min_length = 1, max_length = 100 }: OptionForm, hand: Hand): string {
  const text = plausibleText(`${name} ${description}`, hand.random);
  if (text !== undefined && text.length >= min_length && text.length <= max_length) return text;
  return someText(hand.language, min_length, Math.min(max_length, 100), hand.random);
}

function integerFor({ min_value, max_value }: OptionForm, random: () => number): number {
  const least = Math.ceil(min_value ?? Math.min(1, max_value ?? 1));
  return between(random, least, Math.floor(Math.min(max_value ?? Infinity, least + usualMost)));
}
