import { memberName } from '../core/names.js';

/** @import { DispatchEvent, FaultEvent, FeedEvent, InteractionEvent, RestEvent, SessionEvent } from '../../../control/feed.ts' */

/** One line of the log. @param {FeedEvent} event */
export function summaryOf(event) {
  if (event.kind === 'dispatch') return dispatchText(event);
  if (event.kind === 'interaction') return interactionText(event);
  if (event.kind === 'rest') return restText(event);
  return event.kind === 'session' ? sessionText(event) : faultText(event);
}

/** @param {DispatchEvent} event */
function dispatchText({ event, shardIds, to }) {
  const missed = to.filter(({ connected }) => !connected).length;
  return `${event} → ${shardsText(shardIds)}${missed > 0 ? `, ${missed} away` : ''}${to.length === 0 ? ', no intent' : ''}`;
}

/** @param {InteractionEvent} event */
function interactionText({ name, userId, state, answeredInMs, shardId }) {
  const who = userId === null ? 'somebody' : (memberName(userId) ?? userId);
  const how = answeredInMs === null ? state : `${state} in ${Math.round(answeredInMs)} ms`;
  return `${who} · ${name}: ${how}, ${shardId === null ? 'no shard' : `shard ${shardId}`}`;
}

/** @param {RestEvent} event */
function restText({ method, route, status, ms, code, scope }) {
  const why = [code === undefined ? '' : `code ${code}`, scope ?? ''].filter(Boolean).join(', ');
  return `${method} ${route || '(unknown)'} ${status}${why ? ` (${why})` : ''} ${Math.round(ms)} ms`;
}

/** @param {SessionEvent} event */
function sessionText({ what, shardId, shardCount, code, by }) {
  const shard = shardId === null ? '' : ` shard ${shardId}/${shardCount}`;
  return `${what}${shard}${code === undefined ? '' : ` ${code}`}${by ? ` by ${by}` : ''}`;
}

/** @param {FaultEvent} event */
function faultText({ fault, on }) {
  return `${fault} ${on ? 'on' : 'off'}`;
}

/** @param {readonly number[]} ids */
function shardsText(ids) {
  return ids.length === 0 ? 'nobody' : `shard ${ids.join(', ')}`;
}
