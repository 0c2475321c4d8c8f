import { Client, Events, GatewayIntentBits } from 'discord.js';
import { report, settings } from './report.js';

const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
const client = new Client({
  intents: [Guilds, GuildMessages, MessageContent],
  shards: 'auto',
  rest: { api: settings.restUrl },
});

client.on(Events.ShardReady, (shard) => {
  report('ready', { shard });
  for (const guild of client.guilds.cache.values()) {
    if (guild.shardId === shard && guild.available)
      report('guild', { shard, id: guild.id, name: guild.name });
  }
});
client.on(Events.Raw, (packet, shard) => {
  if (packet.t === 'MESSAGE_CREATE') report('delivered', { shard, id: packet.d.id });
});
client.on(Events.Debug, (text) => {
  if (text.includes('Heartbeat acknowledged')) report('heartbeat');
});
client.on(Events.ShardResume, (shard) => report('resumed', { shard }));
client.on(Events.MessageCreate, (message) => {
  report('message', { id: message.id, content: message.content });
});
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void interaction.reply(`${interaction.commandName} by discord.js`);
});
client.on(Events.Error, (error) => report('problem', { text: String(error) }));
client.once(Events.ClientReady, () => void register());

await client.login(settings.token);

async function register() {
  await client.application.commands.set([{ name: 'ping', description: 'Answers' }]);
  report('registered');
}
