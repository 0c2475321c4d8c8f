import { Client, GatewayDispatchEvents, type API, type APIInteraction } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { WebSocketManager, WebSocketShardEvents, type CompressionMethod } from '@discordjs/ws';
import type { GatewayDispatchPayload } from 'discord-api-types/v10';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { eventually } from '../helpers/eventually.ts';

export type Bot = AsyncDisposable & {
  readonly api: API;
  readonly manager: WebSocketManager;
  /** Every dispatch, in the order in which each shard received it. */
  readonly events: { readonly shardId: number; readonly payload: GatewayDispatchPayload }[];
  readonly closeCodes: number[];
  connect(): Promise<void>;
  of(event: GatewayDispatchEvents, shardId?: number): GatewayDispatchPayload[];
  onInteraction(handle: (interaction: APIInteraction, api: API) => Promise<unknown>): void;
};

/** A bot as a stranger writes it: discord.js's own parts with their defaults, pointed at the sandbox. */
export function makeBot(
  sandbox: Sandbox,
  options: {
    intents?: number;
    shardCount?: number;
    gatewayToken?: string;
    compression?: CompressionMethod;
  } = {},
): Bot {
  const { intents = 1, shardCount = 1, gatewayToken = sandbox.token, compression = null } = options;
  const rest = new REST({ version: '10', api: sandbox.restUrl }).setToken(sandbox.token);
  const manager = new WebSocketManager({ token: gatewayToken, intents, rest, shardCount, compression });
  const client = new Client({ rest, gateway: manager });
  const events: { shardId: number; payload: GatewayDispatchPayload }[] = [];
  const closeCodes: number[] = [];
  manager.on(WebSocketShardEvents.Dispatch, (payload, shardId) => void events.push({ shardId, payload }));
  manager.on(WebSocketShardEvents.Closed, (code) => void closeCodes.push(code));
  manager.on(WebSocketShardEvents.Error, () => undefined);
  manager.on(WebSocketShardEvents.SocketError, () => undefined);
  const of: Bot['of'] = (event, shardId) =>
    events.flatMap((each) =>
      each.payload.t === event && (shardId ?? each.shardId) === each.shardId ? each.payload : [],
    );
  return {
    api: client.api,
    manager,
    events,
    closeCodes,
    of,
    connect: async () => {
      await manager.connect();
      await eventually('every shard is ready', () => of(GatewayDispatchEvents.Ready).length === shardCount);
    },
    onInteraction: (handle) =>
      void client.on(GatewayDispatchEvents.InteractionCreate, ({ data, api }) => {
        void handle(data, api).catch(() => undefined);
      }),
    [Symbol.asyncDispose]: async () => {
      await manager.destroy();
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}
