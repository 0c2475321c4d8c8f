import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { html } from 'hono/html';
import {
  deniedLocation,
  grantedLocation,
  readAuthorization,
  type AuthorizationRequest,
} from './authorization-request.ts';
import { consentForm } from './consent-form.ts';
import type { OAuth2Parts } from './oauth2.ts';
import { servePage } from './page.ts';
import { peopleOf, personOf } from './people.ts';
import { readUrlEncoded } from './url-encoded.ts';

/** Remembers who somebody is in this browser. Anybody may be anybody here, so it needs no secret. */
const loginCookie = 'sandbox_login';
const guildsPerPage = 25;

/** `/oauth2/authorize` on Discord's own site: the page, and its form, which is sent to the page's own address. */
export function authorizePages(parts: OAuth2Parts): Hono {
  const pages = new Hono();
  pages.get('/authorize', (c) => withRequest(c, parts, (request) => askOrAnswer(c, parts, request)));
  // Another site's form carries another Origin: nobody agrees to anything by visiting it.
  pages.post('/authorize', csrf(), bodyLimit({ maxSize: 16_384 }), (c) =>
    withRequest(c, parts, (request) => decide(c, parts, request)),
  );
  return pages;
}

type Answer = Response | Promise<Response>;

function withRequest(c: Context, parts: OAuth2Parts, act: (request: AuthorizationRequest) => Answer): Answer {
  const reading = readAuthorization(c.req.queries(), parts.account, parts.redirectUris);
  if ('request' in reading) return act(reading.request);
  return 'location' in reading ? c.redirect(reading.location, 303) : refuse(c, reading.refusal);
}

function askOrAnswer(c: Context, parts: OAuth2Parts, request: AuthorizationRequest): Answer {
  const { world, account, grants } = parts;
  const userId = getCookie(c, loginCookie);
  if (request.silent && userId !== undefined && grants.hasAgreed(userId, request.scopes)) {
    return c.redirect(grantedLocation(request, grants.consent({ ...request, userId })), 303);
  }
  const guildIds = world.guildIds(guildsPerPage, c.req.query('people_after'));
  const search = new URL(c.req.url).searchParams;
  const more = new URLSearchParams(search);
  more.set('people_after', guildIds.at(-1) ?? '');
  const form = consentForm({
    application: account.botUser.username,
    scopes: request.scopes,
    people: peopleOf(world, guildIds),
    lastUserId: userId,
    search: `?${search.toString()}`,
    moreSearch: guildIds.length === guildsPerPage ? `?${more.toString()}` : undefined,
  });
  return servePage(
    c,
    200,
    `Authorize ${account.botUser.username}`,
    form,
    new URL(request.redirectUri).origin,
  );
}

async function decide(c: Context, parts: OAuth2Parts, request: AuthorizationRequest): Promise<Response> {
  const form = await readUrlEncoded(c);
  const userId = form.get('user_id') ?? '';
  if (form.get('decision') !== 'authorize') return c.redirect(deniedLocation(request), 303);
  if (!personOf(parts.world, parts.account, userId)) {
    return refuse(c, `There is nobody with the id ${JSON.stringify(userId)}.`);
  }
  setCookie(c, loginCookie, userId, { httpOnly: true, sameSite: 'Lax', path: '/oauth2' });
  return c.redirect(grantedLocation(request, parts.grants.consent({ ...request, userId })), 303);
}

function refuse(c: Context, reason: string): Answer {
  return servePage(c, 400, 'Invalid OAuth2 request', html`<p>${reason}</p>`);
}
