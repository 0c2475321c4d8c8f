import https from 'node:https';
import Eris, { Constants } from 'eris';
import { report, settings } from './report.js';

const { hostname, port, pathname } = new URL(settings.restUrl);
const bot = new Eris(`Bot ${settings.token}`, {
  intents: ['guilds', 'guildMessages', 'messageContent'],
  maxShards: 'auto',
  // The library takes a host and always asks port 443: its agent brings the port.
  rest: {
    domain: hostname,
    baseURL: `${pathname}/v10`,
    agent: new https.Agent({ port, ca: settings.certificate }),
  },
});

// The library's own event does not come a second time when a session is begun anew on the same socket.
bot.on('rawWS', (packet, shard) => {
  if (packet.t === 'READY') report('ready', { shard });
  if (packet.t === 'MESSAGE_CREATE') report('delivered', { shard, id: packet.d.id });
  if (packet.op === Constants.GatewayOPCodes.HEARTBEAT_ACK) report('heartbeat');
});
bot.on('shardReady', (shard) => {
  for (const guild of bot.guilds.values()) {
    if (guild.shard.id === shard) report('guild', { shard, id: guild.id, name: guild.name });
  }
});
bot.on('shardResume', (shard) => report('resumed', { shard }));
bot.on('messageCreate', (message) => {
  report('message', { id: message.id, content: message.content });
});
bot.on('interactionCreate', async (interaction) => {
  await interaction.createMessage(`${interaction.data.name} by eris`);
});
bot.on('error', (error, shard) => report('problem', { shard, text: String(error) }));
bot.once('ready', async () => {
  await bot.bulkEditCommands([{ name: 'ping', description: 'Answers', type: 1 }]);
  report('registered');
});

await bot.connect();
