import './require-node.js';
import { deployConfig, processEnvironment } from '../config/config.ts';
import { registerCommands } from '../discord/command-registration.ts';
import { callFailure, createDiscordRest } from '../discord/discord.ts';
import { features } from '../features/features.ts';
import { commandBodies } from '../features/registration.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';

await runMain(
  'deploy-commands',
  async () => {
    readFlags(process.argv.slice(2), {});
    const { discord } = deployConfig(processEnvironment);
    const { api } = createDiscordRest({ ...discord, onUnauthorized: () => {} });
    const commands = commandBodies(features);
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
      throw callFailure(error, discord.apiUrl);
    }
  },
  { stopSignals: [] },
);
