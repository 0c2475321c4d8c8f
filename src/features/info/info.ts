import { GatewayIntentBits } from 'discord-api-types/v10';
import type { Feature } from '../feature.ts';
import { about } from './about.ts';
import { ping } from './ping.ts';

/** What the bot says of itself. Guilds: the guild counts come from READY and GUILD_CREATE. */
export const info: Feature = { name: 'info', intents: [GatewayIntentBits.Guilds], commands: [ping, about] };
