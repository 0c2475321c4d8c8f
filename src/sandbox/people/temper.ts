import { languages, type Language } from './languages.ts';
import { anyOf, logNormal, randomOf } from './chance.ts';

/** What a member is like; it stays so for a seed. */
export type Temper = {
  /** How much they chat, run commands and react, beside others: few do most of it. */
  readonly chat: number;
  readonly commands: number;
  readonly reactions: number;
  /** The chance that they use a button, a menu or a modal that they are offered. */
  readonly curiosity: number;
  /** The chance that they type something wrong. */
  readonly slips: number;
  /** How many sentences they mostly write. */
  readonly verbosity: number;
  /** How long they mostly look at something before they do something, in milliseconds. */
  readonly thinkMs: number;
  readonly language: Language;
};

/** A guild has a language, which most of its members speak. */
export function temperOf(seed: number, userId: string, guildId: string): Temper {
  const random = randomOf(seed, userId, 1);
  const home = languageOf(seed, guildId);
  return {
    chat: logNormal(random, 1, 1.2),
    commands: logNormal(random, 1, 0.9),
    reactions: logNormal(random, 1, 1),
    curiosity: 0.3 + 0.6 * random(),
    slips: 0.08 * random(),
    verbosity: logNormal(random, 1, 0.5),
    thinkMs: logNormal(random, 2_500, 0.5),
    language: random() < 0.85 ? home : (anyOf(random, languages) ?? home),
  };
}

function languageOf(seed: number, guildId: string): Language {
  const random = randomOf(seed, guildId, 2);
  return random() < 0.55 ? languages[0] : (anyOf(random, languages) ?? languages[0]);
}
