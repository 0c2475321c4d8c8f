import type { GatewayIntentBits } from 'discord-api-types/v10';
import type { PersonalTable } from '../db/personal-table.ts';
import type { Language } from '../i18n/i18n.ts';
import type { FactKind } from '../queue/fact.ts';
import type { AnyLookup } from '../upstream/upstream.ts';
import type { Command } from './command.ts';
import type { CommandWords } from './command-words.ts';
import type { Component, Modal } from './component.ts';
import type { JobDefinition } from './job.ts';
import type { Listener } from './listener.ts';

/** A slice of what the bot does: it is added by one folder and one line in `features.ts`. */
export interface Feature {
  readonly name: string;
  /** What members call it. */
  readonly title: Readonly<Record<Language, string>>;
  /** What it needs from the gateway; the bot asks for the union over all features. */
  readonly intents: readonly GatewayIntentBits[];
  readonly commands: readonly Command[];
  /** Guild staff cannot switch it off: what a guild is run with, and what members have a right to. */
  readonly alwaysOn?: true;
  /** What its commands are called in the other languages. */
  readonly words?: CommandWords;
  /** Its buttons, selects and modals. One that is taken out is answered with a word of regret. */
  readonly components?: readonly (Component | Modal)[];
  /** What the jobs process does for it. */
  readonly jobs?: readonly JobDefinition[];
  /** What it hears of the gateway. */
  readonly listeners?: readonly Listener[];
  /** What it writes through the write queue. */
  readonly facts?: readonly FactKind<never>[];
  /** What its commands look up in external services (`context.lookUp`). */
  readonly lookups?: readonly AnyLookup[];
  /** Its tables that hold a person's id. */
  readonly personalTables?: readonly PersonalTable[];
}

/**
 * Thrown by a handler for a request that makes no sense: the member reads `message`, privately and with a reference id.
 * Not for failures of ours; a service that is away is no failure of ours.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** Instead of "That does not work". */
  readonly title: string | undefined;

  constructor(message: string, options: { readonly title?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.title = options.title;
  }
}
