import { mentionOf, verbatim, type Say, type Speech } from '../../i18n/i18n.ts';
import { accentColor } from '../accent-color.ts';
import { defineCommand, type Command } from '../command.ts';
import { stringOption } from '../options.ts';
import { readGuildFigures, type GuildFigures } from './guild-figures.ts';
import { bar, lastDays } from './rules/chart.ts';
import { statsWords } from './stats-words.ts';

/** Of the longest bar. With it a line stays whole on a phone. */
const barWidth = 10;
const mostUsedMax = 5;

export const stats = defineCommand({
  name: 'stats',
  description: 'How lively this server is: messages and commands, day by day',
  guildOnly: true,
  options: {
    days: stringOption({
      description: 'How far back; default: 7 days',
      choices: [
        { name: '7 days', value: '7', names: { de: '7 Tage', fr: '7 jours', es: '7 días', ko: '7일' } },
        { name: '30 days', value: '30', names: { de: '30 Tage', fr: '30 jours', es: '30 días', ko: '30일' } },
      ],
    }),
  },
  async run(context) {
    const { db, guildId = '', speech, features } = context;
    const say = context.say(statsWords);
    const days = lastDays(Number(context.options.days ?? '7'), Date.now());
    const [color, figures] = await Promise.all([
      accentColor(context),
      readGuildFigures(db, guildId, days[0] ?? ''),
    ]);
    const known = new Set(features.flatMap(({ commands }) => commands.flatMap(places)));
    const uses = figures.uses.filter(({ command }) => known.has(command));
    const perDay = perDayOf(days, { ...figures, uses });
    const title = say('title', { days: days.length });
    const footer = { text: say('days') };
    const isEmpty = perDay.every((day) => day.messages + day.uses === 0);
    if (isEmpty) return context.reply({ embeds: [{ title, description: say('none'), color, footer }] });
    const description = [totals(say, perDay), say('columns'), chart(perDay, speech)].join('\n');
    const most = mostUsed(say, uses, speech);
    const fields = most === '' ? [] : [{ name: say('most'), value: most }];
    return context.reply({ embeds: [{ title, description, color, fields, footer }] });
  },
});

/** As `command_usage` names them. */
function places({ name, subcommands }: Command): string[] {
  return subcommands === undefined ? [name] : Object.keys(subcommands).map((part) => `${name} ${part}`);
}

interface Day {
  readonly day: string;
  readonly messages: number;
  readonly uses: number;
}

function perDayOf(days: readonly string[], figures: GuildFigures): Day[] {
  return days.map((day) => ({
    day,
    messages: figures.messages.find((each) => each.day === day)?.messages ?? 0,
    uses: sumOf(figures.uses.filter((each) => each.day === day)),
  }));
}

function sumOf(list: readonly { readonly uses: number }[]): number {
  return list.reduce((sum, { uses }) => sum + uses, 0);
}

type SayStats = Say<keyof typeof statsWords.texts.en>;

function totals(say: SayStats, perDay: readonly Day[]): string {
  const messages = perDay.reduce((sum, day) => sum + day.messages, 0);
  return say('totals', { messages, uses: sumOf(perDay) });
}

/** A code block, so that the columns stand below each other. */
function chart(perDay: readonly Day[], { locale }: Speech): string {
  const dates = new Intl.DateTimeFormat(locale, { month: '2-digit', day: '2-digit', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(locale);
  const max = Math.max(...perDay.map(({ messages }) => messages));
  const cells = perDay.map(({ day, messages, uses }) => ({
    date: dates.format(new Date(day)),
    bar: bar(messages, max, barWidth).padEnd(barWidth),
    messages: numbers.format(messages),
    uses: numbers.format(uses),
  }));
  const widest = Math.max(...cells.map((cell) => cell.messages.length));
  const widestUses = Math.max(...cells.map((cell) => cell.uses.length));
  const lines = cells.map(
    (cell) => `${cell.date} ${cell.bar} ${cell.messages.padStart(widest)} ${cell.uses.padStart(widestUses)}`,
  );
  return `\`\`\`\n${lines.join('\n')}\n\`\`\``;
}

function mostUsed(say: SayStats, uses: GuildFigures['uses'], speech: Speech): string {
  return [...Map.groupBy(uses, ({ command }) => command)]
    .map(([command, days]) => ({ command, uses: sumOf(days) }))
    .toSorted((a, b) => b.uses - a.uses || a.command.localeCompare(b.command))
    .slice(0, mostUsedMax)
    .map((each) => say('used', { command: verbatim(mentionOf(speech, each.command)), uses: each.uses }))
    .join('\n');
}
