import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { Account } from './account.ts';
import { cdnRoutes } from './cdn/cdn-routes.ts';
import { Cdn } from './cdn/cdn.ts';
import { CommandRegistry } from './commands/command-registry.ts';
import { controlApi } from './control/control.ts';
import { Chat } from './driver/chat.ts';
import { Driver } from './driver/driver.ts';
import { discordErrors } from './forms/discord-error.ts';
import { ActiveFaults } from './faults/active-faults.ts';
import { Faults } from './faults/faults.ts';
import { Gateway } from './gateway/gateway.ts';
import { Answers } from './interactions/answers.ts';
import { Interactions } from './interactions/interactions.ts';
import { authorizePages } from './oauth2/authorize.ts';
import { Grants } from './oauth2/grants.ts';
import { checkRedirectUris } from './oauth2/redirect-uris.ts';
import { localOnly } from './local-only.ts';
import { ChannelMessages, type Dispatch } from './messages/channel-messages.ts';
import { MessageMaker } from './messages/message.ts';
import { Moderation } from './moderation/moderation.ts';
import { Pins } from './messages/pins.ts';
import { Reactions } from './messages/reactions.ts';
import { Load } from './people/load.ts';
import { scenarioOfFlag } from './people/scenario-flag.ts';
import { Scenarios } from './people/scenarios.ts';
import { pageRoutes } from './page/page.ts';
import { Recorder } from './recorder/recorder.ts';
import { InvalidRequests } from './rest/invalid-requests.ts';
import { discordLimits, type Limits } from './rest/limits.ts';
import { quickCallback } from './rest/quick-callback.ts';
import { restApi } from './rest/rest.ts';
import { SnowflakeClock } from './snowflake.ts';
import { discordTiming, type Timing } from './timing.ts';
import { upstreams } from './upstream/upstream.ts';
import { botSees } from './world/bot-sight.ts';
import { WorldChanges } from './world/changes.ts';
import { seededRandom } from './world/random.ts';
import { withoutGuild } from './world/directs.ts';
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
  /** Where people may be sent back to after OAuth2, letter by letter; default none. */
  readonly redirectUris?: readonly string[];
  /** Begins once a bot is connected: the name of a built-in scenario, or the path of a file; default: none. */
  readonly scenario?: string | undefined;
  /** How many entries of each kind the recorder keeps; default 50,000. */
  readonly recorded?: number;
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
  /** The playground, for people. */
  readonly pageUrl: string;
  readonly token: string;
  readonly applicationId: string;
  /** For OAuth2, whose `client_id` is the application's id. Obviously fake, and the same for the same seed. */
  readonly clientSecret: string;
  /** Below it stand the services that bots look things up in, each under its own name. */
  readonly upstreamUrl: string;
  /** What an application takes instead of `https://discord.com/oauth2/authorize`. */
  readonly authorizeUrl: string;
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
    redirectUris = [],
  } = options;
  checkRedirectUris(redirectUris);
  const { scenario } = options;
  const beginning = scenario === undefined ? undefined : scenarioOfFlag(scenario, guilds, seed);
  const timing = { ...discordTiming, ...options.timing };
  const limits = { ...discordLimits, ...options.limits };
  const server = createServer({ keepAliveTimeout: 60_000 });
  // READY and Get Gateway Bot name the gateway's address: the port comes first.
  const address = `${host}:${await listen(server, port)}`;
  const gatewayUrl = `ws://${address}`;

  const recorder = new Recorder(options.recorded);
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
  const dispatch: Dispatch = (guildId, event, data) => {
    if (world.directs.place(guildId)) return gateway.dispatchDirect(event, withoutGuild(data));
    changes.threadMessages.follow(guildId, event, data);
    return botSees(world, event, data) && gateway.dispatchToGuild(guildId, event, data);
  };
  const cdn = new Cdn(`http://${address}`, ids);
  const maker = new MessageMaker(cdn, ids);
  const messages = new ChannelMessages(ids, dispatch, maker);
  const answers = new Answers(world, messages, maker);
  const changes = new WorldChanges(world, ids, dispatch);
  const pins = new Pins(messages, dispatch);
  const reactions = new Reactions(messages, dispatch, account.botUser.id);
  const faults = new Faults({ active, gateway, recorder });
  const driver = new Driver({ account, world, gateway, registry, interactions, messages, cdn, ids });
  const moderation = new Moderation({ world, changes, messages, ids });
  const chat = new Chat({ world, messages, reactions });
  const load = new Load(driver, world);
  const scenarios = new Scenarios({ world, registry, driver, messages, reactions, changes, ids, faults });
  if (beginning) recorder.onceConnected(() => scenarios.begin(beginning, { seed }));
  const oauth2 = { account, world, grants: new Grants(timing), redirectUris };
  const invalid = new InvalidRequests(limits);
  const app = new Hono({ getPath: plainPath });
  const conversation = { interactions, answers, messages, pins, reactions };
  const parts = { account, world, gateway, registry, ...conversation, changes, dispatch, ids, oauth2 };
  // What a browser shows or sends. Bots may come by any name: clients that insist on TLS come through somebody's proxy.
  for (const path of ['/', '/play/*', '/sandbox/*', '/oauth2/*']) app.use(path, localOnly());
  app.route('/api/v10', restApi({ ...parts, shards, limits, invalid, recorder, faults: active }));
  app.route('/cdn', cdnRoutes(cdn));
  app.route('/oauth2', authorizePages(oauth2));
  app.route('/upstream', upstreams(seed, active));
  app.notFound((c) => c.json(discordErrors.notFound().body(), 404));
  const rules = { ...timing, ...limits };
  const shown = {
    ...parts,
    driver,
    chat,
    people: load,
    scenarios,
    moderation,
    shards,
    recorder,
    rules,
    faults,
  };
  app.route('/sandbox', controlApi(shown));
  app.route('/', pageRoutes());

  const respond = getRequestListener(app.fetch);
  const tookQuickly = quickCallback({ interactions, answers, recorder, faults: active, invalid });
  server.on('request', (request, response) => {
    if (!tookQuickly(request, response)) void respond(request, response);
  });
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
  return {
    restUrl: `http://${address}/api`,
    gatewayUrl,
    controlUrl: `http://${address}/sandbox`,
    pageUrl: `http://${address}/`,
    token: account.token,
    applicationId: account.applicationId,
    clientSecret: account.clientSecret,
    upstreamUrl: `http://${address}/upstream`,
    authorizeUrl: `http://${address}/oauth2/authorize`,
    stop: async () => {
      load.stop();
      scenarios.stop();
      faults.clearAll();
      interactions.stop();
      gateway.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Clients send `@me` and `@original` percent-encoded, and go to OAuth2 without a version (topics/oauth2.mdx, OAuth2 URLs). */
function plainPath(request: Request): string {
  return getPath(request)
    .replaceAll('%40', '@')
    .replace(/^\/api\/oauth2\//, '/api/v10/oauth2/');
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
