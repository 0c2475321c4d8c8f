import { z } from 'zod';
import { faultForm } from './fault-forms.ts';

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A week. */
const longestMs = 7 * unitMs.d;

const durationWanted = 'must be a number with its unit: 500ms, 30s, 10m, 6h, 1d';
const duration = z
  .string(durationWanted)
  .regex(/^\d{1,9}(\.\d{1,3})?(ms|s|m|h|d)$/, durationWanted)
  .transform(readDuration)
  .refine((ms) => ms > 0 && ms <= longestMs, 'must be more than 0 and at most 7d');

const perSecond = z.number('must be a number, or { from, to }').min(0).max(10_000);
const rate = z.union([perSecond, z.strictObject({ from: perSecond, to: perSecond })], {
  error: 'must be a number from 0 to 10000, or { from, to } with two of them',
});

/** What people do; `interactions` are commands, and what members do with what the bot shows them of its own accord. */
export const actKinds = ['messages', 'interactions', 'reactions', 'edits', 'joins', 'leaves'] as const;
export type ActKind = (typeof actKinds)[number];

const where = z
  .strictObject({
    guilds: z.int().min(1).max(50_000).optional().describe('At most so many'),
    share: z.number().gt(0).max(1).optional().describe('Of all guilds'),
  })
  .describe('Guilds drawn by the seed; default: all');

const event = z.strictObject({
  at: duration.describe('After the phase began'),
  fault: faultForm.describe('Its own times are not sped up'),
});

const phase = z.strictObject({
  for: duration,
  rates: z
    .strictObject({
      messages: rate.optional(),
      interactions: rate.optional(),
      reactions: rate.optional(),
      edits: rate.optional(),
      joins: rate.optional(),
      leaves: rate.optional(),
    })
    .describe('A second'),
  who: z
    .union([z.enum(['everyone', 'newcomers']), z.strictObject({ few: z.int().min(1).max(50) })], {
      error: 'must be everyone, newcomers, or { few: 3 }',
    })
    .default('everyone')
    .describe('Newcomers joined in this run; few are so many of each guild'),
  says: z.enum(['small-talk', 'raid', 'flood']).default('small-talk'),
  accounts: z.enum(['fresh', 'old']).default('old').describe('Of those who join'),
  commands_like: z
    .array(z.string().min(2))
    .min(1)
    .optional()
    .describe('Members prefer commands whose names or descriptions have one of these words'),
  where: where.optional(),
  events: z.array(event).max(100).default([]),
});

/** A scenario: phases, one after the other. */
export const planForm = z.strictObject({
  title: z.string().min(1).max(100),
  description: z.string().max(1_000).default(''),
  speed: z.number().gt(0).max(100_000).default(1).describe('60: an hour passes in a minute'),
  per_guilds: z
    .int()
    .min(1)
    .optional()
    .describe(
      'Rates are for so many guilds, and follow the number that takes part; default: they are as they are',
    ),
  where: where.optional(),
  phases: z.array(phase).min(1).max(100),
});

export type Plan = z.output<typeof planForm>;
export type PlanRequest = z.input<typeof planForm>;
export type Phase = Plan['phases'][number];
export type RateForm = z.output<typeof rate>;

function readDuration(text: string): number {
  const [, number = '', unit = ''] = /^([\d.]+)([a-z]+)$/.exec(text) ?? [];
  return Number(number) * unitMs[unit as keyof typeof unitMs];
}
