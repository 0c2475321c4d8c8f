import type { APIChatInputApplicationCommandInteraction, APIInteraction } from 'discord-api-types/v10';
import { Refusal, type Command } from '../features/feature.ts';
import { WrongOption } from '../features/options.ts';
import { referenceId } from '../lib/reference-id.ts';
import { snowflakeTimeMs } from '../lib/snowflake.ts';
import { firstAnswerSeconds, interactionsTotal } from '../telemetry/interactions.ts';
import type { Logger } from '../telemetry/log.ts';
import { Answer } from './answer.ts';
import { createContext, readOptions, type Surroundings } from './command-context.ts';
import { findCommand, isChatCommand, type Found } from './command-lookup.ts';
import { runGuarded } from './deadline-guard.ts';
import type { Intake } from './intake.ts';
import { lackingPermissions } from './permissions.ts';
import { missingPermission, problemEmbed, problems, refusedRequest, type Problem } from './wording.ts';

export type Outcome = 'answered' | 'refused' | 'failed' | 'cancelled' | 'lost';

/** An interaction that was handled; `command` is a registered name or `unknown`. */
export interface Ended {
  readonly interaction: APIInteraction;
  readonly command: string;
  readonly outcome: Outcome;
  readonly shardId: number;
}

/** The way of every interaction: look it up, check it, run its handler inside the guard, and count and log how it ended. */
export class CommandRouter {
  readonly #commands: ReadonlyMap<string, Command>;
  readonly #surroundings: Surroundings;
  readonly #intake: Pick<Intake, 'admit' | 'answered'>;
  readonly #onEnded: (ended: Ended) => void;
  readonly #log: Logger;
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  /** Interactions taken since the process started. */
  handled = 0;

  constructor(options: {
    readonly commands: readonly Command[];
    readonly surroundings: Surroundings;
    readonly intake: Pick<Intake, 'admit' | 'answered'>;
    /** Must not throw, and returns at once. */
    readonly onEnded: (ended: Ended) => void;
    readonly log: Logger;
  }) {
    this.#commands = new Map(options.commands.map((command) => [command.name, command]));
    this.#surroundings = options.surroundings;
    this.#intake = options.intake;
    this.#onEnded = options.onEnded;
    this.#log = options.log;
  }

  /** Never rejects: whatever goes wrong is answered, counted and logged here. */
  handle(interaction: APIInteraction, shardId: number, replayed: boolean): Promise<void> {
    const done = this.#take(interaction, shardId, replayed).finally(() => this.#running.delete(done));
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
    if (!(await this.#intake.admit(interaction, shardId, replayed))) return;
    this.handled++;
    await this.#handle(interaction, shardId);
  }

  async #handle(interaction: APIInteraction, shardId: number): Promise<void> {
    const startedMs = performance.now();
    const reference = referenceId();
    const found = this.#find(interaction);
    const command = found?.label ?? 'unknown';
    const log = this.#log.child({
      reference,
      command,
      interaction: interaction.id,
      guild: interaction.guild_id,
      shard: shardId,
    });
    const answer = new Answer(this.#surroundings.api, interaction, found?.runnable.ephemeral === true, () =>
      this.#intake.answered(interaction.id),
    );
    let outcome: Outcome;
    try {
      outcome =
        isChatCommand(interaction) && found !== undefined
          ? await this.#run(interaction, found, answer, shardId, log, reference)
          : await refuse(answer, problems.unknownCommand, reference);
    } catch (error) {
      outcome = await explain(error, answer, reference, log);
    }
    this.#record(interaction, answer, command, outcome, startedMs, log);
    this.#onEnded({ interaction, command, outcome, shardId });
  }

  /** `undefined` also for a payload that is not what Discord documents: it is answered like an unknown command. */
  #find(interaction: APIInteraction): Found | undefined {
    try {
      return isChatCommand(interaction) ? findCommand(this.#commands, interaction) : undefined;
    } catch (error) {
      this.#log.error({ err: error }, 'an interaction with an odd payload');
      return undefined;
    }
  }

  async #run(
    interaction: APIChatInputApplicationCommandInteraction,
    found: Found,
    answer: Answer,
    shardId: number,
    log: Logger,
    reference: string,
  ): Promise<Outcome> {
    const problem = refusal(interaction, found);
    if (problem !== undefined) return refuse(answer, problem, reference);
    let options;
    try {
      options = readOptions(found.runnable.options, found.rawOptions);
    } catch (error) {
      if (error instanceof WrongOption) return refuse(answer, problems.wrongOption, reference);
      throw error;
    }
    const outcome = await runGuarded({
      answer,
      traits: found.runnable,
      createdAtMs: snowflakeTimeMs(interaction.id),
      stop: this.#stop.signal,
      run: (signal) =>
        found.runnable.run(
          createContext({
            surroundings: this.#surroundings,
            interaction,
            options,
            answer,
            signal,
            shardId,
            log,
          }),
        ),
    });
    if (outcome === 'cancelled') {
      await answer.finish({ embeds: [problemEmbed(problems.cancelled, reference)] });
      return 'cancelled';
    }
    if (!answer.given) throw new Error(`the handler of ${found.label} ended without an answer`);
    return 'answered';
  }

  #record(
    interaction: APIInteraction,
    answer: Answer,
    command: string,
    outcome: Outcome,
    startedMs: number,
    log: Logger,
  ): void {
    interactionsTotal.inc({ command, outcome });
    if (answer.firstAnswerAtMs === undefined) {
      // It was tried, and a successor shall not try again.
      this.#intake.answered(interaction.id);
    } else {
      firstAnswerSeconds.observe(
        Math.max(answer.firstAnswerAtMs - snowflakeTimeMs(interaction.id), 0) / 1000,
      );
    }
    log.info({ outcome, durationMs: Math.round(performance.now() - startedMs) }, 'interaction');
  }
}

function refusal(
  interaction: APIChatInputApplicationCommandInteraction,
  { command }: Found,
): Problem | undefined {
  if (command.guildOnly === true && interaction.guild_id === undefined) return problems.guildOnly;
  if (command.permissions === undefined) return undefined;
  const lacking = lackingPermissions(command.permissions, interaction.member?.permissions ?? '0');
  return lacking === '' ? undefined : missingPermission(lacking);
}

async function refuse(answer: Answer, problem: Problem, reference: string): Promise<Outcome> {
  await answer.finish({ embeds: [problemEmbed(problem, reference)] });
  return 'refused';
}

/** The member reads the handler's own refusal, or an apology for a failure of ours. */
async function explain(error: unknown, answer: Answer, reference: string, log: Logger): Promise<Outcome> {
  const refused = error instanceof Refusal;
  if (!refused) log.error({ err: error }, 'the interaction failed');
  try {
    const problem = refused ? refusedRequest(error.message) : problems.failed;
    await answer.finish({ embeds: [problemEmbed(problem, reference)] });
    return refused ? 'refused' : 'failed';
  } catch (error) {
    log.error({ err: error }, 'no answer reached Discord');
    return 'lost';
  }
}
