import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { Composer } from './composer/composer.js';
import { Notice } from './composer/notice.js';
import { Typing } from './composer/typing.js';
import { takeFiles } from './core/drafts.js';
import { setState, useStore } from './core/store.js';
import { ContextMenu } from './dialogs/context-menu.js';
import { ModalDialog } from './dialogs/modal.js';
import { ThreadDialog } from './dialogs/thread-dialog.js';
import { Header } from './header.js';
import { MessageList } from './messages/message-list.js';
import { Panel } from './panel/panel.js';
import { Places } from './places/places.js';

/** The whole page: places, a channel, and what the sandbox does. */
export function App() {
  const drawer = useStore((state) => state.drawer);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape' && drawer) setState({ drawer: null });
  };
  const [isOver, setOver] = useState(false);
  const onDragOver = (/** @type {DragEvent} */ event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  const onDrop = (/** @type {DragEvent} */ event) => {
    setOver(false);
    if (!event.dataTransfer?.files.length) return;
    // A file field takes what is dropped on it by itself.
    if (event.target instanceof HTMLInputElement && event.target.type === 'file') return;
    event.preventDefault();
    takeFiles(event.dataTransfer.files);
  };
  return html`<div class=${`app drawer-${drawer ?? 'none'}`} onKeyDown=${onKeyDown}>
    <a class="skip" href="#composer" onClick=${focusComposer}>Skip to the message box</a>
    <${Places} />
    <main
      class=${isOver ? 'channel drop' : 'channel'}
      aria-label="Channel"
      onDragOver=${onDragOver}
      onDragLeave=${() => setOver(false)}
      onDrop=${onDrop}
    >
      <${Header} />
      <${MessageList} />
      <${Typing} />
      <${Notice} />
      <${Composer} />
    </main>
    <${Panel} />
    ${drawer && html`<div class="shade" onClick=${() => setState({ drawer: null })}></div>`}
    <${ModalDialog} />
    <${ThreadDialog} />
    <${ContextMenu} />
  </div>`;
}

/** The address names the place, so the link must not change it. @param {MouseEvent} event */
function focusComposer(event) {
  event.preventDefault();
  const box = document.querySelector('#composer');
  if (box instanceof HTMLElement) box.focus();
}
