import { verbatim } from '../../i18n/i18n.ts';
import { defineSubcommand } from '../command.ts';
import type { AutocompleteContext } from '../context.ts';
import { Refusal } from '../feature.ts';
import { stringOption } from '../options.ts';
import { saveZone, speechInZone } from '../member-zone.ts';
import { zoneNamed, zonesLike } from '../rules/time-zone.ts';
import { words } from './words.ts';

/** Chosen instead of a zone: the server's, whichever that is. */
const servers = 'server';

export const timeZone = defineSubcommand({
  description: 'Shows or changes the time zone in which I read your times',
  ephemeral: true,
  mutates: true,
  options: {
    zone: stringOption({
      description: 'A city or a zone, like Europe/Berlin',
      maxLength: 64,
      complete: offerZones,
    }),
  },
  async run(context) {
    const { zone: given } = context.options;
    const say = context.say(words);
    if (given !== undefined) {
      const zone = given === servers ? undefined : zoneNamed(given);
      if (zone === undefined && given !== servers) throw new Refusal(say('zoneUnknown', { zone: given }));
      await saveZone(context, zone);
    }
    const speech = await speechInZone(context);
    const isOwn = speech !== context.speech;
    const time = verbatim(clock(speech.timeZone, speech.locale));
    await context.reply(say(isOwn ? 'zoneIs' : 'zoneServer', { zone: speech.timeZone, time }));
  },
});

async function offerZones(context: AutocompleteContext) {
  const { speech, typed } = context;
  const zones = zonesLike(typed, speech.language).map((zone) => ({
    name: `${zone} (${clock(zone, speech.locale)})`,
    value: zone,
  }));
  if (typed !== '') return zones;
  const zone = verbatim(speech.timeZone);
  return [{ name: context.say(words)('zoneServerChoice', { zone }), value: servers }, ...zones];
}

function clock(timeZone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' }).format();
}
