import type { Environment } from '../../src/demo/child.ts';

/** As the sandbox makes them: base64url of `interaction:` and what follows. */
const interactionToken = /aW50ZXJhY3Rpb246[\w-]+/;

/** What of a bot's secrets (its token, and the password of each URL in its environment), of interactions' tokens and of `texts` stands in `printed`. */
export function leaksIn(printed: string, environment: Environment, texts: readonly string[] = []): string[] {
  const values = Object.values(environment).flatMap((value) => value ?? []);
  const passwords = values.flatMap((value) => URL.parse(value)?.password || []).map(decodeURIComponent);
  const secrets = [environment['DISCORD_TOKEN'] ?? '', ...passwords].filter((secret) => secret.length >= 8);
  if (secrets.length < 3) throw new Error(`only ${secrets.length} secrets found`);
  return [...secrets, ...texts, interactionToken.exec(printed)?.[0] ?? '']
    .filter((each) => each !== '')
    .filter((each) => printed.includes(each));
}
