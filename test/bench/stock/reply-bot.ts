import { Client, Events } from 'discord.js';
import type { Work } from '../work.ts';

/**
 * A bot as discord.js's guide writes it, with its default caches: answers commands, and hears messages. Prints `ready` when it is, and
 * answers every message of its parent with how far it is. INTENTS: Discord's bit set.
 */
const client = new Client({
  intents: Number(process.env['INTENTS']),
  rest: { api: process.env['DISCORD_API_URL'] ?? '' },
});
let heard = 0;
client.on(Events.InteractionCreate, (interaction) => {
  // What comes too late is counted by the sandbox.
  if (interaction.isChatInputCommand()) interaction.reply('Pong').catch(() => {});
});
client.on(Events.MessageCreate, (message) => {
  if (!message.author.bot) heard += 1;
});
client.once(Events.ClientReady, () => process.stdout.write('ready\n'));
process.on('message', () => process.send?.({ done: heard, lost: 0, waiting: 0 } satisfies Work));
process.once('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
await client.login(process.env['DISCORD_TOKEN']);
