import type { GatewayDispatchPayload } from 'discord-api-types/v10';
import type { Fact, FactKind } from '../queue/fact.ts';
import type { Logger } from '../telemetry/log.ts';

export type EventName = GatewayDispatchPayload['t'];
type DataOf<Event extends EventName> = Extract<GatewayDispatchPayload, { readonly t: Event }>['d'];

export interface ListenerContext {
  readonly shardId: number;
  /** For a kind of the feature's `facts`. Resolves when the fact is on the disk; rejects with a `QueueError` when it is not taken. */
  readonly enqueue: <Body>(kind: FactKind<Body>, fact: Fact<Body>) => Promise<void>;
  /** Whether staff of the guild have left the listener's family switched on; true where that cannot be told. Never rejects. */
  readonly isOn: (guildId: string) => Promise<boolean>;
  readonly log: Logger;
}

/**
 * Hears a gateway event as it came, after the shard itself. Events are many and come again after a RESUME: what is done must be short
 * and bear being done twice. A failure is counted and logged, and past the bound of what may run at once an event is not heard.
 */
export interface EventListener {
  /** `activity.messages`: for metrics and the log. */
  readonly name: string;
  readonly event: EventName;
  hear(data: unknown, context: ListenerContext): Promise<void> | undefined;
}

/**
 * Hears events that are too many to be heard one by one: what it picks of them is gathered for a moment (`config/gathering.ts`), and
 * heard at once, the oldest first, by shard. For the rest as an `EventListener`: while they are gathered a RESUME brings them again.
 */
export interface GatheringListener {
  readonly name: string;
  readonly event: EventName;
  /** Plain and small; `undefined` for an event that does not concern it. */
  pick(data: unknown): unknown;
  hearAll(picked: readonly unknown[], context: ListenerContext): Promise<void>;
}

export type Listener = EventListener | GatheringListener;

/** Types the event's data; the feature's `intents` must have what brings it. */
export function defineListener<const Event extends EventName>(definition: {
  readonly name: string;
  readonly event: Event;
  hear(data: DataOf<Event>, context: ListenerContext): Promise<void> | undefined;
}): EventListener {
  return definition;
}

/** Types the event's data, and what is picked of it. */
export function defineGatheringListener<const Event extends EventName, Picked>(definition: {
  readonly name: string;
  readonly event: Event;
  pick(data: DataOf<Event>): Picked | undefined;
  hearAll(picked: readonly Picked[], context: ListenerContext): Promise<void>;
}): GatheringListener {
  return definition;
}
