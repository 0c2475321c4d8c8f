import { clip, defineWords, type Speech } from '../i18n/i18n.ts';
import type { Asker } from './context.ts';
import { Refusal } from './feature.ts';
import { momentFrom, secondsFrom } from './moment.ts';
import { stringOption, type Complete } from './options.ts';

const minMs = 10_000;
const maxDays = 60;
const suggested = ['1h', '12h', '1d', '3d', '7d'];

/** When something ends: a duration, or a date in the guild's time zone. What is typed is shown as the bot understands it. */
export function endOption<Required extends boolean = false>(definition: {
  readonly description: string;
  readonly required?: Required;
}) {
  return stringOption<string, Required>({ ...definition, maxLength: 60, complete: offerEnds });
}

/** Throws a `Refusal` for what is no time, has passed, or is further away than anybody plans. */
export function readEnd({ say, speech }: Pick<Asker, 'say' | 'speech'>, text: string): Date {
  const nowMs = Date.now();
  const words = say(endWords);
  const endsMs = momentFrom(text, nowMs, speech.timeZone);
  if (endsMs === undefined) throw new Refusal(words('unclear', { text: clip(text, 60) }));
  if (endsMs < nowMs) throw new Refusal(words('past'));
  if (endsMs < nowMs + minMs) throw new Refusal(words('soon', { seconds: minMs / 1_000 }));
  if (endsMs > nowMs + maxDays * 86_400_000) throw new Refusal(words('far', { days: maxDays }));
  return new Date(endsMs);
}

const offerEnds: Complete = ({ typed, speech }) => {
  const nowMs = Date.now();
  const texts = typed.trim() === '' ? suggested : [typed];
  const offers = texts.flatMap((text) => {
    const endsMs = momentFrom(text, nowMs, speech.timeZone);
    if (endsMs === undefined || endsMs > nowMs + maxDays * 86_400_000) return [];
    return [{ name: clip(readable(text, endsMs, speech), 100), value: text }];
  });
  return Promise.resolve(offers);
};

function readable(text: string, endsMs: number, { locale, timeZone }: Speech): string {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const seconds = secondsFrom(text);
  const shown = date.format(endsMs);
  return seconds === undefined ? shown : `${durationIn(locale, seconds)} · ${shown}`;
}

/** In the largest unit that fits: `3 days`, `90 minutes`. */
function durationIn(locale: string, seconds: number): string {
  const [unit, size] =
    (
      [
        ['day', 86_400],
        ['hour', 3_600],
        ['minute', 60],
      ] as const
    ).find(([, size]) => seconds >= size && seconds % size === 0) ?? (['second', 1] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / size);
}

export const endWords = defineWords({
  en: {
    unclear:
      '“{text}” is not a time that I understand. Try `30m`, `2h`, `1d 12h`, or a date like `2026-12-24 18:00`.',
    past: 'That time has passed already. Please choose one that is still to come.',
    soon: 'Please give members at least {seconds} seconds.',
    far: 'That is too far away. Please choose a time within {days} days.',
  },
  de: {
    unclear:
      '„{text}“ verstehe ich nicht als Zeit. Versuche `30m`, `2h`, `1d 12h` oder ein Datum wie `2026-12-24 18:00`.',
    past: 'Diese Zeit ist schon vorbei. Bitte wähle eine, die noch kommt.',
    soon: 'Bitte gib den Mitgliedern mindestens {seconds} Sekunden.',
    far: 'Das ist zu weit weg. Bitte wähle eine Zeit innerhalb von {days} Tagen.',
  },
  fr: {
    unclear:
      'Je ne comprends pas « {text} » comme une durée. Essayez `30m`, `2h`, `1d 12h` ou une date comme `2026-12-24 18:00`.',
    past: 'Ce moment est déjà passé. Veuillez en choisir un à venir.',
    soon: 'Veuillez laisser au moins {seconds} secondes aux membres.',
    far: 'C’est trop loin. Veuillez choisir un moment dans les {days} jours.',
  },
  es: {
    unclear:
      'No entiendo «{text}» como tiempo. Prueba `30m`, `2h`, `1d 12h` o una fecha como `2026-12-24 18:00`.',
    past: 'Ese momento ya pasó. Elige uno que aún esté por venir.',
    soon: 'Da a los miembros al menos {seconds} segundos.',
    far: 'Eso queda demasiado lejos. Elige un momento dentro de {days} días.',
  },
  ko: {
    unclear:
      '“{text}”은(는) 이해할 수 없는 시간이에요. `30m`, `2h`, `1d 12h` 또는 `2026-12-24 18:00` 같은 날짜로 써 주세요.',
    past: '이미 지난 시간이에요. 앞으로 올 시간을 골라 주세요.',
    soon: '멤버에게 최소 {seconds}초는 주세요.',
    far: '너무 먼 시간이에요. {days}일 안의 시간을 골라 주세요.',
  },
});
