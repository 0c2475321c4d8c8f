import type { Part, Piece, Rule, Unit, Vocabulary } from './pieces.ts';

const clockUnits: readonly Unit[] = ['second', 'minute', 'hour'];

/** All that can be said in a language, in the order in which it is tried: what is longer or more special stands first. */
export function rulesOf(vocabulary: Vocabulary): readonly Rule[] {
  const words = numberWords(vocabulary);
  const named = words.map(([source]) => source).join('|');
  const number = String.raw`\d{1,4}|${named}`;
  const valueOf = (text = ''): number => {
    const word = words.find(([source]) => new RegExp(`^(?:${source})$`).test(text));
    return word?.[1] ?? Number(text.replace(',', '.'));
  };
  return [
    ...vocabulary.rules(number, valueOf),
    ...dates(vocabulary),
    ...spans(vocabulary, String.raw`\d{1,6}|${named}`, valueOf),
    ...times,
    ...days(vocabulary),
    ...markers(vocabulary),
    {
      source: String.raw`\d{1,2}|${named}`,
      read: ([hour]) => ({ is: 'time', hour: valueOf(hour), minute: 0, bare: true }),
    },
  ];
}

/** The longest first, so that "열두" is not read as "열". */
function numberWords({ numbers, more = {} }: Vocabulary): readonly (readonly [string, number])[] {
  return [...numbers.map((source, index) => [source, index + 1] as const), ...Object.entries(more)].toSorted(
    ([a], [b]) => b.length - a.length,
  );
}

function dates({ months }: Vocabulary): readonly Rule[] {
  const year = String.raw`(?:,?\s*(?:de\s+|del\s+)?(\d{4})(?![\d:]))?`;
  const written = (source: string, index: number): Rule[] => [
    {
      source: String.raw`(\d{1,2})(?:st|nd|rd|th|er|\.)?\s*(?:of\s+|de\s+)?(?:${source})\.?(?!\p{L})${year}`,
      read: ([, day, given]) => date(given, index + 1, day),
    },
    {
      source: String.raw`(?:${source})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:])${year}`,
      read: ([, day, given]) => date(given, index + 1, day),
    },
  ];
  return [
    {
      source: String.raw`(\d{4})-(\d{1,2})-(\d{1,2})`,
      read: ([, given, month, day]) => date(given, month, day),
    },
    {
      source: String.raw`(\d{4})[./]\s?(\d{1,2})[./]\s?(\d{1,2})\.?`,
      read: ([, given, month, day]) => date(given, month, day),
    },
    {
      source: String.raw`(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})?(?![\d:])`,
      read: ([, day, month, given]) => date(given, month, day),
    },
    ...months.flatMap(written),
  ];
}

function date(year: string | undefined, month: string | number | undefined, day: string | undefined): Piece {
  return {
    is: 'date',
    ...(year !== undefined && { year: Number(year) }),
    month: Number(month),
    day: Number(day),
  };
}

/** `12/24` is a day of December in the United States, and none elsewhere. */
export function slashDate(monthFirst: boolean): Rule {
  return {
    source: String.raw`(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?`,
    read: ([, a, b, year]) => (monthFirst ? date(year, a, b) : date(year, b, a)),
  };
}

function spans(
  { units, one, halfHour, nextMonth }: Vocabulary,
  number: string,
  valueOf: (text: string | undefined) => number,
): readonly Rule[] {
  const perUnit = Object.entries(units).map(([unit, source]): Rule => {
    const fraction = clockUnits.includes(unit as Unit) ? String.raw`\d{1,4}[.,]\d{1,2}|` : '';
    return {
      source: String.raw`(?:(${one})\s+|(${fraction}${number})\s*)(?:${source})`,
      joins: true,
      read: ([, single, count]) => ({
        is: 'span',
        count: single === undefined ? valueOf(count) : 1,
        unit: unit as Unit,
      }),
    };
  });
  return [
    { source: halfHour, read: () => ({ is: 'span', count: 30, unit: 'minute' }) },
    { source: nextMonth, read: () => ({ is: 'span', count: 1, unit: 'month' }) },
    {
      source: String.raw`(\d{1,3})h(\d{1,2})m?`,
      read: ([, hours, minutes]) => [
        { is: 'span', count: Number(hours), unit: 'hour' },
        { is: 'span', count: Number(minutes), unit: 'minute' },
      ],
    },
    ...perUnit,
  ];
}

const times: readonly Rule[] = [
  {
    source: String.raw`(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?\s*([ap])\.?m\.?`,
    read: ([, hour, minute = '0', second = '0', half]) => ({
      is: 'time',
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      half: half === 'a' ? 'am' : 'pm',
    }),
  },
  {
    source: String.raw`(\d{1,2}):(\d{2})(?::(\d{2}))?`,
    read: ([, hour, minute, second = '0']) => ({
      is: 'time',
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    }),
  },
];

function days({ dayAfter, today, tomorrow, parts, weekdays, nextWeek }: Vocabulary): readonly Rule[] {
  return [
    { source: nextWeek, read: () => ({ is: 'nextWeek' }) },
    ...Object.entries(parts).map(([part, source]): Rule => ({
      source,
      read: () => ({ is: 'part', part: part as Part }),
    })),
    ...[today, tomorrow, dayAfter].map((source, ahead): Rule => ({
      source,
      read: () => ({ is: 'day', ahead }),
    })),
    ...weekdays.map((source, weekday): Rule => ({
      source: String.raw`(?:${source})\.?`,
      read: () => ({ is: 'weekday', weekday }),
    })),
  ];
}

function markers(vocabulary: Vocabulary): readonly Rule[] {
  return (['next', 'in', 'at', 'noise'] as const).map((is) => ({
    source: vocabulary[is],
    read: () => ({ is }),
  }));
}
