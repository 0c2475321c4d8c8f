import { defineCommand } from '../../command.ts';
import type { Asker } from '../../context.ts';
import { stringOption } from '../../options.ts';
import { ask, notFound } from '../ask.ts';
import { lookupLimits } from '../limits.ts';
import { choosePlace, placeLabel, searchedName } from '../rules/place.ts';
import { customaryUnits, imperial, metric } from '../rules/weather-units.ts';
import { cities, completeCity } from './cities.ts';
import { forecast, service } from './forecast.ts';
import { weatherReply } from './weather-reply.ts';
import { weatherWords } from './weather-words.ts';

export const weather = defineCommand({
  name: 'weather',
  description: 'The weather now and in the next days',
  limits: lookupLimits,
  options: {
    city: stringOption({
      description: 'A city, like Berlin or Paris, Texas',
      required: true,
      maxLength: 100,
      complete: completeCity,
    }),
    units: stringOption({
      description: 'Which units; if left out, those that are usual in your language',
      choices: [
        {
          name: 'Celsius, km/h',
          value: 'metric',
          names: { de: 'Celsius, km/h', fr: 'Celsius, km/h', es: 'Celsius, km/h', ko: '섭씨, km/h' },
        },
        {
          name: 'Fahrenheit, mph',
          value: 'imperial',
          names: { de: 'Fahrenheit, mph', fr: 'Fahrenheit, mph', es: 'Fahrenheit, mph', ko: '화씨, mph' },
        },
      ],
    }),
  },
  async run(context) {
    const { city, units } = context.options;
    const place = await placeOf(context, city);
    const found = await ask(context, forecast, place, { service });
    if (found.body === undefined) throw notFound(context, context.say(weatherWords)('noForecast'));
    const measured =
      units === undefined ? customaryUnits(context.speech.locale) : { metric, imperial }[units];
    await context.reply(
      await weatherReply(context, placeLabel(place), { ...found, body: found.body }, measured),
    );
  },
});

/** Throws a `Refusal` for a city that does not exist. */
async function placeOf(context: Asker, city: string) {
  const name = searchedName(city);
  const query = { name, language: context.speech.language };
  const results = name === '' ? [] : ((await ask(context, cities, query, { service })).body?.results ?? []);
  const place = choosePlace(city, results);
  if (place !== undefined) return place;
  const say = context.say(weatherWords);
  const others = results.slice(0, 5).map(placeLabel).join(' · ');
  throw notFound(context, others === '' ? say('noCity', { city }) : say('otherCities', { city, others }));
}
