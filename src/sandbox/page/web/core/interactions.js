import { read, Refused, send } from './api.js';
import { rememberMember } from './names.js';
import { tell } from './notice.js';
import { refreshMessages } from './refresh.js';
import { getState, setState } from './store.js';
import { uploadOf } from './upload.js';

/** @import { APIMessage } from 'discord-api-types/v10' */
/** @import { InteractionSight } from '../../../control/interactions.ts' */
/** @import { Pending } from './store.js' */

/** @typedef {NonNullable<InteractionSight['modal']>} ModalSight */
/** @typedef {{ interactionId: string, modal: ModalSight }} OpenModal */
/** @typedef {string | number | boolean | File} GivenValue a file is read when it is sent */

const failedText = 'This interaction failed';
let lastKey = 0;

/**
 * Uses a command as the member. Resolves once there is a first answer, or none came in time.
 * @param {{ command: string, options?: Record<string, GivenValue>, target_id?: string }} use
 * @param {string} label as the channel shows it
 */
export async function useCommand(use, label) {
  const { guild, channelId, userId } = getState();
  const place = { guild_id: guild?.id, channel_id: channelId, user_id: userId };
  await withPending(label, async () => {
    const options = await withFilesRead(use.options ?? {});
    return send('/commands', { ...place, ...use, options, wait_ms: 0 });
  });
}

/**
 * Presses a button or chooses in a select menu.
 * @param {APIMessage} message
 * @param {string} customId
 * @param {readonly string[]} [values]
 */
export async function useComponent(message, customId, values) {
  const { userId } = getState();
  const key = `${message.id}:${customId}`;
  setFailure(message.id, undefined);
  setState({ busy: new Set([...getState().busy, key]) });
  const form = { channel_id: message.channel_id, message_id: message.id, user_id: userId };
  try {
    const sight = await send('/components', { ...form, custom_id: customId, values, wait_ms: 0 });
    if ((await settle(sight)) === 'failed') setFailure(message.id, failedText);
  } catch (error) {
    setFailure(message.id, wordsOf(error));
  }
  setState({ busy: new Set([...getState().busy].filter((each) => each !== key)) });
}

/**
 * Sends a modal. Resolves with what is wrong with it, or with nothing when it was taken.
 * @param {OpenModal} open
 * @param {Record<string, unknown>} fields by custom id
 */
export async function submitModal({ interactionId, modal }, fields) {
  try {
    const sight = await send('/modals', {
      interaction_id: interactionId,
      fields: await withFilesRead(sentFields(fields)),
      wait_ms: 0,
    });
    if ((await settle(sight, true)) === 'failed') return 'Something went wrong. Try again.';
    return undefined;
  } catch (error) {
    return `${modal.title}: ${wordsOf(error)}`;
  }
}

/** A checkbox is sent as a word; a radio group in which nothing is chosen is left out. @param {Record<string, unknown>} fields */
function sentFields(fields) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value]),
  );
}

/** Whoever sends at once sends the files that were picked, too: they are read here, not when they are picked. @param {Record<string, unknown>} values */
async function withFilesRead(values) {
  const pairs = Object.entries(values).map(async ([name, value]) => [name, await filesRead(value)]);
  return Object.fromEntries(await Promise.all(pairs));
}

/** @param {unknown} value @returns {Promise<unknown>} */
async function filesRead(value) {
  if (Array.isArray(value)) return Promise.all(value.map(filesRead));
  return value instanceof File ? uploadOf(value) : value;
}

/** @param {string} label @param {() => Promise<InteractionSight>} act */
async function withPending(label, act) {
  const { channelId, userId } = getState();
  const key = ++lastKey;
  /** @type {Pending} */
  const pending = { key, channelId, userId, label, at: Date.now(), state: 'waiting' };
  setState({ pending: [...getState().pending, pending], notice: null });
  try {
    if ((await settle(await act())) === 'failed')
      changePending(key, { state: 'failed', problem: failedText });
    else dismissPending(key);
  } catch (error) {
    changePending(key, { state: 'failed', problem: wordsOf(error) });
  }
}

/** @param {InteractionSight} sight @param {boolean} [closesModal] */
async function settle(sight, closesModal = false) {
  const { interactionId, modal, shardId, answeredInMs, state } = sight;
  setState({ served: { shardId, ms: answeredInMs } });
  if (modal) setState({ modal: { interactionId, modal } });
  else if (closesModal && state !== 'failed') setState({ modal: null });
  await refreshMessages();
  return state;
}

/** @param {number} key */
export function dismissPending(key) {
  setState({ pending: getState().pending.filter((each) => each.key !== key) });
}

/** @param {number} key @param {Partial<Pending>} change */
function changePending(key, change) {
  setState({
    pending: getState().pending.map((each) => (each.key === key ? { ...each, ...change } : each)),
  });
}

/** @param {string} messageId @param {string | undefined} problem */
function setFailure(messageId, problem) {
  const failures = new Map(getState().failures);
  if (problem === undefined) failures.delete(messageId);
  else failures.set(messageId, problem);
  setState({ failures });
}

/** @param {unknown} error */
function wordsOf(error) {
  if (!(error instanceof Refused)) throw error;
  return error.message;
}

/** @param {APIMessage} message @param {string} emoji @param {boolean} remove */
export async function toggleReaction(message, emoji, remove) {
  const { userId } = getState();
  const form = { channel_id: message.channel_id, message_id: message.id, user_id: userId };
  try {
    await send('/reactions', { ...form, emoji, remove });
    await refreshMessages();
  } catch (error) {
    tell(wordsOf(error), true);
  }
}

/**
 * The bot's suggestions for an option that is being typed.
 * @param {string} command
 * @param {Record<string, GivenValue>} options
 * @param {string} focused
 * @returns {Promise<{ choices: readonly { name: string, value: string | number }[] }>}
 */
export async function suggestions(command, options, focused) {
  const { guild, channelId, userId } = getState();
  const place = { guild_id: guild?.id, channel_id: channelId, user_id: userId };
  return send('/autocomplete', { ...place, command, options: await withFilesRead(options), focused });
}

/** @param {string} query */
export async function findMembers(query) {
  /** @type {readonly import('../../../control/member-search.ts').MemberSight[]} */
  const members = await read(`/guilds/${getState().guild?.id}/members`, { query, limit: 25 });
  members.forEach(rememberMember);
  return members;
}
