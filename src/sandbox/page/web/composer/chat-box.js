import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { send } from '../core/api.js';
import { telling } from '../core/notice.js';
import { refreshCommands } from '../core/places.js';
import { refreshMessages } from '../core/refresh.js';
import { getState, setState, useStore } from '../core/store.js';
import { entriesOf, matchingEntries } from './command-entries.js';

/** @import { Entry } from './command-entries.js' */

/** Text goes to the channel; a leading slash opens the list of commands. @param {{ takesFocus: boolean, onCommand: (entry: Entry) => void }} props */
export function ChatBox({ takesFocus, onCommand }) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [isClosed, setClosed] = useState(false);
  const commands = useStore((state) => state.commands);
  const channelId = useStore((state) => state.channelId);
  const replyTo = useStore((state) => state.replyTo);
  const channel = useStore(({ guild }) => guild?.channels.find(({ id }) => id === channelId)?.name ?? '');
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const isCommand = text.startsWith('/');
  const entries = useMemo(() => entriesOf(commands), [commands]);
  const found = isCommand ? matchingEntries(entries, text.slice(1)) : [];
  const isOpen = isCommand && !isClosed;
  useEffect(() => void (isCommand && telling(refreshCommands)), [isCommand]);
  useEffect(() => void (replyTo && box.current?.focus()), [replyTo]);
  useLayoutEffect(() => void (takesFocus && box.current?.focus()), []);
  useLayoutEffect(() => grow(box.current), [text]);
  const choose = (/** @type {Entry | undefined} */ entry) => {
    if (!entry) return;
    setText('');
    onCommand(entry);
  };
  const say = async () => {
    if (text.trim() === '' || isCommand) return;
    const said = await telling(() => post(text));
    if (said) setText('');
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (isOpen && found.length > 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) setActive((active + step + found.length) % found.length);
      else if (event.key === 'Tab' || event.key === 'Enter') choose(found[active]);
      else if (event.key === 'Escape') setClosed(true);
      else return;
      event.preventDefault();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void say();
    } else if (event.key === 'Escape') setState({ replyTo: null });
  };
  const onInput = (/** @type {InputEvent & { currentTarget: HTMLTextAreaElement }} */ event) => {
    setText(event.currentTarget.value);
    setActive(0);
    setClosed(false);
  };
  return html`
    ${isOpen && html`<${CommandList} found=${found} active=${active} typed=${text} onHover=${setActive} onChoose=${choose} />`}
    <div class="chat-box">
      <button
        type="button"
        class="icon"
        aria-label="Commands"
        onClick=${() => {
          setText('/');
          box.current?.focus();
        }}
      >
        <span aria-hidden="true">/</span>
      </button>
      <textarea
        id="composer"
        ref=${box}
        rows="1"
        value=${text}
        placeholder=${`Message #${channel} or type /`}
        aria-label=${`Message #${channel}`}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded=${isOpen}
        aria-controls="command-list"
        aria-activedescendant=${isOpen && found.length > 0 ? `command-${active}` : undefined}
        onInput=${onInput}
        onKeyDown=${onKeyDown}
      ></textarea>
      <button
        type="button"
        class="button primary send"
        disabled=${text.trim() === '' || isCommand}
        onClick=${say}
      >
        Send
      </button>
    </div>
  `;
}

/** @param {{ found: readonly Entry[], active: number, typed: string, onHover: (at: number) => void, onChoose: (entry: Entry) => void }} props */
function CommandList({ found, active, typed, onHover, onChoose }) {
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => list.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest' }), [active]);
  return html`<div class="suggestions" ref=${list}>
    <p class="suggestions-head">${found.length === 0 ? `No command matches ${typed}` : 'Commands'}</p>
    <div id="command-list" role="listbox" aria-label="Commands">
      ${found.map(
        ({ words, description, options }, at) =>
          html`<div
            key=${words}
            id=${`command-${at}`}
            role="option"
            aria-selected=${at === active}
            class=${at === active ? 'option active' : 'option'}
            onMouseMove=${() => onHover(at)}
            onClick=${() => onChoose(/** @type {Entry} */ (found[at]))}
          >
            <span
              ><strong>/${words}</strong>
              ${options.filter((option) => option.required).map(({ name }) => html`<span key=${name} class="chip">${name}</span>`)}<small
                >${description}</small
              ></span
            >
          </div>`,
      )}
    </div>
  </div>`;
}

/** @param {string} content */
async function post(content) {
  const { channelId, userId, replyTo } = getState();
  const reply = replyTo ? { reply_to: replyTo.id } : {};
  const message = await send('/messages', { channel_id: channelId, user_id: userId, content, ...reply });
  setState({ replyTo: null, notice: null });
  await refreshMessages();
  return message;
}

/** As high as its text, up to what the style allows. @param {HTMLTextAreaElement | null} box */
function grow(box) {
  if (!box) return;
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight}px`;
}
