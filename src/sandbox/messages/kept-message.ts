import type { APIMessage } from 'discord-api-types/v10';
import type { WorldMember } from '../world/member.ts';

export type KeptMessage = {
  message: APIMessage;
  /** Who reacted with each emoji, by user id, in order. */
  readonly reactors: Map<string, Map<string, WorldMember>>;
  /** The member who alone sees it, where it is ephemeral. */
  readonly seenBy: string | undefined;
  /** Whoever still holds it must not show it. */
  deleted: boolean;
};
