import { z } from 'zod';

const snowflakes = z.array(z.string().regex(/^\d{1,20}$/));

const sessionForm = z.object({
  sessionId: z.string().min(1),
  resumeUrl: z.url({ protocol: /^wss?$/ }),
  /** Of the last event that was handed to the bot. */
  sequence: z.int().min(0),
  /** When READY came, in ms since 1970. */
  startedAtMs: z.number(),
  intents: z.int().min(0),
  apiVersion: z.string(),
  applicationId: z.string(),
});

/** A gateway session, as far as it can be continued by another process. */
export type StoredSession = Readonly<z.output<typeof sessionForm>>;

export interface KeptSession {
  readonly session: StoredSession;
  readonly guilds: readonly string[];
}

/** `undefined` for what another release or another program wrote: it costs an IDENTIFY, a crash at each start would cost the shard. */
export function readKept(session: string, guilds: string): KeptSession | undefined {
  try {
    return { session: sessionForm.parse(JSON.parse(session)), guilds: snowflakes.parse(JSON.parse(guilds)) };
  } catch {
    return undefined;
  }
}
