import type { Command, Feature } from './feature.ts';
import { info } from './info/info.ts';
import { privacy } from './privacy/privacy.ts';
import { settings } from './settings/settings.ts';

/** Everything the bot does. A new feature is a folder and a line here. */
export const features: readonly Feature[] = [info, settings, privacy];

/** The gateway intents that `features` need together, as Discord's bit set. */
export function intentsOf(features: readonly Feature[]): number {
  return features.flatMap((feature) => feature.intents).reduce((bits: number, intent) => bits | intent, 0);
}

export function commandsOf(features: readonly Feature[]): Command[] {
  return features.flatMap((feature) => feature.commands);
}
