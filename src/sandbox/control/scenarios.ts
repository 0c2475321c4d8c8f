import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { planForm } from './scenario-forms.ts';
import { id, nothing } from './shapes.ts';

const figures = z.object({
  due: z.int().describe('By now; every one was sent or refused'),
  sent: z.int(),
  refused: z.int().describe('Discord’s client or API would not have it'),
  answered: z.int().describe('Of interactions: within 3 s'),
  failed: z.int().describe('Of interactions: not within 3 s'),
  late: z.int().describe('Begun more than 250 ms after they were due'),
});

export type Figures = z.output<typeof figures>;

const scenarioSight = z.object({
  id: z.int(),
  name: z.string().describe('Of the built-in scenario; else the plan’s title'),
  title: z.string(),
  state: z.enum(['running', 'over', 'stopped', 'failed']),
  error: z.string().nullable().describe('Why it failed'),
  seed: z.int(),
  speed: z.number(),
  guilds: z.int().describe('That take part'),
  newcomers: z.int().describe('Members who joined'),
  phase: z.int().describe('From 0'),
  phases: z.int(),
  elapsedMs: z.number().describe('Of the scenario’s own time'),
  totalMs: z.number(),
  figures: z.object({
    messages: figures,
    interactions: figures,
    reactions: figures,
    edits: figures,
    joins: figures,
    leaves: figures,
  }),
});

export type ScenarioSight = z.output<typeof scenarioSight>;

export const listScenarios = endpoint({
  method: 'GET',
  path: '/scenarios',
  summary: 'The scenarios that can be started by name',
  input: nothing,
  answer: z
    .array(
      z.object({
        name: z.string(),
        title: z.string(),
        description: z.string(),
        speed: z.number(),
        totalMs: z.number().describe('Of its own time; divide by the speed'),
      }),
    )
    .readonly(),
});

const startForm = z.strictObject({
  name: z.string().optional().describe('Of a built-in scenario; either this or `plan`'),
  plan: planForm.optional(),
  guild_ids: z
    .array(id)
    .min(1)
    .max(50_000)
    .optional()
    .describe('Who takes part; default: what the plan says'),
  speed: z.number().gt(0).max(100_000).optional().describe('Default: the plan’s own'),
  seed: z.int().min(0).max(999_999_999).default(1),
});

export type StartScenarioForm = z.output<typeof startForm>;
export type StartScenarioRequest = z.input<typeof startForm>;

export const startScenario = endpoint({
  method: 'POST',
  path: '/scenarios/start',
  summary: 'Starts a scenario; it ends by itself, and several may run at once',
  input: startForm,
  answer: scenarioSight,
});

export const stopScenarios = endpoint({
  method: 'POST',
  path: '/scenarios/stop',
  summary: 'Stops one scenario, or all that run',
  input: z.strictObject({ id: z.int().optional().describe('Default: all') }),
  answer: z.object({ stopped: z.int() }),
});

export const runningScenarios = endpoint({
  method: 'GET',
  path: '/scenarios/running',
  summary: 'The scenarios that run and the latest that ended, with their figures, the oldest first',
  input: nothing,
  answer: z.array(scenarioSight).readonly(),
});
