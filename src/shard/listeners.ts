import type { GatewayDispatchPayload } from 'discord-api-types/v10';
import type { Feature } from '../features/feature.ts';
import type { EventListener, GatheringListener, Listener, ListenerContext } from '../features/listener.ts';
import { errorText } from '../lib/error-text.ts';
import type { WriteQueue } from '../queue/queue.ts';
import type { Settings } from '../settings/settings.ts';
import { listenedTotal } from '../telemetry/listeners.ts';
import type { Logger } from '../telemetry/log.ts';
import { Gathering } from './gathering.ts';

/** An fsync takes milliseconds: a thousand under way mean a disk that stalls, at hundreds of events a second for seconds. */
const runningMax = 1_000;

/** What is gathered is smaller, and ten times as much has one fsync. */
const gatheredMax = 10_000;

interface Stores {
  readonly queue: Pick<WriteQueue, 'enqueue'>;
  readonly settings: Pick<Settings, 'get'>;
}

type Hear = (data: unknown, shardId: number) => Promise<void> | undefined;

/** Hands gateway events to the features that listen. Nothing of theirs reaches the shard: no error, and no more work than the bound. */
export class Listeners {
  readonly #byEvent: ReadonlyMap<string, readonly Hear[]>;
  readonly #stores: Stores;
  readonly #log: Logger;
  readonly #gatherings: Gathering[] = [];
  readonly #heardTogether = new Set<Promise<void>>();
  #running = 0;
  #gathered = 0;

  constructor(features: readonly Feature[], stores: Stores, log: Logger) {
    this.#stores = stores;
    this.#log = log;
    const all = features.flatMap(({ name, listeners = [] }) =>
      listeners.map((listener) => ({ event: listener.event, hear: this.#hearOf(listener, name) })),
    );
    this.#byEvent = new Map(
      [...Map.groupBy(all, ({ event }) => event)].map(([event, those]) => [
        event,
        those.map(({ hear }) => hear),
      ]),
    );
  }

  /**
   * Settles when all who listen are done with it, and with what is gathered with it; never rejects. `undefined` where there is nothing
   * to wait for but an earlier event.
   */
  hear({ t: event, d: data }: GatewayDispatchPayload, shardId: number): Promise<void> | undefined {
    const hears = this.#byEvent.get(event);
    if (hears === undefined) return undefined;
    const waiting = hears.flatMap((hear) => hear(data, shardId) ?? []);
    return waiting.length < 2 ? waiting[0] : Promise.all(waiting).then(() => {});
  }

  /** No more events come: what is gathered is heard at once. Resolves when all of it is; never rejects. */
  async settled(): Promise<void> {
    for (const gathering of this.#gatherings) gathering.end();
    await Promise.all(this.#heardTogether);
  }

  #hearOf(listener: Listener, family: string): Hear {
    const contextOf = (shardId: number): ListenerContext => ({
      shardId,
      enqueue: (kind, fact) => this.#stores.queue.enqueue(kind, fact),
      isOn: (guildId) => this.#isOn(family, guildId),
      log: this.#log,
    });
    const hear =
      'hear' in listener ? this.#oneByOne(listener, contextOf) : this.#together(listener, contextOf);
    return (data, shardId) => {
      try {
        return hear(data, shardId);
      } catch (error) {
        this.#ended(listener, 1, error);
        return undefined;
      }
    };
  }

  #oneByOne(listener: EventListener, contextOf: (shardId: number) => ListenerContext): Hear {
    return (data, shardId) => {
      if (this.#running >= runningMax) return this.#shed(listener);
      const work = listener.hear(data, contextOf(shardId));
      if (work === undefined) {
        this.#ended(listener, 1);
        return undefined;
      }
      this.#running++;
      return this.#heard(listener, 1, () => work).finally(() => this.#running--);
    };
  }

  #together(listener: GatheringListener, contextOf: (shardId: number) => ListenerContext): Hear {
    const byShard = new Map<number, Gathering>();
    const begin = (shardId: number) => {
      const context = contextOf(shardId);
      const gathering = new Gathering((picked) => this.#hearAll(listener, picked, context));
      byShard.set(shardId, gathering);
      this.#gatherings.push(gathering);
      return gathering;
    };
    return (data, shardId) => {
      if (this.#gathered >= gatheredMax) return this.#shed(listener);
      const picked = listener.pick(data);
      if (picked !== undefined) this.#gathered++;
      else this.#ended(listener, 1);
      return picked === undefined ? undefined : (byShard.get(shardId) ?? begin(shardId)).add(picked);
    };
  }

  /** From the process's own memory as a rule. */
  async #isOn(family: string, guildId: string): Promise<boolean> {
    const settings = await this.#stores.settings.get(guildId).catch(() => undefined);
    return settings?.rules.families[family] !== false;
  }

  #hearAll(listener: GatheringListener, picked: readonly unknown[], context: ListenerContext): Promise<void> {
    const heard = this.#heard(listener, picked.length, () => listener.hearAll(picked, context)).finally(
      () => {
        this.#gathered -= picked.length;
        this.#heardTogether.delete(heard);
      },
    );
    this.#heardTogether.add(heard);
    return heard;
  }

  /** Never rejects. */
  async #heard(listener: Listener, events: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#ended(listener, events);
    } catch (error) {
      this.#ended(listener, events, error);
    }
  }

  #shed({ name }: Listener): undefined {
    listenedTotal.inc({ listener: name, outcome: 'shed' });
  }

  /** The reason at `debug`: one that fails may fail hundreds of times a second. */
  #ended({ name }: Listener, events: number, error?: unknown): void {
    listenedTotal.inc({ listener: name, outcome: error === undefined ? 'done' : 'failed' }, events);
    if (error !== undefined)
      this.#log.debug({ listener: name, reason: errorText(error) }, 'a listener failed');
  }
}
