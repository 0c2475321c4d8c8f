import type { APIAttachment, APIEmbed } from 'discord-api-types/v10';
import { invalidForm } from '../forms/discord-error.ts';
import type { SnowflakeClock } from '../snowflake.ts';
import { refersTo } from './message-attachments.ts';
import type { ShowMedia } from './shown-components.ts';

/** How Components V2 show a URL; throws Discord's error for an `attachment://` that the message does not have. */
export function mediaOf(attachments: readonly APIAttachment[], ids: SnowflakeClock): ShowMedia {
  return (url) => {
    const id = ids.next();
    const attachment = attachments.find((each) => refersTo(url, each) || each.url === url);
    if (attachment) {
      const { width = null, height = null, content_type = null } = attachment;
      const size = { width, height, content_type, attachment_id: attachment.id };
      const media = { id, url: attachment.url, proxy_url: attachment.proxy_url, ...size };
      return { media, file: { name: attachment.filename, size: attachment.size } };
    }
    if (!url.startsWith('attachment://')) return { media: { id, url, proxy_url: url } };
    const code = 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND';
    const message = `The referenced attachment was not found in the message files: ${url}`;
    throw invalidForm([{ path: ['components'], code, message }]);
  };
}

type Url = { readonly url?: string; readonly icon_url?: string };

/** Embeds with the URLs of attachments in place of `attachment://name`, and the attachments that they do not show. */
export function embedMedia(
  embeds: APIEmbed[],
  attachments: APIAttachment[],
): { readonly embeds: APIEmbed[]; readonly attachments: APIAttachment[] } {
  if (attachments.length === 0 || embeds.length === 0) return { embeds, attachments };
  const used = new Set<APIAttachment>();
  const find = (url: string | undefined) => attachments.find((each) => refersTo(url ?? '', each));
  const resolve = (part: Url): Url => {
    const [image, icon] = [find(part.url), find(part.icon_url)];
    for (const each of [image, icon]) if (each) used.add(each);
    const size = image?.width ? { width: image.width, height: image.height } : {};
    return {
      ...part,
      ...(image && { url: image.url, proxy_url: image.proxy_url, ...size }),
      ...(icon && { icon_url: icon.url, proxy_icon_url: icon.proxy_url }),
    };
  };
  const shown = embeds.map((embed) => {
    const parts = (['image', 'thumbnail', 'author', 'footer'] as const).flatMap((name) => {
      const part = embed[name] as Url | undefined;
      return part ? [[name, resolve(part)] as const] : [];
    });
    return { ...embed, ...Object.fromEntries(parts) };
  });
  return { embeds: shown, attachments: attachments.filter((each) => !used.has(each)) };
}
