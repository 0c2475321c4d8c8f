import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { channelName, memberName, roleName } from '../core/names.js';
import { dateOfSeconds, timestampText } from '../core/time.js';
import { blocks } from './markdown-blocks.js';
import { inline } from './markdown.js';

/** @import { VNode } from 'preact' */
/** @import { Node } from './markdown.js' */

/** A text in Discord's Markdown. @param {{ text: string }} props */
export function Markdown({ text }) {
  return html`<div class="markdown">${blocks(text).map(view)}</div>`;
}

/** The same without headings, lists and quotes, for titles and names. @param {{ text: string }} props */
export function InlineMarkdown({ text }) {
  return html`<span>${inline(text).map(view)}</span>`;
}

/** @type {Readonly<Record<string, string>>} */
const tags = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  quote: 'blockquote',
  small: 'small',
  paragraph: 'p',
};

/** @type {Readonly<Record<string, (node: Node) => VNode | string>>} */
const views = {
  text: ({ text = '' }) => text,
  code: ({ text }) => html`<code>${text}</code>`,
  codeBlock: ({ text, style }) =>
    html`<pre aria-label=${style || 'code'} tabindex="0"><code>${text}</code></pre>`,
  spoiler: (node) => html`<${Spoiler}>${inside(node)}<//>`,
  user: ({ id = '' }) => html`<span class="mention">@${memberName(id) ?? id}</span>`,
  role: ({ id = '' }) => html`<span class="mention">@${roleName(id) ?? id}</span>`,
  channel: ({ id = '' }) => html`<span class="mention">#${channelName(id) ?? id}</span>`,
  command: ({ text }) => html`<span class="mention">/${text}</span>`,
  everyone: ({ text }) => html`<span class="mention">${text}</span>`,
  emoji: ({ text }) => html`<span class="emoji-name">:${text}:</span>`,
  time: ({ id, style = 'f' }) => timeView(Number(id), style),
  link: ({ id, text, children }) =>
    html`<a href=${id} target="_blank" rel="noopener noreferrer">${children ? children.map(view) : text}</a>`,
  heading: (node) =>
    html`<div class="heading heading-${node.level}" role="heading" aria-level=${2 + (node.level ?? 1)}>
      ${inside(node)}
    </div>`,
  list: ({ ordered, items = [] }) => {
    const entries = items.map((item) => html`<li>${item.map(view)}</li>`);
    return ordered
      ? html`<ol>
          ${entries}
        </ol>`
      : html`<ul>
          ${entries}
        </ul>`;
  },
};

/** @param {Node} node @returns {VNode | string} */
function view(node) {
  const special = views[node.kind];
  if (special) return special(node);
  return html`<${tags[node.kind] ?? 'span'}>${inside(node)}<//>`;
}

/** @param {Node} node */
function inside({ children = [] }) {
  return children.map(view);
}

/** @param {number} seconds @param {string} style */
function timeView(seconds, style) {
  const date = dateOfSeconds(seconds);
  if (!date) return html`<span>Invalid date</span>`;
  return html`<time datetime=${date.toISOString()} title=${timestampText(seconds, 'F')}
    >${timestampText(seconds, style)}</time
  >`;
}

/** @param {{ children?: unknown }} props */
function Spoiler({ children }) {
  const [isShown, setShown] = useState(false);
  if (isShown) return html`<span class="spoiler shown">${children}</span>`;
  return html`<button
    type="button"
    class="spoiler"
    aria-label="Spoiler: show it"
    onClick=${() => setShown(true)}
  >
    <span aria-hidden="true">${children}</span>
  </button>`;
}
