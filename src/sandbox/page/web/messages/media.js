import { html } from 'htm/preact';

/** @import { APIAttachment } from 'discord-api-types/v10' */

/**
 * An address that may be loaded: this sandbox's own files. The page never leaves loopback.
 * @param {string} url
 */
export function localUrl(url) {
  const parsed = URL.parse(url, location.href);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return undefined;
  const isOurs = /^(?:127\.0\.0\.1|localhost)$/.test(parsed.hostname) && parsed.port === location.port;
  return isOurs ? `${parsed.pathname}${parsed.search}` : undefined;
}

/** An image, or what stands for one that is elsewhere. @param {{ url: string, alt: string, kind?: string }} props */
export function Media({ url, alt, kind = 'image' }) {
  const address = localUrl(url);
  if (address !== undefined)
    return html`<img class="media media-${kind}" src=${address} alt=${alt} loading="lazy" />`;
  const host = URL.parse(url)?.host ?? 'elsewhere';
  return html`<span
    class="media media-${kind} media-away"
    role="img"
    aria-label=${`${alt}, on ${host}; not loaded`}
    title=${url}
  >
    <span aria-hidden="true">▨ ${host}</span>
  </span>`;
}

/** @param {{ attachments: readonly APIAttachment[] }} props */
export function Attachments({ attachments }) {
  if (attachments.length === 0) return null;
  return html`<ul class="attachments" aria-label="Attachments">
    ${attachments.map((each) => html`<li key=${each.id}><${Attachment} attachment=${each} /></li>`)}
  </ul>`;
}

/** @param {{ attachment: APIAttachment }} props */
function Attachment({ attachment }) {
  const { filename, url, size, content_type = '', description } = attachment;
  if (/^image\/(?:png|jpeg|gif|webp)/.test(content_type)) {
    return html`<a href=${localUrl(url)} target="_blank" rel="noopener noreferrer">
      <${Media} url=${url} alt=${description ?? filename} />
    </a>`;
  }
  if (/^(?:audio|video)\//.test(content_type) && localUrl(url) !== undefined) {
    const tag = content_type.startsWith('audio/') ? 'audio' : 'video';
    return html`<${tag}
      class="media"
      controls
      preload="metadata"
      src=${localUrl(url)}
      aria-label=${description ?? filename}
    ></${tag}>`;
  }
  return html`<a class="file" href=${localUrl(url)} download=${filename}>
    <span aria-hidden="true">⬇</span> ${filename} <small>${sizeText(size)}</small>
  </a>`;
}

/** @param {number} bytes */
export function sizeText(bytes) {
  if (bytes < 1_024) return `${bytes} bytes`;
  const kib = bytes / 1_024;
  return kib < 1_024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1_024).toFixed(1)} MiB`;
}
