import type { APIInteraction } from 'discord-api-types/v10';
import { Refusal } from '../features/feature.ts';
import type { Speech } from '../i18n/i18n.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Answer } from './answer.ts';
import type { Found } from './route.ts';
import { problemEmbed, type Problem } from './wording.ts';

export type Outcome = 'answered' | 'refused' | 'failed' | 'cancelled' | 'lost';

/** One interaction on its way. */
export interface Passage {
  readonly interaction: APIInteraction;
  readonly shardId: number;
  /** By this host's clock. */
  readonly createdAtMs: number;
  readonly arrivedAtMs: number;
  readonly found: Found;
  readonly answer: Answer;
  readonly reference: string;
  readonly log: Logger;
  /** By the member's client alone, until the settings of the guild are known. */
  speech: Speech;
}

export async function say(problem: Problem, { answer, reference, speech }: Passage): Promise<void> {
  await answer.finish({ embeds: [problemEmbed(problem, speech, reference)] });
}

export async function refuse(problem: Problem, passage: Passage): Promise<Outcome> {
  await say(problem, passage);
  return 'refused';
}

/** The member reads the handler's own refusal, or an apology for a failure of ours. */
export async function explain(error: unknown, passage: Passage): Promise<Outcome> {
  const refused = error instanceof Refusal;
  if (!refused) passage.log.error({ err: error }, 'the interaction failed');
  try {
    const problem: Problem = refused
      ? { problem: 'refused', reason: error.message, title: error.title }
      : { problem: 'failed' };
    await say(problem, passage);
    return refused ? 'refused' : 'failed';
  } catch (error) {
    passage.log.error({ err: error }, 'no answer reached Discord');
    return 'lost';
  }
}
