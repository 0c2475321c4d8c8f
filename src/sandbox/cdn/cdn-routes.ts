import { Hono } from 'hono';
import type { Cdn } from './cdn.ts';
import { defaultAvatar } from './default-avatar.ts';

/** What a browser may show in place: nothing among it can run a script. Everything else is downloaded. */
const shownInPlace = /^(image\/(png|jpeg|gif|webp)|audio\/|video\/|text\/plain)/;

/** A file is a stranger's: it must not act in the name of the sandbox's origin. */
const harmless = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'public, max-age=31536000, immutable',
};

/** Routes below `/cdn`: the files of messages, and pictures for people who have none. */
export function cdnRoutes(cdn: Cdn): Hono {
  const routes = new Hono();
  routes.get('/:kind{attachments|ephemeral-attachments}/:channel/:id/:name', (c) => {
    const { kind, channel, id, name } = c.req.param();
    const file = cdn.find(`${kind}/${channel}/${id}/${name}`);
    if (!file) return c.text('', 404);
    const type = file.contentType ?? 'application/octet-stream';
    const disposition = shownInPlace.test(type) ? 'inline' : 'attachment';
    return c.body(new Uint8Array(file.bytes), 200, {
      ...harmless,
      'content-type': type,
      'content-disposition': `${disposition}; filename="${file.name}"`,
    });
  });
  routes.get('/embed/avatars/:file{[0-5]\\.png}', (c) => {
    const image = defaultAvatar(Number.parseInt(c.req.param('file'), 10));
    return image
      ? c.body(new Uint8Array(image), 200, { ...harmless, 'content-type': 'image/png' })
      : c.notFound();
  });
  return routes;
}
