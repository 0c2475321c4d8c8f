import type { Traits } from '../features/command.ts';
import type { Context, Reply } from '../features/context.ts';
import type { Problem } from './wording.ts';

/** What an interaction leads to in this release. */
export interface Route {
  readonly kind: 'command' | 'component' | 'modal';
  /** `settings set`, `poll.vote`: bounded by the definitions, so it can label a metric. */
  readonly label: string;
  /** The feature that it belongs to. */
  readonly feature: string;
  /** Guild staff may switch it off. */
  readonly switchable: boolean;
  /** The command's name, which rules of a guild speak of; of a component or modal `undefined`. */
  readonly command: string | undefined;
  readonly traits: Traits;
  readonly permissions: bigint | undefined;
  readonly guildOnly: boolean;
  readonly ownersOnly: boolean;
  /** The only one who may use it. */
  readonly userId: string | undefined;
  /** Its answer, and the guard's deferral, change the message that it came from. */
  readonly updates: boolean;
  run(context: Context, update: Update): Promise<void>;
}

export type Update = (reply: Reply) => Promise<void>;

/** A route, or what the member is told instead; its label stands in metrics all the same. */
export type Found = Route | { readonly label: string; readonly problem: Problem };
