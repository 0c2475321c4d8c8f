import { Client, GatewayDispatchEvents, GatewayIntentBits } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { CompressionMethod, WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { report, settings } from './report.js';

const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
const rest = new REST({ version: '10', api: settings.restUrl }).setToken(settings.token);
const gateway = new WebSocketManager({
  token: settings.token,
  intents: Guilds | GuildMessages | MessageContent,
  rest,
  compression: settings.compress ? CompressionMethod.ZlibNative : null,
});
const client = new Client({ rest, gateway });
const events = GatewayDispatchEvents;

client.on(events.Ready, ({ shardId }) => report('ready', { shard: shardId }));
client.on(events.Resumed, ({ shardId }) => report('resumed', { shard: shardId }));
client.on(events.GuildCreate, ({ data, shardId }) => {
  report('guild', { shard: shardId, id: data.id, name: data.name });
});
client.on(events.MessageCreate, ({ data, shardId }) => {
  report('delivered', { shard: shardId, id: data.id });
  report('message', { id: data.id, content: data.content });
});
client.on(events.InteractionCreate, ({ data, api }) => {
  void api.interactions.reply(data.id, data.token, { content: `${data.data.name} by @discordjs/core` });
});
gateway.on(WebSocketShardEvents.HeartbeatComplete, () => report('heartbeat'));
gateway.on(WebSocketShardEvents.Error, (error) => report('problem', { text: String(error) }));
client.once(events.Ready, ({ data, api }) => void register(data.application.id, api));

await gateway.connect();

async function register(applicationId, api) {
  await api.applicationCommands.bulkOverwriteGlobalCommands(applicationId, [
    { name: 'ping', description: 'Answers' },
  ]);
  report('registered');
}
