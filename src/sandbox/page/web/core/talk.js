import { send } from './api.js';
import { rememberThread } from './names.js';
import { telling } from './notice.js';
import { openChannel } from './places.js';
import { refreshChannels } from './channels.js';
import { dropMessages, refreshMessagesSoon } from './refresh.js';
import { getState, setState } from './store.js';
import { uploadOf } from './upload.js';

/** @import { APIMessage } from 'discord-api-types/v10' */
/** @import { State } from './store.js' */

/** Sends what was typed, with the files that wait, as a reply where one is being written. @param {string} content */
export async function say(content) {
  const { channelId, userId, replyTo, files } = getState();
  setState({ replyTo: null, files: [] });
  const message = await post({ channelId, userId, replyTo, files }, content).catch((error) => {
    const now = getState();
    if (now.channelId === channelId)
      setState({ replyTo: now.replyTo ?? replyTo, files: [...files, ...now.files] });
    throw error;
  });
  setState({ notice: null, newFrom: null, readUpTo: null });
  refreshMessagesSoon();
  return message;
}

/** @param {Pick<State, 'channelId' | 'userId' | 'replyTo' | 'files'>} from @param {string} content */
async function post({ channelId, userId, replyTo, files }, content) {
  const uploads = await Promise.all(files.map(({ file, description }) => uploadOf(file, description)));
  const reply = replyTo ? { reply_to: replyTo.id } : {};
  return send('/messages', { channel_id: channelId, user_id: userId, content, files: uploads, ...reply });
}

/** @param {APIMessage} message @param {string} content */
export async function editMessage(message, content) {
  const edited = await send('/messages/edit', { ...theirs(message), content });
  setState({ editing: null, notice: null });
  refreshMessagesSoon();
  return edited;
}

/** @param {APIMessage} message */
export function deleteMessage(message) {
  return telling(async () => {
    await send('/messages/delete', theirs(message));
    dropMessages([message.id]);
  });
}

/** Begins a thread at the message and opens it. @param {APIMessage} message @param {string} name */
export async function beginThread(message, name) {
  const { guild, userId } = getState();
  const place = { guild_id: guild?.id, channel_id: message.channel_id, message_id: message.id };
  /** @type {{ id: string }} */
  const { id } = await send('/threads/create', { ...place, by: userId, name });
  rememberThread({ id, name });
  await refreshChannels();
  await openChannel(id);
}

/** The newest message that the visitor may edit. */
export function lastOwnMessage() {
  const { messages, userId } = getState();
  return messages.findLast(({ author, flags = 0 }) => author.id === userId && (flags & (1 << 6)) === 0);
}

/** @param {APIMessage} message */
function theirs({ id, channel_id }) {
  return { channel_id, message_id: id, user_id: getState().userId };
}
