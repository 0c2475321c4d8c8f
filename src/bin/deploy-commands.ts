import './require-node.js';
import { deployConfig, processEnvironment } from '../config/config.ts';
import { registerCommands } from '../discord/command-registration.ts';
import { createDiscordRest } from '../discord/discord.ts';
import { commandsOf, features } from '../features/features.ts';
import { commandBody } from '../features/registration.ts';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { runMain } from '../lib/run-main.ts';

await runMain('deploy-commands', async () => {
  const { discord } = deployConfig(processEnvironment);
  const { api } = createDiscordRest({ ...discord, onUnauthorized: () => {} });
  const commands = commandsOf(features).map(commandBody);
  try {
    const { added, changed, removed } = await registerCommands(api, commands);
    const parts = [
      ...added.map((name) => `+${name}`),
      ...changed.map((name) => `~${name}`),
      ...removed.map((name) => `-${name}`),
    ];
    process.stdout.write(
      `deploy-commands: ${parts.length === 0 ? 'nothing changed, nothing sent' : parts.join(' ')}\n`,
    );
    return exitCodes.ok;
  } catch (error) {
    const refused = error instanceof Error && 'status' in error && error.status === 401;
    if (refused)
      throw new Failure(
        'Discord refused DISCORD_TOKEN (401); copy it again from the Developer Portal, Bot',
        exitCodes.config,
      );
    throw new Failure(
      `the commands were not published at ${discord.apiUrl}: ${errorText(error)}`,
      exitCodes.unavailable,
    );
  }
});
