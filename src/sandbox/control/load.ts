import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** Members who run one command at a steady rate. */
const loadForm = z.strictObject({
  rate: z.number().positive().max(50_000).describe('Interactions a second'),
  seconds: z.number().positive().max(240),
  command: z.string().min(1).describe('As in runCommand; one that needs no options'),
  guilds: z
    .int()
    .min(1)
    .max(1_000)
    .default(1)
    .describe('They come from so many of the oldest guilds in turn'),
});

const latency = z.number().nullable();

/** Latency is from when an interaction was due to its first answer; null where none was answered. */
const loadReport = z.object({
  sent: z.int(),
  answered: z.int(),
  failed: z.int(),
  answeredPerSecond: z.int().describe('From the start to the last answer'),
  p50Ms: latency.describe('From when an interaction was due to its first answer; null where there was none'),
  p99Ms: latency,
});

export type LoadForm = z.output<typeof loadForm>;
export type LoadRequest = z.input<typeof loadForm>;
export type LoadReport = Readonly<z.output<typeof loadReport>>;

export const load = endpoint({
  method: 'POST',
  path: '/load',
  summary:
    'Runs a command at a steady rate, whatever becomes of it, until every interaction was answered or failed',
  input: loadForm,
  answer: loadReport,
});
