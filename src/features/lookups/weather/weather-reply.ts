import { verbatim } from '../../../i18n/i18n.ts';
import type { Found } from '../../../upstream/upstream.ts';
import type { Asker, ReplyBody } from '../../context.ts';
import { embedOf } from '../ask.ts';
import { conditionOf } from '../rules/condition.ts';
import { temperatureChart } from '../rules/temperature-chart.ts';
import { speedIn, temperatureIn, type WeatherUnits } from '../rules/weather-units.ts';
import { service, type Forecast } from './forecast.ts';
import { weatherWords } from './weather-words.ts';

/** The weather in words, and once more as a chart: beside the embed, since an image within it would lose what describes it. */
export async function weatherReply(
  context: Asker,
  place: string,
  found: Found<Forecast> & { readonly body: Forecast },
  units: WeatherUnits,
): Promise<ReplyBody> {
  const { current, daily, hourly } = found.body;
  const texts = textsIn(context.speech.locale, units);
  const embed = await embedOf(context, found, service, {
    title: context.say(weatherWords)('title', { place }),
    description: nowText(context, current, texts),
    url: 'https://open-meteo.com/',
    fields: daily.time.map((date, day) => ({
      name: texts.day(date),
      value: dayText(context, daily, day, texts),
      inline: true,
    })),
  });
  const known = hourly.temperature_2m.filter((value) => value !== null);
  if (known.length === 0) return { embeds: [embed] };
  const description = context.say(weatherWords)('chart', {
    low: verbatim(texts.temperature(Math.min(...known))),
    high: verbatim(texts.temperature(Math.max(...known))),
  });
  return {
    embeds: [embed],
    files: [{ name: 'temperatures.png', data: chartOf(found.body, units), description }],
  };
}

function chartOf({ daily, hourly }: Forecast, units: WeatherUnits): Buffer {
  const temperatures = hourly.temperature_2m.map((value) =>
    value === null ? null : temperatureIn(units.temperature, value),
  );
  // Of `2026-01-31` the day of the month, which every language writes alike.
  const days = daily.time.map((date) => String(Number(date.slice(8))));
  return temperatureChart(temperatures, days);
}

function nowText(context: Asker, current: Forecast['current'], texts: Texts): string {
  const say = context.say(weatherWords);
  const now = say('now', {
    temperature: verbatim(texts.temperature(current.temperature_2m)),
    condition: verbatim(say(conditionOf(current.weather_code))),
  });
  const more = say('more', {
    feels: verbatim(texts.temperature(current.apparent_temperature)),
    wind: verbatim(texts.speed(current.wind_speed_10m)),
    humidity: verbatim(texts.share(current.relative_humidity_2m)),
  });
  return `${now}\n${more}`;
}

function dayText(context: Asker, daily: Forecast['daily'], day: number, texts: Texts): string {
  const say = context.say(weatherWords);
  const [low, high] = [daily.temperature_2m_min[day], daily.temperature_2m_max[day]];
  const [code, rain] = [daily.weather_code[day], daily.precipitation_probability_max[day]];
  const lines = [
    typeof low === 'number' && typeof high === 'number'
      ? say('range', { low: verbatim(texts.temperature(low)), high: verbatim(texts.temperature(high)) })
      : '',
    typeof code === 'number' ? say(conditionOf(code)) : '',
    typeof rain === 'number' ? say('precipitation', { chance: verbatim(texts.share(rain)) }) : '',
  ];
  return lines.filter(Boolean).join('\n') || '–';
}

type Texts = ReturnType<typeof textsIn>;

/** Whole degrees and whole kilometres: a forecast knows no better. */
function textsIn(locale: string, units: WeatherUnits) {
  const measure = (unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 0, signDisplay: 'negative' });
  const [temperature, speed] = [measure(units.temperature), measure(units.speed)];
  const share = new Intl.NumberFormat(locale, { style: 'percent' });
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  return {
    temperature: (celsius: number) => temperature.format(temperatureIn(units.temperature, celsius)),
    speed: (kmh: number) => speed.format(speedIn(units.speed, kmh)),
    share: (percent: number) => share.format(percent / 100),
    /** Of the place's own calendar, whatever zone the reader is in. */
    day: (date: string) => day.format(new Date(`${date}T00:00Z`)),
  };
}
