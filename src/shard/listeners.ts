import type { GatewayDispatchPayload } from 'discord-api-types/v10';
import type { Feature } from '../features/feature.ts';
import type { Listener, ListenerContext } from '../features/listener.ts';
import { errorText } from '../lib/error-text.ts';
import type { WriteQueue } from '../queue/queue.ts';
import type { Settings } from '../settings/settings.ts';
import { listenedTotal } from '../telemetry/listeners.ts';
import type { Logger } from '../telemetry/log.ts';

/** An fsync takes milliseconds: a thousand under way mean a disk that stalls, at hundreds of events a second for seconds. */
const runningMax = 1_000;

interface Stores {
  readonly queue: Pick<WriteQueue, 'enqueue'>;
  readonly settings: Pick<Settings, 'get'>;
}

interface Heard {
  readonly listener: Listener;
  readonly isOn: ListenerContext['isOn'];
}

/** Hands gateway events to the features that listen. Nothing of theirs reaches the shard: no error, and no more work than the bound. */
export class Listeners {
  readonly #byEvent: ReadonlyMap<string, readonly Heard[]>;
  readonly #stores: Stores;
  readonly #enqueue: WriteQueue['enqueue'];
  readonly #log: Logger;
  #running = 0;

  constructor(features: readonly Feature[], stores: Stores, log: Logger) {
    const all = features.flatMap(({ name, listeners = [] }) =>
      listeners.map((listener) => ({ listener, isOn: (guildId: string) => this.#isOn(name, guildId) })),
    );
    this.#byEvent = Map.groupBy(all, ({ listener }) => listener.event);
    this.#stores = stores;
    this.#enqueue = (kind, fact) => stores.queue.enqueue(kind, fact);
    this.#log = log;
  }

  /** Settles when all who listen are done with it; never rejects. `undefined` where nobody has anything to wait for. */
  hear({ t: event, d: data }: GatewayDispatchPayload, shardId: number): Promise<void> | undefined {
    const waiting = (this.#byEvent.get(event) ?? []).flatMap(
      ({ listener, isOn }) =>
        this.#tell(listener, data, { shardId, enqueue: this.#enqueue, isOn, log: this.#log }) ?? [],
    );
    return waiting.length === 0 ? undefined : Promise.all(waiting).then(() => {});
  }

  /** From the process's own memory as a rule. */
  async #isOn(family: string, guildId: string): Promise<boolean> {
    const settings = await this.#stores.settings.get(guildId).catch(() => undefined);
    return settings?.rules.families[family] !== false;
  }

  #tell(listener: Listener, data: unknown, context: ListenerContext): Promise<void> | undefined {
    if (this.#running >= runningMax) {
      listenedTotal.inc({ listener: listener.name, outcome: 'shed' });
      return undefined;
    }
    try {
      const work = listener.hear(data, context);
      if (work === undefined) this.#ended(listener);
      else return this.#wait(listener, work);
    } catch (error) {
      this.#ended(listener, error);
    }
    return undefined;
  }

  async #wait(listener: Listener, work: Promise<void>): Promise<void> {
    this.#running++;
    try {
      await work;
      this.#ended(listener);
    } catch (error) {
      this.#ended(listener, error);
    } finally {
      this.#running--;
    }
  }

  /** The reason at `debug`: one that fails may fail hundreds of times a second. */
  #ended({ name }: Listener, error?: unknown): void {
    listenedTotal.inc({ listener: name, outcome: error === undefined ? 'done' : 'failed' });
    if (error !== undefined)
      this.#log.debug({ listener: name, reason: errorText(error) }, 'a listener failed');
  }
}
