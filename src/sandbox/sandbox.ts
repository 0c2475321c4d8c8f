import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { Account } from './account.ts';
import { CommandRegistry } from './commands/command-registry.ts';
import { controlApi } from './control/control.ts';
import { Driver } from './driver/driver.ts';
import { discordErrors } from './forms/discord-error.ts';
import { ActiveFaults } from './faults/active-faults.ts';
import { Faults } from './faults/faults.ts';
import { Gateway } from './gateway/gateway.ts';
import { Interactions } from './interactions/interactions.ts';
import { ChannelMessages, type Dispatch } from './messages/channel-messages.ts';
import { Reactions } from './messages/reactions.ts';
import { Recorder } from './recorder/recorder.ts';
import { discordLimits, type Limits } from './rest/limits.ts';
import { restApi } from './rest/rest.ts';
import { SnowflakeClock } from './snowflake.ts';
import { discordTiming, type Timing } from './timing.ts';
import { seededRandom } from './world/random.ts';
import { World } from './world/world.ts';

export type SandboxOptions = {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 8. */
  readonly guilds?: number;
  /** The number of shards that Get Gateway Bot recommends; default 1. */
  readonly shards?: number;
  /** Default 1. */
  readonly maxConcurrency?: number;
  /** Same seed, same ids; default 1. */
  readonly seed?: number;
  /** Default: an obviously fake one. */
  readonly token?: string;
  /** The application was granted no privileged intent: whoever asks for one is closed with 4014. Default false. */
  readonly intentsStrict?: boolean;
  /** Clocks that shall not be Discord's own. */
  readonly timing?: Partial<Timing>;
  /** Rate limits that shall not be Discord's own. */
  readonly limits?: Partial<Limits>;
};

export type Sandbox = {
  /** What a bot takes instead of `https://discord.com/api`. */
  readonly restUrl: string;
  readonly gatewayUrl: string;
  /** For `sandboxClient`. */
  readonly controlUrl: string;
  readonly token: string;
  readonly applicationId: string;
  stop(): Promise<void>;
};

/** Tells the chance of faults from that of the world. */
const faultSeed = 0x0fa17;

const host = '127.0.0.1';

/** Discord on loopback: gateway, REST and the control API on one port. Throws `Failure` when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    port = 0,
    guilds = 8,
    shards = 1,
    maxConcurrency = 1,
    seed = 1,
    token,
    intentsStrict = false,
  } = options;
  const timing = { ...discordTiming, ...options.timing };
  const limits = { ...discordLimits, ...options.limits };
  const server = createServer({ keepAliveTimeout: 60_000 });
  // READY and Get Gateway Bot name the gateway's address: the port comes first.
  const address = `${host}:${await listen(server, port)}`;
  const gatewayUrl = `ws://${address}`;

  const recorder = new Recorder();
  const active = new ActiveFaults(seededRandom(seed, faultSeed));
  const ids = new SnowflakeClock(() => active.skewMs());
  const account = new Account({ seed, intentsStrict, token });
  const world = new World({ seed, guilds, botUser: account.botUser });
  const gateway = new Gateway({
    world,
    account,
    timing,
    maxConcurrency,
    recorder,
    faults: active,
    url: gatewayUrl,
  });
  const registry = new CommandRegistry(account.applicationId, ids);
  const interactions = new Interactions(ids, timing, recorder.interactions);
  const dispatch: Dispatch = (guildId, event, data) => gateway.dispatchToGuild(guildId, event, data);
  const messages = new ChannelMessages(ids, dispatch);
  const reactions = new Reactions(messages, dispatch, account.botUser.id);
  const faults = new Faults({ active, gateway, recorder });
  const driver = new Driver({ account, world, gateway, registry, interactions, ids });
  // Clients send `@me` and `@original` percent-encoded.
  const app = new Hono({ getPath: (request) => getPath(request).replaceAll('%40', '@') });
  const parts = { account, world, gateway, registry, interactions, messages, reactions, ids };
  app.route('/api/v10', restApi({ ...parts, shards, limits, recorder, faults: active }));
  app.notFound((c) => c.json(discordErrors.notFound().body(), 404));
  app.route(
    '/sandbox',
    controlApi({ world, gateway, driver, shards, recorder, rules: { ...timing, ...limits }, faults }),
  );

  const respond = getRequestListener(app.fetch);
  server.on('request', (request, response) => void respond(request, response));
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
  return {
    restUrl: `http://${address}/api`,
    gatewayUrl,
    controlUrl: `http://${address}/sandbox`,
    token: account.token,
    applicationId: account.applicationId,
    stop: async () => {
      faults.clearAll();
      interactions.stop();
      gateway.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const message = `the sandbox cannot listen on port ${port} of ${host}: choose another --port, or leave it out`;
    throw new Failure(message, exitCodes.unavailable, { cause: error });
  }
  return (server.address() as AddressInfo).port;
}
