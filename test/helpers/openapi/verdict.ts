import type { Exchange } from './exchange.ts';
import type { Judge } from './openapi.ts';

/** Answers that say the body itself is wrong: too many commands, an empty message, a form that does not fit, no JSON. */
const bodyRefusals: ReadonlySet<unknown> = new Set([30032, 50006, 50035, 50109]);

/**
 * Refusals of a right form, by field and code, for reasons that only Discord knows: what the body speaks of, or what it
 * is an answer to.
 */
const ofContext: ReadonlySet<string> = new Set([
  // A reply to what is not there.
  'message_reference MESSAGE_REFERENCE_UNKNOWN_MESSAGE',
  // A channel in what is no category, or in one that is full.
  'parent_id CHANNEL_PARENT_INVALID_TYPE',
  'parent_id CHANNEL_PARENT_MAX_CHANNELS',
  // A callback of a type that this kind of interaction does not take.
  'type BASE_TYPE_CHOICES',
  // A choice of another type than the option that is being typed.
  'value STRING_TYPE_CONVERT',
  'value NUMBER_TYPE_COERCE',
  // An edit of a message that is of the other generation of components.
  'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  'embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  'type UNION_TYPE_CHOICES',
  // Files that are neither uploaded nor on the message.
  'id ATTACHMENT_NOT_FOUND',
  'components UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
]);

const emptyMessage = 50006;

/**
 * Throws when the description disagrees with a Discord that gave these answers: with an answer's form, with a request
 * that was accepted, or with one whose body was refused.
 */
export async function assertFaithful(judge: Judge, exchanges: readonly Exchange[]): Promise<void> {
  const faults: string[] = [];
  for (const exchange of exchanges) {
    const wrongRequest = await judge.request(exchange);
    const refused = isBodyRefusal(exchange);
    faults.push(...judge.response(exchange).map((fault) => describe(exchange, `answer: ${fault}`)));
    if (exchange.status < 300)
      faults.push(...wrongRequest.map((fault) => describe(exchange, `accepted: ${fault}`)));
    if (refused && wrongRequest.length === 0)
      faults.push(describe(exchange, 'refused, though the request is right'));
  }
  report(faults);
}

/** Throws when a bot sent what the description does not allow, whatever it was answered. */
export async function assertWellSpoken(judge: Judge, exchanges: readonly Exchange[]): Promise<void> {
  const faults: string[] = [];
  for (const exchange of exchanges) {
    const wrong = [...(await judge.request(exchange)), ...senderFaults(exchange)];
    faults.push(...wrong.map((fault) => describe(exchange, fault)));
  }
  report(faults);
}

/**
 * reference.mdx:231; an interaction's token stands in its path, so the bot's own need not travel; and an application proves
 * itself to the token endpoints by its secret.
 */
function senderFaults({ headers, url }: Exchange): string[] {
  const byToken = /^\/api\/v10\/(interactions|webhooks)\//.test(url);
  const bySecret = url.startsWith('/api/v10/oauth2/token');
  const hasUserToken = headers.authorization?.startsWith('Bearer ') ?? false;
  const hasBotToken = headers.authorization?.startsWith('Bot ') ?? false;
  return [
    ...(/^DiscordBot \(\S+, \S+\)/.test(headers['user-agent'] ?? '') ? [] : ['no User-Agent of a bot']),
    ...(byToken && hasBotToken ? ['the bot’s token where the interaction’s is enough'] : []),
    ...(!byToken && !bySecret && !hasUserToken && !hasBotToken ? ['no Authorization'] : []),
  ];
}

function isBodyRefusal({ method, status, responseBody }: Exchange): boolean {
  if (status !== 400) return false;
  const { code, errors } = JSON.parse(responseBody.toString()) as { code: unknown; errors?: unknown };
  const codes = codesIn(errors);
  // An edit empties a message, or does not: that depends on what else is in it.
  if (code === emptyMessage && method === 'PATCH') return false;
  const isOfContext = codes.length > 0 && codes.every((each) => ofContext.has(each));
  return bodyRefusals.has(code) && !isOfContext;
}

/** The codes of a form's errors, each after the field that it is in. */
function codesIn(errors: unknown, field = ''): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([name, inner]: [string, unknown]) =>
    name === '_errors'
      ? (inner as readonly { code: string }[]).map(({ code }) => `${field} ${code}`)
      : codesIn(inner, name),
  );
}

function describe({ method, url, status, body, responseBody }: Exchange, fault: string): string {
  const sent = body.length > 0 ? `\n    sent ${body.toString().slice(0, 300)}` : '';
  return `${method} ${url} → ${status}: ${fault}${sent}\n    got ${responseBody.toString().slice(0, 600)}`;
}

function report(faults: readonly string[]): void {
  const seen = [...new Set(faults)];
  if (seen.length > 0) throw new Error(`by Discord's description:\n  ${seen.join('\n  ')}`);
}
