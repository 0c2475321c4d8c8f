import { judge } from './judge.ts';

judge({ script: 'discordeno', library: 'discordeno', compresses: true });
