import { ButtonStyle, ComponentType, type APIMessage } from 'discord-api-types/v10';
import type { Selectable } from '../driver/selection.ts';
import { anyOf, between } from './chance.ts';
import { someChannel, someMember, someRole, type Hand } from './plausible-value.ts';

const types = ComponentType;

/** A component that a member can use, and what they choose in it. */
export type Use = { readonly custom_id: string; readonly values?: readonly string[] };

type Part = Selectable & {
  readonly style?: number;
  readonly disabled?: boolean;
  readonly components?: readonly Part[];
  readonly accessory?: Part;
};

/** What a message offers that can be used now. */
export function offersOf({ components = [] }: APIMessage): Part[] {
  return (components as readonly Part[]).flatMap(withInner).filter(isUsable);
}

/** Uses one of the offers; `undefined` where there is nothing that could be chosen. */
export function useOf(offers: readonly Part[], hand: Hand): Use | undefined {
  const part = anyOf(hand.random, offers);
  if (part?.custom_id === undefined) return undefined;
  if (part.type === types.Button) return { custom_id: part.custom_id };
  const values = chosenIn(part, hand);
  return values && { custom_id: part.custom_id, values };
}

/** Values for a select menu, or whatever else offers several, as many as it asks for; `undefined` where they are too few. */
export function chosenIn(select: Selectable, hand: Hand): string[] | undefined {
  const { min_values, max_values, required } = select;
  const least = Math.max(min_values ?? 1, required === false ? 0 : 1);
  const wanted = between(hand.random, least, Math.max(least, Math.min(max_values ?? 1, least + 2)));
  const chosen = new Set<string>();
  for (let tries = 0; tries < wanted * 4 && chosen.size < wanted; tries += 1) {
    const value = valueIn(select, hand);
    if (value !== undefined) chosen.add(value);
  }
  return chosen.size < least ? undefined : [...chosen];
}

function valueIn({ type, options, channel_types }: Selectable, { scene, random }: Hand): string | undefined {
  if (options) return anyOf(random, options)?.value;
  if (type === types.ChannelSelect) return someChannel(scene, channel_types, random);
  if (type === types.RoleSelect) return someRole(scene, random);
  if (type === types.UserSelect || random() < 0.5) return someMember(scene, random);
  return someRole(scene, random);
}

function isUsable({ type, style, disabled, custom_id }: Part): boolean {
  if (custom_id === undefined || disabled === true) return false;
  return type !== types.Button || (style !== ButtonStyle.Link && style !== ButtonStyle.Premium);
}

function withInner(part: Part): Part[] {
  const { components = [], accessory } = part;
  return [part, ...[...components, ...(accessory ? [accessory] : [])].flatMap(withInner)];
}
