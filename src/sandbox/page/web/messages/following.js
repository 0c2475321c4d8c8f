import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { isOlder } from '../core/merge-page.js';
import { getState, setState, useStore } from '../core/store.js';

/** How near to its end, in pixels, a list follows what comes. */
const followWithin = 120;

/** Keeps the end in sight, unless somebody scrolled up to read. @param {string} channelId @param {readonly unknown[]} changes */
export function useFollowing(channelId, changes) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const follow = () => {
    if (box.current && getState().readUpTo === null) box.current.scrollTop = box.current.scrollHeight;
  };
  const toEnd = () => {
    setState({ readUpTo: null });
    follow();
    box.current?.focus();
  };
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const onScroll = () => noteScroll(current);
    const observer = new ResizeObserver(follow);
    observer.observe(current);
    current.addEventListener('scroll', onScroll);
    // An image has its height only once it is there.
    current.addEventListener('load', follow, true);
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', onScroll);
      current.removeEventListener('load', follow, true);
    };
  }, []);
  useLayoutEffect(follow, [channelId, ...changes]);
  return { box, toEnd };
}

/** @param {HTMLDivElement} box */
function noteScroll({ scrollHeight, scrollTop, clientHeight }) {
  const { readUpTo, messages } = getState();
  const isAtEnd = scrollHeight - scrollTop - clientHeight < followWithin;
  if (isAtEnd && readUpTo !== null) setState({ readUpTo: null });
  else if (!isAtEnd && readUpTo === null) setState({ readUpTo: messages.at(-1)?.id ?? null });
}

/** Shows for whoever scrolled up how much came since. @param {{ onJump: () => void }} props */
export function JumpToEnd({ onJump }) {
  const readUpTo = useStore((state) => state.readUpTo);
  const count = useStore((state) => countAfter(state));
  if (readUpTo === null) return null;
  const text = count === 0 ? 'To the newest' : `${count} new ${count === 1 ? 'message' : 'messages'}`;
  return html`<button type="button" class="button primary jump" onClick=${onJump}>
    ${text} <span aria-hidden="true">↓</span>
  </button>`;
}

/** @param {{ readUpTo: string | null, messages: readonly { id: string }[] }} state */
function countAfter({ readUpTo, messages }) {
  if (readUpTo === null) return 0;
  return messages.length - 1 - messages.findLastIndex((each) => !isOlder({ id: readUpTo }, each));
}

/** Older messages come above: what was read stays where it was. @param {HTMLDivElement | null} box @param {() => Promise<void>} act */
export async function keepingPlace(box, act) {
  const [first, second] = box?.querySelectorAll('[data-message]') ?? [];
  // The first one may lose its head to one that comes above it.
  const anchor = second ?? first;
  const before = anchor?.getBoundingClientRect().top ?? 0;
  await act();
  await new Promise((resolve) => requestAnimationFrame(resolve));
  if (box && anchor) box.scrollTop += anchor.getBoundingClientRect().top - before;
}
