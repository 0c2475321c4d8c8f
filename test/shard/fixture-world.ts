import { registerCommands } from '../../src/discord/command-registration.ts';
import { createDiscordRest } from '../../src/discord/discord.ts';
import { commandBody } from '../../src/features/registration.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { fixtureCommands } from './shard-fixture.ts';

/** All that shard processes need, and the commands of `shard-fixture.ts` registered. */
export async function fixtureWorld(options: Parameters<typeof surroundings>[0]): Promise<Surroundings> {
  const world = await surroundings(options);
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl } = world.env;
  const { api } = createDiscordRest({ token, apiUrl, onUnauthorized: () => {} });
  await registerCommands(
    api,
    fixtureCommands.map((command) => commandBody(command)),
  );
  return world;
}
