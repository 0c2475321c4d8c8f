import { andHalf, hourBefore, time, type Vocabulary } from './pieces.ts';

export const english: Vocabulary = {
  units: {
    second: 'seconds?|secs?|s',
    minute: 'minutes?|mins?|m',
    hour: 'hours?|hrs?|h',
    day: 'days?|d',
    week: 'weeks?|wks?|w',
    month: 'months?|mo',
    year: 'years?|yrs?|y',
  },
  one: 'an?',
  numbers: [
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
  ],
  more: { fifteen: 15, twenty: 20, thirty: 30 },
  today: 'today',
  tomorrow: 'tomorrow|tmrw?',
  dayAfter: '(?:the )?day after tomorrow',
  weekdays: [
    'sun(?:day)?',
    'mon(?:day)?',
    'tue(?:s|sday)?',
    'wed(?:nesday)?',
    'thu(?:r|rs|rsday)?',
    'fri(?:day)?',
    'sat(?:urday)?',
  ],
  months: [
    'jan(?:uary)?',
    'feb(?:ruary)?',
    'mar(?:ch)?',
    'apr(?:il)?',
    'may',
    'june?',
    'july?',
    'aug(?:ust)?',
    'sept?(?:ember)?',
    'oct(?:ober)?',
    'nov(?:ember)?',
    'dec(?:ember)?',
  ],
  parts: {
    morning: '(?:in the )?morning',
    noon: 'noon|midday',
    afternoon: '(?:in the )?afternoon',
    evening: '(?:in the )?evening',
    night: '(?:in the )?night',
    midnight: 'midnight',
  },
  next: 'next|coming',
  nextWeek: 'next week',
  nextMonth: 'next month',
  halfHour: 'half an hour|half hour',
  in: 'in|from now',
  at: 'at|@',
  noise: "on|the|of|this|and|o'clock",
  spaced: true,
  rules: (number, valueOf) => [
    {
      source: String.raw`(?:half past|(?:a )?quarter (past|to)) (${number})(?:\s*([ap])\.?m\.?)?`,
      read: ([, quarter, hour, half]) => {
        const given = valueOf(hour);
        const told =
          quarter === 'to' ? time(hourBefore(given) || 12, 45) : time(given, quarter === undefined ? 30 : 15);
        return half === undefined ? told : { ...told, half: half === 'a' ? 'am' : 'pm' };
      },
    },
    {
      source: String.raw`(?:an|(${number})) hours? and a half`,
      read: ([, hours]) => andHalf(hours === undefined ? 1 : valueOf(hours)),
    },
    { source: String.raw`(${number}) and a half hours?`, read: ([, hours]) => andHalf(valueOf(hours)) },
    {
      source: 'tonight',
      read: () => [
        { is: 'day', ahead: 0 },
        { is: 'part', part: 'night' },
      ],
    },
  ],
};
