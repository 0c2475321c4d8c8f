import { clip, defineWords } from '../i18n/i18n.ts';
import type { Asker } from './context.ts';
import { Refusal } from './feature.ts';
import { speechInZone } from './member-zone.ts';
import { offerTimes, readerOf } from './offer-times.ts';
import { stringOption } from './options.ts';
import { understand } from './rules/when.ts';

const minMs = 10_000;
const maxDays = 60;
/** `2h` is how long it lasts. */
const countedFirst = true;
const examples = ['1h', '12h', '1d', 'tomorrow 18:00', '3d', '7d'];

/** When something ends, as people say it, in the member's time zone. What is typed is shown as the bot understands it. */
export function endOption<Required extends boolean = false>(definition: {
  readonly description: string;
  readonly required?: Required;
}) {
  return stringOption<string, Required>({
    ...definition,
    maxLength: 60,
    complete: offerTimes({
      examples,
      countedFirst,
      fits: (endsMs, nowMs) => objection(endsMs, nowMs) === undefined,
    }),
  });
}

/** Throws a `Refusal` for what is no time, has passed, or is further away than anybody plans. */
export async function readEnd(
  context: Pick<Asker, 'say' | 'speech' | 'db' | 'user'>,
  text: string,
): Promise<Date> {
  const speech = await speechInZone(context);
  const nowMs = Date.now();
  const words = context.say(endWords);
  const understood = understand(text, { ...readerOf(speech, nowMs), countedFirst });
  if (understood === undefined) throw new Refusal(words('unclear', { text: clip(text, 60) }));
  const problem = objection(understood.dueMs, nowMs);
  if (problem !== undefined) throw new Refusal(words(problem, { seconds: minMs / 1_000, days: maxDays }));
  return new Date(understood.dueMs);
}

function objection(endsMs: number, nowMs: number): 'past' | 'soon' | 'far' | undefined {
  if (endsMs < nowMs) return 'past';
  if (endsMs < nowMs + minMs) return 'soon';
  return endsMs > nowMs + maxDays * 86_400_000 ? 'far' : undefined;
}

export const endWords = defineWords({
  en: {
    unclear:
      '“{text}” is not a time that I understand. Try `30m`, `2h`, `tomorrow 18:00`, or a date like `2026-12-24 18:00`.',
    past: 'That time is in the past. Please choose a time to come.',
    soon: 'Please give members at least {seconds} seconds.',
    far: 'That is too far away. Please choose a time within {days} days.',
  },
  de: {
    unclear:
      '„{text}“ verstehe ich nicht als Zeit. Versuche `30m`, `2h`, `morgen 18:00` oder ein Datum wie `2026-12-24 18:00`.',
    past: 'Diese Zeit ist schon vorbei. Bitte wähle eine, die noch kommt.',
    soon: 'Bitte gib den Mitgliedern mindestens {seconds} Sekunden.',
    far: 'Das ist zu weit weg. Bitte wähle eine Zeit innerhalb von {days} Tagen.',
  },
  fr: {
    unclear:
      'Je ne comprends pas « {text} » comme une durée. Essayez `30m`, `2h`, `demain 18:00` ou une date comme `2026-12-24 18:00`.',
    past: 'Ce moment est déjà passé. Veuillez en choisir un à venir.',
    soon: 'Veuillez laisser au moins {seconds} secondes aux membres.',
    far: 'C’est trop loin. Veuillez choisir un moment dans les {days} jours.',
  },
  es: {
    unclear:
      'No entiendo «{text}» como tiempo. Prueba `30m`, `2h`, `mañana 18:00` o una fecha como `2026-12-24 18:00`.',
    past: 'Ese momento ya pasó. Elige uno que aún esté por venir.',
    soon: 'Da a los miembros al menos {seconds} segundos.',
    far: 'Eso queda demasiado lejos. Elige un momento dentro de {days} días.',
  },
  ko: {
    unclear:
      '“{text}”은(는) 이해할 수 없는 시간이에요. `30m`, `2h`, `내일 18:00` 또는 `2026-12-24 18:00` 같은 날짜로 써 주세요.',
    past: '이미 지난 시간이에요. 앞으로 올 시간을 골라 주세요.',
    soon: '멤버에게 최소 {seconds}초는 주세요.',
    far: '너무 먼 시간이에요. {days}일 안의 시간을 골라 주세요.',
  },
});
