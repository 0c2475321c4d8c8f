import { Client, Events, GatewayIntentBits } from 'discord.js';

/** One shard of a bot as discord.js's guide writes it; its manager learns of it through discord.js's own `_ready`. */
const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: process.env['DISCORD_API_URL'] ?? '' },
});
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void interaction.reply('Pong');
});
await client.login(process.env['DISCORD_TOKEN']);
