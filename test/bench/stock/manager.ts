import path from 'node:path';
import { ShardingManager } from 'discord.js';

/** The stock way to run many shards (discordjs.guide, "Sharding"). Prints `ready` once `spawn` has resolved: every shard is. */
const sharding = new ShardingManager(path.join(import.meta.dirname, 'bot.ts'), {
  totalShards: Number(process.argv[2]),
  ...(process.env['DISCORD_TOKEN'] && { token: process.env['DISCORD_TOKEN'] }),
});
await sharding.spawn();
process.stdout.write('ready\n');
