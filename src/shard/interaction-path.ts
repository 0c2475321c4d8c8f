import {
  InteractionType,
  type APIApplicationCommandAutocompleteInteraction,
  type APIInteraction,
} from 'discord-api-types/v10';
import { referenceId } from '../lib/reference-id.ts';
import type { GuildSettings } from '../settings/settings.ts';
import { countAnswer } from '../telemetry/answered-in-time.ts';
import { firstAnswerSeconds, interactionsTotal, ownAnswerSeconds } from '../telemetry/interactions.ts';
import type { Logger } from '../telemetry/log.ts';
import { inTrace, noteInSpan, type Work } from '../telemetry/tracing.ts';
import { Answer } from './answer.ts';
import { offer } from './autocomplete.ts';
import type { Completion } from './command-route.ts';
import { contextOf, type Surroundings } from './context.ts';
import { runGuarded } from './deadline-guard.ts';
import { gates, type Call } from './gates.ts';
import type { Intake } from './intake.ts';
import type { Limiter } from './limiter.ts';
import { explain, refuse, say, type Outcome, type Passage } from './passage.ts';
import type { Found, Route } from './route.ts';
import { Routes } from './routes.ts';
import { speechOf } from './speech.ts';
import type { Problem } from './wording.ts';

/** An interaction that was handled; `command` is a defined name or `unknown`. */
export interface Ended {
  readonly interaction: APIInteraction;
  readonly command: string;
  readonly outcome: Outcome;
  readonly shardId: number;
}

/** The way of every interaction: let it in, find what answers it, and inside the guard pass the gates and run the handler; count and log how it ended. */
export class InteractionPath {
  readonly #routes: Routes;
  readonly #surroundings: Surroundings;
  readonly #intake: Pick<Intake, 'admit' | 'answered'>;
  readonly #limiter: Pick<Limiter, 'take'>;
  readonly #onEnded: (ended: Ended) => void;
  readonly #log: Logger;
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  /** Interactions taken since the process started. */
  handled = 0;

  constructor(options: {
    readonly surroundings: Surroundings;
    readonly intake: Pick<Intake, 'admit' | 'answered'>;
    readonly limiter: Pick<Limiter, 'take'>;
    /** Must not throw, and returns at once. */
    readonly onEnded: (ended: Ended) => void;
    readonly log: Logger;
  }) {
    this.#routes = new Routes(options.surroundings.features, options.surroundings.customIds);
    this.#surroundings = options.surroundings;
    this.#intake = options.intake;
    this.#limiter = options.limiter;
    this.#onEnded = options.onEnded;
    this.#log = options.log;
  }

  /** Never rejects: whatever goes wrong is answered, counted and logged here. */
  handle(interaction: APIInteraction, shardId: number, replayed: boolean): Promise<void> {
    const done = inTrace(
      () => spanOf(interaction, shardId),
      () => ({}),
      () => this.#take(interaction, shardId, replayed),
    ).finally(() => this.#running.delete(done));
    this.#running.add(done);
    return done;
  }

  /** Cancels what is still running, each with a word to its member; what mutates goes on. */
  cancel(): void {
    this.#stop.abort();
  }

  /** Resolves when every interaction taken so far has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #take(interaction: APIInteraction, shardId: number, replayed: boolean): Promise<void> {
    const arrivedAtMs = Date.now();
    const createdAtMs = await this.#intake.admit(interaction, shardId, replayed);
    if (createdAtMs === undefined) return;
    if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
      await this.#offer(interaction, createdAtMs);
      return;
    }
    this.handled++;
    await this.#pass(this.#passage(interaction, shardId, { createdAtMs, arrivedAtMs }));
  }

  async #offer(
    interaction: APIApplicationCommandAutocompleteInteraction,
    createdAtMs: number,
  ): Promise<void> {
    await offer({
      interaction,
      createdAtMs,
      completion: this.#completion(interaction),
      limiter: this.#limiter,
      surroundings: this.#surroundings,
      stop: this.#stop.signal,
      log: this.#log.child({ interaction: interaction.id, guild: interaction.guild_id }),
    });
    this.#intake.answered(interaction.id);
  }

  #passage(
    interaction: APIInteraction,
    shardId: number,
    times: Pick<Passage, 'createdAtMs' | 'arrivedAtMs'>,
  ): Passage {
    const found = this.#find(interaction);
    const reference = referenceId();
    const log = this.#log.child({
      reference,
      command: found.label,
      interaction: interaction.id,
      guild: interaction.guild_id,
      shard: shardId,
    });
    const traits = {
      ephemeral: 'traits' in found && found.traits.ephemeral === true,
      updates: 'updates' in found && found.updates,
    };
    const answer = new Answer(this.#surroundings.api, interaction, traits, () =>
      this.#intake.answered(interaction.id),
    );
    const speech = speechOf(interaction, undefined, this.#surroundings);
    return { interaction, shardId, ...times, found, answer, reference, log, speech };
  }

  #completion(interaction: APIApplicationCommandAutocompleteInteraction): Completion | undefined {
    try {
      return this.#routes.completion(interaction);
    } catch (error) {
      this.#log.error({ err: error }, 'an autocomplete interaction with an odd payload');
      return undefined;
    }
  }

  /** A payload that is not what Discord documents is answered like an unknown command. */
  #find(interaction: APIInteraction): Found {
    try {
      return this.#routes.find(interaction);
    } catch (error) {
      this.#log.error({ err: error }, 'an interaction with an odd payload');
      return { label: 'unknown', problem: { problem: 'unknownCommand' } };
    }
  }

  async #pass(passage: Passage): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = await this.#run(passage);
    } catch (error) {
      outcome = await explain(error, passage);
    }
    this.#record(passage, outcome);
  }

  /** Nearly always at hand in L1. A guild whose settings no tier can tell is served by what needs none. */
  async #settings({ interaction, log }: Passage): Promise<GuildSettings | undefined> {
    if (interaction.guild_id === undefined) return undefined;
    try {
      return await this.#surroundings.settings.get(interaction.guild_id);
    } catch (error) {
      log.warn({ err: error }, 'an interaction without the settings of its guild');
      return undefined;
    }
  }

  async #run(passage: Passage): Promise<Outcome> {
    const { found, answer, createdAtMs } = passage;
    if ('problem' in found) return refuse(found.problem, passage);
    let objection: Problem | undefined;
    const outcome = await runGuarded({
      answer,
      traits: found.traits,
      createdAtMs,
      stop: this.#stop.signal,
      run: async (signal) => {
        objection = await this.#serve(passage, found, signal);
      },
    });
    if (outcome === 'cancelled') {
      await say({ problem: 'cancelled' }, passage);
      return 'cancelled';
    }
    if (objection !== undefined) return refuse(objection, passage);
    if (!answer.given) throw new Error(`the handler of ${found.label} ended without an answer`);
    return 'answered';
  }

  /** Passes the gates and runs the handler; resolves with the objection of a gate. */
  async #serve(passage: Passage, route: Route, signal: AbortSignal): Promise<Problem | undefined> {
    const { interaction, answer } = passage;
    const [settings] = await Promise.all([
      this.#settings(passage),
      this.#surroundings.commandIds.firstAsked(interaction.application_id),
    ]);
    const speech = speechOf(interaction, settings, this.#surroundings);
    passage.speech = speech;
    const { owners, features } = this.#surroundings;
    const limiter = this.#limiter;
    const call = { interaction, route, settings, speech, limiter, owners, features };
    const objection = await firstObjection(call);
    if (objection !== undefined || signal.aborted) return objection;
    const context = contextOf({ ...passage, surroundings: this.#surroundings, settings, speech, signal });
    await route.run(context, (reply) => answer.update(reply));
    return undefined;
  }

  #record(passage: Passage, outcome: Outcome): void {
    const { interaction, found, answer, createdAtMs, arrivedAtMs, shardId, reference, log } = passage;
    const { label: command } = found;
    interactionsTotal.inc({ command, outcome });
    countAnswer({ inTime: outcome === 'answered' || outcome === 'refused' });
    if (answer.firstAnswerAtMs === undefined) {
      // It was tried, and a successor shall not try again.
      this.#intake.answered(interaction.id);
    } else {
      firstAnswerSeconds.observe(Math.max(answer.firstAnswerAtMs - createdAtMs, 0) / 1000);
      ownAnswerSeconds.observe(Math.max(answer.firstAnswerAtMs - arrivedAtMs, 0) / 1000);
    }
    noteInSpan(() => ({
      name: `interaction ${command}`,
      attributes: {
        'shoal.command': command,
        'shoal.outcome': outcome,
        'shoal.reference': reference,
      },
      error: outcome === 'failed' || outcome === 'lost' ? outcome : undefined,
    }));
    log.info({ outcome, durationMs: Math.max(Date.now() - arrivedAtMs, 0) }, 'interaction');
    this.#onEnded({ interaction, command, outcome, shardId });
  }
}

/** Its name grows by the command's, once that is found. */
function spanOf({ guild_id: guild }: APIInteraction, shardId: number): Work {
  return {
    name: 'interaction',
    kind: 'server',
    attributes: { 'shoal.guild.id': guild, 'shoal.shard.id': shardId },
  };
}

async function firstObjection(call: Call): Promise<Problem | undefined> {
  for (const gate of gates) {
    const problem = await gate(call);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
