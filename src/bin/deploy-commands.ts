import './require-node.js';
import { deployConfig, processEnvironment } from '../config/config.ts';
import { registerCommands } from '../discord/command-registration.ts';
import { callFailure, createDiscordRest } from '../discord/discord.ts';
import { features } from '../features/features.ts';
import { commandBodies } from '../features/registration.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { readFlags } from '../lib/flags.ts';
import { Failure } from '../lib/failure.ts';
import { runMain } from '../lib/run-main.ts';

await runMain(
  'deploy-commands',
  async () => {
    const { guild, remove = false } = readFlags(process.argv.slice(2), {
      guild: { type: 'string' },
      remove: { type: 'boolean' },
    });
    checkFlags(guild, remove);
    const { discord } = deployConfig(processEnvironment);
    const { api } = createDiscordRest({ ...discord, onUnauthorized: () => {} });
    const commands = remove ? [] : commandBodies(features);
    try {
      const { added, changed, removed } = await registerCommands(api, commands, guild);
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
      throw error instanceof Failure ? error : callFailure(error, discord.apiUrl);
    }
  },
  { stopSignals: [] },
);

/** `--guild ID` tries the commands out in one guild, where they stand beside the global ones; `--remove` takes those away again. */
function checkFlags(guild: string | undefined, remove: boolean): void {
  if (guild !== undefined && !/^\d{15,20}$/.test(guild))
    throw new Failure(`--guild must be the id of a guild, not ${JSON.stringify(guild)}`, exitCodes.usage);
  if (remove && guild === undefined)
    throw new Failure(
      '--remove needs --guild: the global commands are removed with their features',
      exitCodes.usage,
    );
}
