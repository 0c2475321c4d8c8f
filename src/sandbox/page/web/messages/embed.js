import { html } from 'htm/preact';
import { clockText } from '../core/time.js';
import { InlineMarkdown, Markdown } from './markdown-view.js';
import { Media } from './media.js';

/** @import { APIEmbed, APIEmbedField } from 'discord-api-types/v10' */

/** @param {{ embed: APIEmbed }} props */
export function Embed({ embed }) {
  const { color, author, title, url, description, fields = [], image, thumbnail, footer, timestamp } = embed;
  return html`<article class="embed" aria-label=${title ?? author?.name ?? 'Embed'}>
    <${ColorBar} color=${color} />
    <div class="embed-body">
      ${author && html`<div class="embed-author"><${MaybeLink} url=${author.url}>${author.name}<//></div>`}
      ${
        title &&
        html`<div class="embed-title">
          <${MaybeLink} url=${url}><${InlineMarkdown} text=${title} /><//>
        </div>`
      }
      ${description && html`<${Markdown} text=${description} />`}
      ${fields.length > 0 && html`<dl class="fields">${fields.map((field, at) => html`<${Field} key=${at} field=${field} />`)}</dl>`}
      ${image && html`<${Media} url=${image.url} alt=${image.description ?? `Image of ${title ?? 'the embed'}`} />`}
      <${Footer} text=${footer?.text} timestamp=${timestamp} />
    </div>
    ${thumbnail && html`<${Media} url=${thumbnail.url} alt="Thumbnail" kind="thumbnail" />`}
  </article>`;
}

/** The bot's colour comes as a number; as an SVG attribute it needs no inline style. @param {{ color: number | undefined }} props */
export function ColorBar({ color }) {
  const fill = color === undefined ? 'var(--line)' : `#${color.toString(16).padStart(6, '0')}`;
  return html`<svg class="color-bar" aria-hidden="true" width="4" height="100%">
    <rect width="4" height="100%" fill=${fill} />
  </svg>`;
}

/** @param {{ field: APIEmbedField }} props */
function Field({ field }) {
  return html`<div class=${field.inline ? 'field inline' : 'field'}>
    <dt><${InlineMarkdown} text=${field.name} /></dt>
    <dd><${Markdown} text=${field.value} /></dd>
  </div>`;
}

/** @param {{ text: string | undefined, timestamp: string | undefined }} props */
function Footer({ text, timestamp }) {
  if (text === undefined && timestamp === undefined) return null;
  const date = timestamp === undefined ? undefined : new Date(timestamp);
  const time = date && !Number.isNaN(date.getTime()) ? clockText(date) : undefined;
  return html`<footer class="embed-footer">${[text, time].filter(Boolean).join(' · ')}</footer>`;
}

/** Only the web's own schemes become links. @param {{ url: string | undefined, children?: unknown }} props */
function MaybeLink({ url, children }) {
  if (url === undefined || !/^https?:\/\//i.test(url)) return html`<span>${children}</span>`;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${children}</a>`;
}
