/** @import { FeedEvent } from '../../../control/feed.ts' */

/**
 * Follows what happens in the sandbox (Server-Sent Events); the browser connects again by itself.
 * @param {{ onEvent: (event: FeedEvent) => void, onLive: (live: boolean) => void }} handlers
 */
export function follow({ onEvent, onLive }) {
  const source = new EventSource('/sandbox/feed');
  source.addEventListener('message', ({ data }) => onEvent(JSON.parse(data)));
  source.addEventListener('open', () => onLive(true));
  source.addEventListener('error', () => onLive(false));
}
