import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { startArena, type Arena } from '../sandbox/arena.ts';
import { startClientBot, type ClientBot } from './client-bot.ts';
import { startTlsFront } from './tls-front.ts';

export type Candidate = {
  /** The script in `bots/`, without `.js`. */
  readonly script: string;
  /** What its answer to a command ends with. */
  readonly library: string;
  /** It speaks HTTPS only: TLS ends in front of the sandbox. */
  readonly httpsOnly?: boolean;
  /** It has zlib-stream without a native package. */
  readonly compresses?: boolean;
  /** It identifies afresh after every op 9, whatever its `d` says. */
  readonly neverResumesAfterOp9?: boolean;
};

/** A sandbox with one bot in it. */
export type Trial = AsyncDisposable & Arena & { readonly bot: ClientBot };

export async function startTrial(
  { script, httpsOnly }: Candidate,
  options: SandboxOptions = {},
  settings: { readonly compress?: boolean } = {},
): Promise<Trial> {
  await using stack = new AsyncDisposableStack();
  const arena = stack.use(await startArena(options));
  const { restUrl, token } = arena.sandbox;
  const front = httpsOnly ? stack.use(await startTlsFront(restUrl)) : { restUrl };
  const bot = stack.use(startClientBot(script, { token, ...front, ...settings }));
  const parts = stack.move();
  return { ...arena, bot, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}
