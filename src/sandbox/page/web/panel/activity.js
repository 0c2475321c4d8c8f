import { entriesOf } from '../composer/command-entries.js';
import { read, Refused, send } from '../core/api.js';
import { refreshMessagesSoon } from '../core/refresh.js';
import { getState } from '../core/store.js';

/** @import { CommandSight } from '../../../control/guild-commands.ts' */
/** @import { Entry, OptionDefinition } from '../composer/command-entries.js' */

const lines = [
  'Anyone up for a round tonight?',
  'That worked, thanks!',
  'brb, tea ☕',
  'Has anybody tried the new channel layout? I *rather* like it.',
  'The update is out: `v2.4` fixes the lobby.',
  'Who left the lights on in #general?',
  '**gg** everyone',
  'I will be there in ten minutes',
];

/** One of the others says something in the open channel. */
export async function letSomebodyChat() {
  await send('/messages', { channel_id: getState().channelId, user_id: somebody(), content: anyOf(lines) });
  refreshMessagesSoon();
}

/** One of the others uses a command that asks for nothing they would have to make up. */
export async function letSomebodyUseCommand() {
  const { guild, channelId } = getState();
  const userId = somebody();
  /** @type {CommandSight[]} */
  const commands = await read(`/guilds/${guild?.id}/commands`, { user_id: userId });
  const simple = entriesOf(commands).filter(({ options }) => options.every(isEasy));
  const entry = simple.length > 0 ? anyOf(simple) : undefined;
  if (!entry) throw new Refused('the bot has no command here that needs no made-up text');
  await send('/commands', {
    guild_id: guild?.id,
    channel_id: channelId,
    user_id: userId,
    command: entry.words,
    options: easyValues(entry),
    wait_ms: 0,
  });
  refreshMessagesSoon();
}

/** @param {OptionDefinition} option */
function isEasy({ required, choices }) {
  return !required || (choices?.length ?? 0) > 0;
}

/** @param {Entry} entry */
function easyValues({ options }) {
  return Object.fromEntries(
    options.filter(({ required }) => required).map(({ name, choices = [] }) => [name, anyOf(choices).value]),
  );
}

function somebody() {
  const { guild, userId } = getState();
  const others = guild?.members.filter(({ id, kind }) => id !== userId && kind !== 'bot') ?? [];
  if (others.length === 0) throw new Refused('nobody else is in this server');
  return anyOf(others).id;
}

/** @template T @param {readonly T[]} all */
function anyOf(all) {
  return /** @type {T} */ (all[Math.floor(Math.random() * all.length)]);
}
