import type { APIEmbed } from 'discord-api-types/v10';
import { clip, verbatim } from '../../i18n/i18n.ts';
import { UpstreamError, type Found, type Lookup } from '../../upstream/upstream.ts';
import { accentColor } from '../accent-color.ts';
import type { Asker } from '../context.ts';
import { Refusal } from '../feature.ts';
import { lookupWords } from './words.ts';

/** A service as members know it, and where they may look themselves. */
export interface Source {
  readonly service: string;
  readonly elsewhere?: string;
}

/** What `lookup` brings. Throws a `Refusal` with what to do instead when the service is away and nothing is known. */
export async function ask<Query, Body>(
  context: Asker,
  lookup: Lookup<Query, Body>,
  query: Query,
  source: Source,
): Promise<Found<Body>> {
  try {
    return await context.lookUp(lookup, query);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    context.log.info({ lookup: lookup.name, reason: error.message }, 'nothing could be looked up');
    throw degraded(context, error, source);
  }
}

/** For what is offered while somebody types: `undefined` while the service is away, too. */
export async function ifAnswered<Body>(found: Promise<Found<Body>>): Promise<Body | undefined> {
  try {
    return (await found).body;
  } catch (error) {
    if (error instanceof UpstreamError) return undefined;
    throw error;
  }
}

function degraded(context: Asker, error: UpstreamError, { service, elsewhere }: Source): Refusal {
  const say = context.say(lookupWords);
  const kind = error.fault === 'refused' ? 'refused' : 'away';
  const lines = [
    say(`${kind}Advice`),
    ...(elsewhere === undefined ? [] : [say('elsewhere', { link: verbatim(elsewhere) })]),
  ];
  return new Refusal(lines.join('\n'), { title: say(kind, { service: verbatim(service) }), cause: error });
}

/** Privately: there is no such thing; `advice` says what to do. */
export function notFound(context: Asker, advice: string): Refusal {
  return new Refusal(advice, { title: context.say(lookupWords)('notFound') });
}

/**
 * What was found, as an embed: clipped to Discord's limits (resources/message, "Embed Limits"), with its source, and its age where its time
 * is over: then the service is away, or is being asked again behind the member's back, and which of the two is not known.
 */
export async function embedOf(
  context: Asker,
  { stale, atMs }: Found<unknown>,
  service: string,
  { title, description = '', ...embed }: APIEmbed,
): Promise<APIEmbed> {
  const say = context.say(lookupWords);
  const when = verbatim(`<t:${Math.floor(atMs / 1_000)}:R>`);
  const age = stale ? `\n-# ${say('stale', { service: verbatim(service), when })}` : '';
  const text = `${clip(description, descriptionMax)}${age}`.trim();
  return {
    ...(title !== undefined && { title: clip(title, 256) }),
    ...(text !== '' && { description: text }),
    color: await accentColor(context),
    footer: { text: say('from', { service: verbatim(service) }) },
    ...embed,
  };
}

/** A third of Discord's limit: a member reads a summary. */
const descriptionMax = 1_300;

/** One of an embed's fields beside others; nothing for a value that is not known. */
export function field(name: string, value: string | undefined): NonNullable<APIEmbed['fields']> {
  return value === undefined || value === '' ? [] : [{ name, value: clip(value, 1_024), inline: true }];
}

/** `<t:…:D>` of an ISO 8601 date: every reader sees it in their own language and time zone. */
export function dateTag(iso: string, style: 'D' | 'R' = 'D'): string | undefined {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? undefined : `<t:${Math.floor(ms / 1_000)}:${style}>`;
}
