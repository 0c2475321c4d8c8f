import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { objection } from '../../src/features/remind/rules/limits.ts';
import { firstTime, nextTime, repeats, type Repeat } from '../../src/features/remind/rules/repeat.ts';
import { zoneNamed, zonesLike } from '../../src/features/rules/time-zone.ts';
import { plainText, understoodText } from '../../src/features/rules/understood-text.ts';
import { instantOf, wallTimeAt } from '../../src/features/rules/wall-clock.ts';
import { understand, type Reader } from '../../src/features/rules/when.ts';

type Language = Reader['language'];

/** A Saturday, 19:04:10 in Berlin. */
const now = '2026-11-21T18:04:10Z';

/** What is understood, as clocks in the zone show it. */
function read(text: string, language: Language = 'en', timeZone = 'Europe/Berlin', at = now) {
  const reader = { nowMs: Date.parse(at), timeZone, language, monthFirst: false };
  const understood = understand(text, reader);
  return understood && plainText(understood.dueMs, timeZone);
}

const phrases: Readonly<Record<Language, Readonly<Record<string, string | undefined>>>> = {
  en: {
    'in 2 hours': '2026-11-21 21:04:10',
    'In an hour and 15 minutes': '2026-11-21 20:19:10',
    'in half an hour': '2026-11-21 19:34:10',
    'in 1.5 hours': '2026-11-21 20:34:10',
    '1h30': '2026-11-21 20:34:10',
    '10m': '2026-11-21 19:14:10',
    'in 5 seconds': '2026-11-21 19:04:15',
    'in two weeks': '2026-12-05 19:04:10',
    'in 3 days at 8': '2026-11-24 08:00',
    'tomorrow 9am': '2026-11-22 09:00',
    'tomorrow 12am': '2026-11-22 00:00',
    'tomorrow 12 pm': '2026-11-22 12:00',
    'tomorrow evening at 8': '2026-11-22 20:00',
    'day after tomorrow at nine': '2026-11-23 09:00',
    tonight: '2026-11-21 21:00',
    noon: '2026-11-22 12:00',
    midnight: '2026-11-22 00:00',
    'at 9': '2026-11-22 09:00',
    '20:30': '2026-11-21 20:30',
    'next friday 18:00': '2026-11-27 18:00',
    'saturday 20:00': '2026-11-21 20:00',
    'saturday 18:00': '2026-11-28 18:00',
    'next saturday 20:00': '2026-11-28 20:00',
    'next week monday 10:00': '2026-11-23 10:00',
    'next month': '2026-12-21 19:04:10',
    '2026-12-24 18:00': '2026-12-24 18:00',
    '2026-12-24T18:00': '2026-12-24 18:00',
    'december 24th, 2027 at 6:30 pm': '2027-12-24 18:30',
    '24/12': '2026-12-24 09:00',
    'Thu 24 December': '2026-12-24 09:00',
    'feb 29': '2028-02-29 09:00',
    '6 in the evening': '2026-11-22 18:00',
    'tomorrow in the morning': '2026-11-22 09:00',
    'tomorrow at 8 in the evening': '2026-11-22 20:00',
    'half past 8': '2026-11-22 08:30',
    'half past eight in the evening': '2026-11-21 20:30',
    'quarter past 5': '2026-11-22 05:15',
    'tomorrow at a quarter to 5 pm': '2026-11-22 16:45',
    'quarter to 1 pm': '2026-11-22 12:45',
    'in an hour and a half': '2026-11-21 20:34:10',
    'in 2 and a half hours': '2026-11-21 21:34:10',
    '9': undefined,
    'half to 8': undefined,
    'in 9': undefined,
    hello: undefined,
    '': undefined,
    '30 february': undefined,
    '24/13': undefined,
    'tomorrow 25:00': undefined,
    'tomorrow 13pm': undefined,
    'tomorrow 9:75': undefined,
    'friday 24 december': undefined,
    'today tomorrow': undefined,
    'in 2 hours at 9': undefined,
    'tomorrow at 9 or 10': undefined,
  },
  de: {
    'in 2 Stunden': '2026-11-21 21:04:10',
    'in einer halben Stunde': '2026-11-21 19:34:10',
    'in zwanzig Minuten': '2026-11-21 19:24:10',
    'in einer Woche': '2026-11-28 19:04:10',
    'morgen um 9 Uhr': '2026-11-22 09:00',
    'morgen früh': '2026-11-22 09:00',
    'übermorgen 18:30': '2026-11-23 18:30',
    'heute Abend um 8': '2026-11-21 20:00',
    'Freitag Morgen': '2026-11-27 09:00',
    'nächsten Freitag 18 Uhr': '2026-11-27 18:00',
    'nächste Woche Montag': '2026-11-23 09:00',
    'halb neun': '2026-11-22 08:30',
    'halb 9': '2026-11-22 08:30',
    'Viertel nach 8': '2026-11-22 08:15',
    'morgen um Viertel vor 8 abends': '2026-11-22 19:45',
    'in 2 Std.': '2026-11-21 21:04:10',
    'in anderthalb Stunden': '2026-11-21 20:34:10',
    '9 Uhr 30': '2026-11-22 09:30',
    '24.12. 18:00': '2026-12-24 18:00',
    'am 1.2.2027 um 9.15 Uhr': '2027-02-01 09:15',
    '24. Dezember 2027': '2027-12-24 09:00',
    'tomorrow 9am': '2026-11-22 09:00',
  },
  fr: {
    'dans 2 heures': '2026-11-21 21:04:10',
    'dans 1h30': '2026-11-21 20:34:10',
    'dans une demi-heure': '2026-11-21 19:34:10',
    'dans une heure et demie': '2026-11-21 20:34:10',
    'dans 2 heures et demie': '2026-11-21 21:34:10',
    'demain à une heure et demie': '2026-11-22 01:30',
    'demain à 9h': '2026-11-22 09:00',
    'dans 2 jours à 9h30': '2026-11-23 09:30',
    'après-demain': '2026-11-23 09:00',
    'aujourd’hui à 21h': '2026-11-21 21:00',
    'à 3 heures de l’après-midi': '2026-11-22 15:00',
    'vendredi prochain 18 h 30': '2026-11-27 18:30',
    'lundi à 9 heures et demie': '2026-11-23 09:30',
    'la semaine prochaine': '2026-11-28 09:00',
    '24 décembre à 18h': '2026-12-24 18:00',
    '1er janvier': '2027-01-01 09:00',
  },
  es: {
    'en 2 horas': '2026-11-21 21:04:10',
    'dentro de media hora': '2026-11-21 19:34:10',
    'en una hora y media': '2026-11-21 20:34:10',
    'mañana a la una y media': '2026-11-22 01:30',
    'mañana a las 9': '2026-11-22 09:00',
    'mañana por la mañana': '2026-11-22 09:00',
    'pasado mañana a las 18:30': '2026-11-23 18:30',
    'esta noche': '2026-11-21 21:00',
    'a las 9 de la noche': '2026-11-21 21:00',
    'a las 9 y media': '2026-11-22 09:30',
    'el próximo viernes a las 18:00': '2026-11-27 18:00',
    'la semana que viene': '2026-11-28 09:00',
    '24 de diciembre de 2027': '2027-12-24 09:00',
  },
  ko: {
    '2시간 뒤': '2026-11-21 21:04:10',
    '30분 후에': '2026-11-21 19:34:10',
    '세 시간 뒤': '2026-11-21 22:04:10',
    '이틀 뒤': '2026-11-23 19:04:10',
    '일주일 뒤': '2026-11-28 19:04:10',
    '한 달 뒤': '2026-12-21 19:04:10',
    '내일 오전 9시': '2026-11-22 09:00',
    '모레 오후 3시 30분': '2026-11-23 15:30',
    '오늘 밤 11시': '2026-11-21 23:00',
    '금요일 저녁 7시 반': '2026-11-27 19:30',
    '다음 주 월요일 9시': '2026-11-23 09:00',
    '12월 24일 18시': '2026-12-24 18:00',
    '2026년 12월 24일 오후 6시': '2026-12-24 18:00',
    열두시: '2026-11-22 12:00',
  },
};

/** In UTC. */
function nineTomorrow(zone: string): string {
  const reader = { nowMs: Date.parse(now), timeZone: zone, language: 'en', monthFirst: false } as const;
  return new Date(understand('tomorrow 9am', reader)?.dueMs ?? NaN).toISOString();
}

/** What clocks in Berlin show, in UTC. */
function berlinAt(text: string): string {
  const wall = text.split(/[- :]/).map(Number);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = wall;
  return new Date(instantOf({ year, month, day, hour, minute, second: 0 }, 'Europe/Berlin')).toISOString();
}

describe('times in a member’s words', () => {
  for (const [language, expected] of Object.entries(phrases))
    test(`in ${language}`, () => {
      const understood = Object.keys(expected).map((text) => [text, read(text, language as Language)]);
      assert.deepEqual(Object.fromEntries(understood), expected);
    });

  test('are those of the member’s zone', () => {
    assert.equal(nineTomorrow('America/Los_Angeles'), '2026-11-22T17:00:00.000Z');
    assert.equal(nineTomorrow('Asia/Kolkata'), '2026-11-22T03:30:00.000Z');
    // There it is Sunday already.
    assert.equal(nineTomorrow('Asia/Seoul'), '2026-11-23T00:00:00.000Z');
    assert.equal(nineTomorrow('Pacific/Kiritimati'), '2026-11-22T19:00:00.000Z');
  });

  test('12/24 is read as the reader’s country writes it', () => {
    const reader = { nowMs: Date.parse(now), timeZone: 'UTC', language: 'en' } as const;
    const american = understand('12/24', { ...reader, monthFirst: true });
    assert.equal(american && plainText(american.dueMs, 'UTC'), '2026-12-24 09:00');
    assert.equal(understand('12/24', { ...reader, monthFirst: false }), undefined);
  });

  test('where the clock is changed: an hour that is missing comes later, one that comes twice is the first', () => {
    assert.equal(berlinAt('2027-03-28 02:30'), '2027-03-28T01:30:00.000Z');
    assert.equal(berlinAt('2027-03-28 01:59'), '2027-03-28T00:59:00.000Z');
    assert.equal(berlinAt('2026-10-25 02:30'), '2026-10-25T00:30:00.000Z');
    assert.equal(berlinAt('2026-10-25 03:00'), '2026-10-25T02:00:00.000Z');
  });

  test('a day is the same time on the clock, 24 hours are 24 hours', () => {
    const eve = '2027-03-27T17:00:00Z';
    assert.equal(read('in 1 day', 'en', 'Europe/Berlin', eve), '2027-03-28 18:00');
    assert.equal(read('in 24 hours', 'en', 'Europe/Berlin', eve), '2027-03-28 19:00');
  });

  test('what was understood is said in the reader’s language', () => {
    const nowMs = Date.parse(now);
    const tomorrow = Date.parse('2026-11-22T08:04:10Z');
    const text = (locale: string) => understoodText(tomorrow, nowMs, { locale, timeZone: 'Europe/Berlin' });
    assert.equal(text('en-GB'), 'Tomorrow, 09:04 (in 14 hours)');
    assert.equal(text('ko'), '내일, 오전 9:04 (14시간 후)');
    const far = understoodText(Date.parse('2027-12-24T17:00:00Z'), nowMs, {
      locale: 'de',
      timeZone: 'Europe/Berlin',
    });
    assert.equal(far, 'Freitag, 24. Dezember 2027, 18:00 (in 1 Jahr)');
  });

  test('only what is to come, and within five years', () => {
    assert.equal(objection(5, 5), 'past');
    assert.equal(objection(6, 5), undefined);
    assert.equal(objection(Date.parse('2032-01-01'), Date.parse(now)), 'tooFar');
  });
});

const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Seoul',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
);
/** From 2026 to 2031, whole seconds. */
const instant = fc.integer({ min: 1_767_225_600, max: 1_924_991_999 }).map((seconds) => seconds * 1_000);

describe('for any time', () => {
  test('what is written parses back, in every language', () => {
    const language = fc.constantFrom<Language>('en', 'de', 'fr', 'es', 'ko');
    fc.assert(
      fc.property(instant, zone, language, fc.boolean(), (ms, timeZone, reader, monthFirst) => {
        const text = plainText(ms, timeZone);
        const understood = understand(text, { nowMs: ms - 1, timeZone, language: reader, monthFirst });
        assert.ok(understood, text);
        // The second of an hour that comes twice reads as the first.
        assert.equal(plainText(understood.dueMs, timeZone), text);
        assert.ok(understood.dueMs <= ms);
      }),
    );
  });

  test('whatever is typed, it is a time or it is not, and never an error', () => {
    const words = fc.constantFrom(
      ...Object.values(phrases).flatMap((each) => Object.keys(each).flatMap((text) => text.split(' '))),
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 100 }),
      fc.array(words, { maxLength: 6 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(text, zone, (typed, timeZone) => {
        const nowMs = Date.parse(now);
        const found = understand(typed, { nowMs, timeZone, language: 'en', monthFirst: true });
        assert.ok(found === undefined || Number.isFinite(found.dueMs), typed);
      }),
      { numRuns: 500 },
    );
  });

  test('what repeats comes next after any moment, at the same time on the clock', () => {
    const repeat = fc.constantFrom<Repeat>(...repeats);
    const days = fc.integer({ min: 0, max: 1_500 });
    fc.assert(
      fc.property(instant, zone, repeat, days, (firstMs, timeZone, kind, later) => {
        const afterMs = firstMs + later * 86_400_000;
        const next = nextTime(kind, firstMs, afterMs, timeZone);
        assert.ok(next > afterMs);
        assert.ok(next - afterMs <= 367 * 86_400_000);
        const [first, then] = [wallTimeAt(firstMs, timeZone), wallTimeAt(next, timeZone)];
        const isSame = first.hour === then.hour && first.minute === then.minute;
        // Where the clock jumps over it, it is as much later.
        assert.ok(isSame || instantOf({ ...then, ...clock(first) }, timeZone) === next);
      }),
    );
  });
});

function clock({ hour, minute, second }: ReturnType<typeof wallTimeAt>) {
  return { hour, minute, second };
}

describe('what repeats', () => {
  const berlin = 'Europe/Berlin';
  const ms = (text: string) => understand(text, berlinReader)?.dueMs ?? NaN;
  const berlinReader: Reader = {
    nowMs: Date.parse('2026-01-01'),
    timeZone: berlin,
    language: 'en',
    monthFirst: false,
  };
  const times = (repeat: Repeat, first: string, count: number) => {
    const found = [firstTime(repeat, ms(first), berlin)];
    while (found.length < count) found.push(nextTime(repeat, found[0] ?? 0, found.at(-1) ?? 0, berlin));
    return found.map((at) => plainText(at, berlin));
  };

  test('keeps to the clock when that is changed', () => {
    assert.deepEqual(times('daily', '2027-03-27 09:00', 3), [
      '2027-03-27 09:00',
      '2027-03-28 09:00',
      '2027-03-29 09:00',
    ]);
    assert.deepEqual(times('daily', '2027-03-27 02:30', 3), [
      '2027-03-27 02:30',
      '2027-03-28 03:30',
      '2027-03-29 02:30',
    ]);
  });

  test('keeps the 31st, and 29 February', () => {
    assert.deepEqual(times('monthly', '2027-01-31 09:00', 4), [
      '2027-01-31 09:00',
      '2027-02-28 09:00',
      '2027-03-31 09:00',
      '2027-04-30 09:00',
    ]);
    assert.deepEqual(times('yearly', '2028-02-29 09:00', 3).slice(1), [
      '2029-02-28 09:00',
      '2030-02-28 09:00',
    ]);
  });

  test('on weekdays begins and goes on without weekends', () => {
    assert.deepEqual(times('weekdays', '2026-11-21 09:00', 6), [
      '2026-11-23 09:00',
      '2026-11-24 09:00',
      '2026-11-25 09:00',
      '2026-11-26 09:00',
      '2026-11-27 09:00',
      '2026-11-30 09:00',
    ]);
    assert.deepEqual(times('fortnightly', '2026-11-21 09:00', 2)[1], '2026-12-05 09:00');
    assert.deepEqual(times('weekly', '2026-11-21 09:00', 2)[1], '2026-11-28 09:00');
  });
});

test('durations in each language, whichever the member speaks', () => {
  for (const [text, seconds] of [
    ['90m', 5_400],
    ['1d 12h', 129_600],
    ['2 Stunden', 7_200],
    ['1 jour, 2 heures', 93_600],
    ['3 días', 259_200],
    ['2시간 30분', 9_000],
    ['1w', 604_800],
    ['2h', 7_200],
    ['2 heures', 7_200],
    ['2 horas', 7_200],
    ['18h', 64_800],
    ['1d12h', 129_600],
    ['2d6h', 194_400],
    ['1w2d', 777_600],
    ['2j6h', 194_400],
    ['1h30m15s', 5_415],
    ['10080m', 604_800],
    ['20000m', 1_200_000],
    ['90000s', 90_000],
    ['3일2시간', 266_400],
  ] as const)
    for (const language of ['en', 'de', 'fr', 'es', 'ko'] as const) {
      const reader = { nowMs: 5_000, timeZone: 'UTC', language, monthFirst: false, countedFirst: true };
      assert.deepEqual(understand(text, reader), { dueMs: 5_000 + seconds * 1_000, counted: true }, text);
    }
  for (const text of ['', 'soon', '5', 'h', '5 parsecs', '-5m', '1e9h', '9999999h', '999999y'])
    assert.equal(read(text), undefined, text);
  assert.equal(read('18h', 'fr'), '2026-11-22 18:00', 'elsewhere it is the time that French says so');
});

test('an hour with its minutes is a time of day in French and Spanish, also of an end', () => {
  for (const language of ['fr', 'es'] as const)
    for (const [text, expected] of [
      ['18h30', '2026-11-22 18:30'],
      ['21h00', '2026-11-21 21:00'],
      ['20h15', '2026-11-21 20:15'],
      ['20 h 15', '2026-11-21 20:15'],
    ] as const) {
      const reader = { nowMs: Date.parse(now), timeZone: 'Europe/Berlin', language, monthFirst: false };
      const understood = understand(text, { ...reader, countedFirst: true });
      assert.equal(understood && plainText(understood.dueMs, 'Europe/Berlin'), expected, text);
    }
});

test('time zones by whatever name people know them', () => {
  assert.equal(zoneNamed('Asia/Kolkata'), 'Asia/Kolkata');
  assert.equal(zoneNamed('asia/seoul'), 'Asia/Seoul');
  assert.equal(zoneNamed(' america/new york '), 'America/New_York');
  assert.equal(zoneNamed('utc'), 'UTC');
  for (const alias of [
    'Asia/Kolkata',
    'Asia/Ho_Chi_Minh',
    'US/Eastern',
    'EST5EDT',
    'Etc/GMT+5',
    'NZ-CHAT',
    'W-SU',
  ])
    for (const typed of [alias, alias.toLowerCase(), alias.toUpperCase()])
      assert.equal(zoneNamed(typed), alias, typed);
  assert.equal(zoneNamed('brazil/denoronha'), 'Brazil/DeNoronha');
  for (const wrong of ['', '+02:00', 'Berlin?', 'Mars/Base', 'Nowhere'])
    assert.equal(zoneNamed(wrong), undefined);
  assert.equal(zonesLike('new york', 'en')[0], 'America/New_York');
  assert.equal(zonesLike('berl', 'en')[0], 'Europe/Berlin');
  assert.equal(zonesLike('man', 'en')[0], 'America/Managua');
  assert.equal(zonesLike('', 'ko')[0], 'Asia/Seoul');
  for (const language of ['en', 'de', 'fr', 'es', 'ko'])
    for (const zone of zonesLike('', language)) assert.ok(zoneNamed(zone), zone);
});
