import { time, type Vocabulary } from './pieces.ts';

export const korean: Vocabulary = {
  units: {
    second: '초',
    minute: '분',
    hour: '시간',
    day: '일',
    week: '주일?',
    month: '개월|달',
    year: '년',
  },
  one: '한',
  numbers: ['한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열', '열한', '열두'],
  today: '오늘',
  tomorrow: '내일(?!모레)',
  dayAfter: '(?:내일)?모레',
  weekdays: ['일요일', '월요일', '화요일', '수요일', '목요일', '금요일', '토요일'],
  months: ['1월', '2월', '3월', '4월', '5월', '6월', '7월', '8월', '9월', '10월', '11월', '12월'],
  parts: {
    morning: '오전|아침|새벽',
    noon: '정오|점심',
    afternoon: '오후',
    evening: '저녁',
    night: '밤',
    midnight: '자정',
  },
  next: '다음|오는',
  nextWeek: String.raw`다음\s*주`,
  nextMonth: String.raw`다음\s*달`,
  halfHour: String.raw`반\s*시간`,
  in: '뒤에?|후에?',
  at: '에',
  noise: '이번',
  spaced: false,
  rules: (number, valueOf) => [
    {
      source: String.raw`(${number})\s*시(?!간)(?:\s*(\d{1,2})\s*분|\s*(반))?`,
      read: ([, hour, minute, half]) => time(valueOf(hour), half === undefined ? Number(minute ?? 0) : 30),
    },
    {
      source: String.raw`(?:(\d{4})\s*년\s*)?(\d{1,2})\s*월\s*(\d{1,2})\s*일`,
      read: ([, year, month, day]) => ({
        is: 'date',
        ...(year !== undefined && { year: Number(year) }),
        month: Number(month),
        day: Number(day),
      }),
    },
    { source: '일주일', read: () => ({ is: 'span', count: 1, unit: 'week' }) },
    { source: '하루', read: () => ({ is: 'span', count: 1, unit: 'day' }) },
    { source: '이틀', read: () => ({ is: 'span', count: 2, unit: 'day' }) },
  ],
};
