import { judge } from './judge.ts';

judge({ script: 'discordjs-core', library: '@discordjs/core', compresses: true });
