import { judge } from './judge.ts';

judge({ script: 'discord-js', library: 'discord.js' });
