import { createBot, Intents, TransportCompression } from 'discordeno';
import { report, settings } from './report.js';

// Its log goes to stdout, where the judge reads JSON.
const silent = { debug() {}, info() {}, warn() {}, error: problem, fatal: problem };

function problem(...texts) {
  report('problem', { text: texts.map(String).join(' ') });
}

let registered = false;
const bot = createBot({
  token: settings.token,
  intents: Intents.Guilds | Intents.GuildMessages | Intents.MessageContent,
  rest: { token: settings.token, proxy: { baseUrl: settings.restUrl }, logger: silent },
  gateway: {
    token: settings.token,
    logger: silent,
    transportCompression: settings.compress ? TransportCompression.zlib : null,
    events: {
      heartbeatAck: () => report('heartbeat'),
      resumed: (shard) => report('resumed', { shard: shard.id }),
      message: async (shard, payload) => {
        if (payload.t === 'GUILD_CREATE') {
          report('guild', { shard: shard.id, id: payload.d.id, name: payload.d.name });
        }
        if (payload.t === 'MESSAGE_CREATE') report('delivered', { shard: shard.id, id: payload.d.id });
        bot.handlers[payload.t]?.(bot, payload, shard.id);
      },
    },
  },
  loggerFactory: () => silent,
  desiredProperties: {
    message: { id: true, content: true },
    interaction: { id: true, token: true, type: true, data: true, guildId: true },
  },
  events: {
    ready: async ({ shardId }) => {
      report('ready', { shard: shardId });
      if (registered) return;
      registered = true;
      await bot.helpers.upsertGlobalApplicationCommands([{ name: 'ping', description: 'Answers' }]);
      report('registered');
    },
    messageCreate: ({ id, content }) => report('message', { id, content }),
    interactionCreate: async (interaction) => {
      await bot.helpers.sendInteractionResponse(interaction.id, interaction.token, {
        type: 4,
        data: { content: `${interaction.data.name} by discordeno` },
      });
    },
  },
});
// An address other than Discord's is taken for a proxy that minds the rate limits; the sandbox wants them minded here.
bot.rest.isProxied = false;

await bot.start();
