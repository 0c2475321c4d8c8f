import { html } from 'htm/preact';
import { useComponent } from '../core/interactions.js';
import { useStore } from '../core/store.js';
import { ColorBar } from './embed.js';
import { Markdown } from './markdown-view.js';
import { localUrl, Media } from './media.js';
import { SelectMenu } from './select-menu.js';

/** @import { VNode } from 'preact' */
/** @import { APIButtonComponent, APIMessage } from 'discord-api-types/v10' */

/**
 * A component of either generation, as far as drawing goes; its `type` says which fields mean something.
 * @typedef {{ type: number, id?: number, custom_id?: string, components?: readonly Part[], accessory?: Part, content?: string, items?: readonly MediaItem[], media?: { url: string }, file?: { url: string }, name?: string, size?: number, divider?: boolean, spacing?: number, accent_color?: number | null, spoiler?: boolean, description?: string | null }} Part
 * @typedef {{ media: { url: string }, description?: string | null, spoiler?: boolean }} MediaItem
 */

/** @param {{ message: APIMessage }} props */
export function Components({ message }) {
  const parts = /** @type {readonly Part[]} */ (message.components ?? []);
  if (parts.length === 0) return null;
  return html`<div class="components">
    ${parts.map((part, at) => html`<${Component} key=${at} part=${part} message=${message} />`)}
  </div>`;
}

/** By component type (components/reference.mdx). @type {Readonly<Record<number, (part: Part, message: APIMessage) => VNode>>} */
const views = {
  1: (part, message) => html`<div class="action-row">${inside(part, message)}</div>`,
  2: (part, message) => html`<${Button} button=${part} message=${message} />`,
  3: select,
  5: select,
  6: select,
  7: select,
  8: select,
  9: (part, message) =>
    html`<div class="section">
      <div>${inside(part, message)}</div>
      ${part.accessory && html`<${Component} part=${part.accessory} message=${message} />`}
    </div>`,
  10: ({ content = '' }) => html`<${Markdown} text=${content} />`,
  11: ({ media, description }) =>
    html`<${Media} url=${media?.url ?? ''} alt=${description ?? 'Thumbnail'} kind="thumbnail" />`,
  12: ({ items = [] }) =>
    html`<div class="gallery">
      ${items.map((item, at) => html`<${Media} key=${at} url=${item.media.url} alt=${item.description ?? `Image ${at + 1}`} />`)}
    </div>`,
  13: ({ file, name = 'file' }) =>
    html`<a class="file" href=${localUrl(file?.url ?? '')} download=${name}
      ><span aria-hidden="true">⬇</span> ${name}</a
    >`,
  14: ({ divider = true, spacing = 1 }) =>
    html`<hr class=${`separator spacing-${spacing} ${divider ? '' : 'blank'}`} />`,
  17: (part, message) =>
    html`<div class="container">
      <${ColorBar} color=${part.accent_color ?? undefined} />
      <div class="container-body">${inside(part, message)}</div>
    </div>`,
};

/** @param {{ part: Part, message: APIMessage }} props */
function Component({ part, message }) {
  return (
    views[part.type]?.(part, message) ??
    html`<p class="muted">A component of type ${part.type}, which the playground cannot show</p>`
  );
}

/** @param {Part} part @param {APIMessage} message */
function inside({ components = [] }, message) {
  return components.map((each, at) => html`<${Component} key=${at} part=${each} message=${message} />`);
}

/** @param {Part} part @param {APIMessage} message */
function select(part, message) {
  return html`<${MessageSelect} part=${part} message=${message} />`;
}

/** @param {{ part: Part, message: APIMessage }} props */
function MessageSelect({ part, message }) {
  const customId = part.custom_id ?? '';
  const isBusy = useStore(({ busy }) => busy.has(`${message.id}:${customId}`));
  return html`<${SelectMenu}
    menu=${part}
    busy=${isBusy}
    onChoose=${(/** @type {readonly string[]} */ values) => useComponent(message, customId, values)}
  />`;
}

/** components/reference.mdx, Button Styles. @type {Readonly<Record<number, string>>} */
const styles = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link', 6: 'premium' };

/** @param {{ button: APIButtonComponent, message: APIMessage }} props */
function Button({ button, message }) {
  const customId = 'custom_id' in button ? button.custom_id : '';
  const isBusy = useStore(({ busy }) => busy.has(`${message.id}:${customId}`));
  const look = `button ${styles[button.style] ?? 'secondary'}`;
  const label = buttonLabel(button);
  if ('url' in button) {
    const url = /^https?:\/\//i.test(button.url) ? button.url : undefined;
    return html`<a class=${look} href=${url} target="_blank" rel="noopener noreferrer"
      >${label} <span aria-hidden="true">↗</span></a
    >`;
  }
  const isOff = button.disabled === true || 'sku_id' in button;
  return html`<button
    type="button"
    class=${look}
    disabled=${isOff}
    aria-busy=${isBusy}
    onClick=${() => useComponent(message, customId)}
  >
    ${label}
  </button>`;
}

/** @param {APIButtonComponent} button */
function buttonLabel(button) {
  if (!('label' in button) && !('emoji' in button)) return 'Purchase';
  const { emoji, label } = button;
  const name = emoji?.id ? `:${emoji.name ?? 'emoji'}:` : (emoji?.name ?? '');
  return [name, label].filter(Boolean).join(' ');
}
