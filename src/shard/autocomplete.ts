import type { APIApplicationCommandAutocompleteInteraction } from 'discord-api-types/v10';
import { FIRST_ANSWER_MS } from '../../config/deadlines.ts';
import { clip } from '../i18n/i18n.ts';
import { aborted } from '../lib/aborted.ts';
import { autocompletesTotal } from '../telemetry/interactions.ts';
import type { Logger } from '../telemetry/log.ts';
import { noteInSpan } from '../telemetry/tracing.ts';
import type { Completion } from './command-route.ts';
import { askerOf, type Surroundings } from './context.ts';
import type { Limiter } from './limiter.ts';
import { speechOf } from './speech.ts';

/** Discord's limits (interactions/application-commands, "Application Command Option Choice Structure"). */
const choicesMax = 25;
const lengthMax = 100;

/** Answers an autocomplete interaction in time, at worst with nothing to choose. Never rejects. */
export async function offer(parts: {
  readonly interaction: APIApplicationCommandAutocompleteInteraction;
  /** By this host's clock. */
  readonly createdAtMs: number;
  readonly completion: Completion | undefined;
  readonly surroundings: Surroundings;
  readonly limiter: Pick<Limiter, 'take'>;
  readonly stop: AbortSignal;
  readonly log: Logger;
}): Promise<void> {
  const { interaction, surroundings, log } = parts;
  const command = parts.completion?.label ?? 'unknown';
  const leftMs = Math.min(Math.max(parts.createdAtMs + FIRST_ANSWER_MS - Date.now(), 0), FIRST_ANSWER_MS);
  const signal = AbortSignal.any([parts.stop, AbortSignal.timeout(leftMs)]);
  let outcome = 'answered';
  const given = await Promise.race([choices({ ...parts, signal }), aborted(signal)]).catch(
    (error: unknown) => {
      outcome = 'failed';
      log.error({ err: error, command }, 'nothing could be offered');
    },
  );
  if (signal.aborted) outcome = 'late';
  try {
    await surroundings.api.interactions.createAutocompleteResponse(interaction.id, interaction.token, {
      choices: given ?? [],
    });
  } catch (error) {
    outcome = 'failed';
    log.warn({ err: error, command }, 'what was offered did not reach Discord');
  }
  autocompletesTotal.inc({ command, outcome });
  noteInSpan(() => ({
    name: `autocomplete ${command}`,
    attributes: { 'shoal.command': command, 'shoal.outcome': outcome },
    error: outcome === 'answered' ? undefined : outcome,
  }));
}

/** What the member may not use is not completed either, and nobody types so fast that more than this is asked. */
const typingMax = { times: 30, withinMs: 10_000 };

async function choices({
  interaction,
  completion,
  surroundings,
  limiter,
  signal,
  log,
}: Parameters<typeof offer>[0] & { readonly signal: AbortSignal }) {
  if (completion === undefined) return [];
  const { label, command } = completion;
  const { guild_id: guildId } = interaction;
  const settings = guildId === undefined ? undefined : await surroundings.settings.get(guildId);
  const speech = speechOf(interaction, settings, surroundings);
  const asker = askerOf({ surroundings, interaction, settings, speech, signal, log });
  if (!(await asker.mayUse(command))) return [];
  const quotas = [{ subject: `user:${asker.user.id}`, ...typingMax }];
  const verdict = await limiter.take({ of: 'autocomplete', label, quotas, needsRedis: false });
  if (verdict.kind !== 'admitted') return [];
  const { typed, options } = completion;
  const offered = await completion.complete({ ...asker, typed, options });
  return offered
    .filter(({ value }) => value.length <= lengthMax)
    .slice(0, choicesMax)
    .map(({ name, value }) => ({ name: clip(name, lengthMax), value }));
}
