import type { Exchange } from './exchange.ts';
import type { Judge } from './openapi.ts';

/** Answers that say the body itself is wrong: too many commands, an empty message, a form that does not fit, no JSON. */
const bodyRefusals: ReadonlySet<unknown> = new Set([30032, 50006, 50035, 50109]);

/** A reply to what is not there: the form is right, and nobody but Discord can know. */
const unknownReference = 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE';

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

function isBodyRefusal({ status, responseBody }: Exchange): boolean {
  if (status !== 400 || responseBody.includes(unknownReference)) return false;
  return bodyRefusals.has((JSON.parse(responseBody.toString()) as { code: unknown }).code);
}

function describe({ method, url, status, body, responseBody }: Exchange, fault: string): string {
  const sent = body.length > 0 ? `\n    sent ${body.toString().slice(0, 300)}` : '';
  return `${method} ${url} → ${status}: ${fault}${sent}\n    got ${responseBody.toString().slice(0, 600)}`;
}

function report(faults: readonly string[]): void {
  const seen = [...new Set(faults)];
  if (seen.length > 0) throw new Error(`by Discord's description:\n  ${seen.join('\n  ')}`);
}
