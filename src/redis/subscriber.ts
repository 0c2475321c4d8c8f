import { closeRedis } from './redis.ts';
import { openClient, type ClientOptions } from './client.ts';

export interface Subscription {
  stop(): Promise<void>;
}

export interface SubscribeOptions extends ClientOptions {
  readonly channel: string;
  readonly onMessage: (text: string) => void;
  /** Called at each (re)subscription, before any of its messages: what was published until now may have been missed. */
  readonly onSubscribed: () => void;
}

/** A PING a second: with nothing under way ioredis would never notice that a partition swallowed the connection. */
const pingMs = 1_000;

/** Listens on a channel over a connection of its own, for ever: a lost one is opened and subscribed again. */
export function subscribe(options: SubscribeOptions): Subscription {
  const client = openClient(options);
  client.on('message', (_channel: string, text: string) => options.onMessage(text));
  client.on('ready', () => {
    client.subscribe(options.channel).then(options.onSubscribed, () => client.disconnect(true));
  });
  const pings = setInterval(() => {
    // An unanswered PING needs no handling here: the silence limit drops the connection.
    client.ping().catch(() => undefined);
  }, pingMs);
  return {
    async stop() {
      clearInterval(pings);
      client.removeAllListeners('ready');
      await closeRedis(client);
    },
  };
}
