import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { addFiles } from '../core/drafts.js';
import { channelName } from '../core/names.js';
import { telling } from '../core/notice.js';
import { getState, setState, useStore } from '../core/store.js';
import { editMessage, lastOwnMessage, say } from '../core/talk.js';
import { AttachButton } from './attach-button.js';
import { withMarkup } from './mention-entries.js';
import { SuggestionList } from './suggestion-list.js';
import { useSuggestions } from './suggestions.js';

/** @import { Entry } from './command-entries.js' */
/** @import { Mentionable } from './mention-entries.js' */

/** Text goes to the channel; a leading slash opens the list of commands, `@` and `#` those of whom and what to mention. @param {{ takesFocus: boolean, mayAttach: boolean, onCommand: (entry: Entry) => void }} props */
export function ChatBox({ takesFocus, mayAttach, onCommand }) {
  const [{ text, caret }, setTyped] = useState({ text: '', caret: 0 });
  const [active, setActive] = useState(0);
  const [isClosed, setClosed] = useState(false);
  const chosen = useRef(/** @type {Map<string, string>} */ (new Map()));
  const channel = useStore((state) => channelName(state.channelId)) ?? '';
  const replyTo = useStore((state) => state.replyTo);
  const editing = useStore((state) => state.editing);
  const hasFiles = useStore((state) => state.files.length > 0);
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const { name, head, items } = useSuggestions(text, caret);
  const isOpen = name !== '' && !isClosed;
  const isEmpty = text.trim() === '' && !hasFiles;
  const setText = (/** @type {string} */ value) => setTyped({ text: value, caret: value.length });
  useEffect(() => void (replyTo && box.current?.focus()), [replyTo]);
  useLayoutEffect(() => {
    if (!editing) return undefined;
    setText(editing.content);
    box.current?.focus();
    return () => setText('');
  }, [editing]);
  useLayoutEffect(() => void (takesFocus && box.current?.focus()), []);
  useLayoutEffect(() => {
    grow(box.current);
    // A mention may be written in the middle of a text.
    if (document.activeElement === box.current) box.current?.setSelectionRange(caret, caret);
  }, [text]);
  const choose = (/** @type {number} */ at) => {
    const { entry, mention } = items[at] ?? {};
    if (entry) setText('');
    if (entry) onCommand(entry);
    if (mention) write(mention);
  };
  const write = (/** @type {Mentionable} */ { text: shown, markup }) => {
    chosen.current.set(shown, markup);
    const before = text.slice(0, caret).replace(/[@#][^\s@#]*$/, `${shown} `);
    setTyped({ text: before + text.slice(caret), caret: before.length });
  };
  const send = async () => {
    if (isEmpty || text.startsWith('/')) return;
    const mentions = chosen.current;
    const content = withMarkup(text, mentions);
    if (editing) {
      await telling(() => editMessage(editing, content));
      return;
    }
    const { channelId } = getState();
    // At once: what is typed while it is on its way is the next message.
    chosen.current = new Map();
    setText('');
    if (await telling(() => say(content))) return;
    const now = getState();
    if (now.channelId !== channelId || now.editing) return;
    chosen.current = new Map([...mentions, ...chosen.current]);
    setText([text, box.current?.value].filter(Boolean).join('\n'));
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (isOpen && items.length > 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) setActive((active + step + items.length) % items.length);
      else if (event.key === 'Tab' || event.key === 'Enter') choose(active);
      else if (event.key === 'Escape') setClosed(true);
      else return;
    } else if (event.key === 'Enter' && !event.shiftKey) void send();
    else if (event.key === 'Escape') setState({ replyTo: null, editing: null });
    else if (event.key === 'ArrowUp' && text === '' && !editing)
      setState({ editing: lastOwnMessage() ?? null });
    else return;
    event.preventDefault();
  };
  const onInput = (/** @type {InputEvent & { currentTarget: HTMLTextAreaElement }} */ event) => {
    const { value, selectionStart } = event.currentTarget;
    setTyped({ text: value, caret: selectionStart });
    setActive(0);
    setClosed(false);
  };
  return html`
    ${isOpen && html`<${SuggestionList} name=${name} head=${head} items=${items} active=${active} onHover=${setActive} onChoose=${choose} />`}
    <div class="chat-box">
      ${mayAttach && !editing && html`<${AttachButton} />`}
      <button
        type="button"
        class="icon"
        aria-label="Commands"
        onClick=${() => {
          setText('/');
          setClosed(false);
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
        aria-controls="suggestion-list"
        aria-activedescendant=${isOpen && items.length > 0 ? `suggestion-${active}` : undefined}
        onInput=${onInput}
        onKeyDown=${onKeyDown}
        onPaste=${pasteFiles}
      ></textarea>
      <button
        type="button"
        class="button primary send"
        disabled=${isEmpty || text.startsWith('/')}
        onClick=${send}
      >
        ${editing ? 'Save' : 'Send'}
      </button>
    </div>
  `;
}

/** @param {ClipboardEvent} event */
function pasteFiles(event) {
  const files = event.clipboardData?.files;
  if (!files?.length || getState().editing) return;
  event.preventDefault();
  addFiles(files);
}

/** As high as its text, up to what the style allows. @param {HTMLTextAreaElement | null} box */
function grow(box) {
  if (!box) return;
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight}px`;
}
