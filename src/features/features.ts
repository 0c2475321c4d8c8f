import type { PersonalTable } from '../db/personal-table.ts';
import { personalTables } from '../privacy/privacy.ts';
import type { AnyLookup } from '../upstream/upstream.ts';
import type { Command } from './command.ts';
import type { Feature } from './feature.ts';
import { activity } from './activity/activity.ts';
import { giveaway } from './giveaway/giveaway.ts';
import { info } from './info/info.ts';
import { lookups } from './lookups/lookups.ts';
import { poll } from './poll/poll.ts';
import { privacy } from './privacy/privacy.ts';
import { remind } from './remind/remind.ts';
import { settings } from './settings/settings.ts';

/** Everything the bot does. A new feature is a folder and a line here. */
export const features: readonly Feature[] = [
  info,
  settings,
  lookups,
  remind,
  poll,
  giveaway,
  activity,
  privacy,
];

/** The gateway intents that `features` need together, as Discord's bit set. */
export function intentsOf(features: readonly Feature[]): number {
  return features.flatMap((feature) => feature.intents).reduce((bits: number, intent) => bits | intent, 0);
}

/** Every table that holds a person's id. */
export function personalTablesOf(features: readonly Feature[]): readonly PersonalTable[] {
  return personalTables(features.flatMap((feature) => feature.personalTables ?? []));
}

export function lookupsOf(features: readonly Feature[]): readonly AnyLookup[] {
  return features.flatMap((feature) => feature.lookups ?? []);
}

export function commandsOf(features: readonly Feature[]): Command[] {
  return features.flatMap((feature) => feature.commands);
}
