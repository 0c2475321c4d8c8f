import type { Redis } from 'ioredis';
import { hostPortText, type HostPort } from '../lib/host-port.ts';
import { openClient, type ClientOptions } from './client.ts';
import { anyPrimary } from './nodes.ts';
import { closeRedis, type Redis as AnyRedis } from './redis.ts';

export interface Subscription {
  stop(): Promise<void>;
}

export interface SubscribeOptions extends ClientOptions {
  /** A client of the same Redis. In a cluster it knows which nodes there are. */
  readonly redis: AnyRedis;
  readonly channel: string;
  readonly onMessage: (text: string) => void;
  /** Called at each (re)subscription, before any of its messages: what was published until now may have been missed. */
  readonly onSubscribed: () => void;
}

/** A PING a second: with nothing under way ioredis would never notice that a partition swallowed the connection. */
const pingMs = 1_000;

/** Listens on a channel over a connection of its own, for ever: a lost one is opened and subscribed again. */
export function subscribe(options: SubscribeOptions): Subscription {
  const client = options.clusterNodes ? openAnyNode(options, options.clusterNodes) : openClient(options);
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

/** Every node of a cluster passes on what is published at any of them. After a loss another one is asked: the first may stay away. */
function openAnyNode(options: SubscribeOptions, listed: readonly HostPort[]): Redis {
  const url = new URL(options.url);
  const other = () => nodeOf(anyPrimary(options.redis));
  const first = other() ?? listed[0];
  if (first !== undefined) url.host = hostPortText([first]);
  const client = openClient({ ...options, url: url.href });
  // They are read at each connection.
  client.on('reconnecting', () => Object.assign(client.options, other()));
  return client;
}

function nodeOf(client: Redis | undefined): HostPort | undefined {
  return client && { host: client.options.host ?? '', port: client.options.port ?? 0 };
}
