import { GatewayCloseCodes } from 'discord-api-types/v10';
import type { Account } from '../account.ts';
import type { CloseCode } from './close-reasons.ts';
import { isRecord } from './frames.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

export type ResumeVerdict =
  | { readonly session: Session; readonly sequence: number }
  | { readonly close: CloseCode }
  /** The session is gone, or too much was missed: op 9 with `d: false`. */
  | 'invalid session';

/** Judges the data of a RESUME (events/gateway.mdx:248-271). */
export function judgeResume(d: unknown, account: Account, sessions: Sessions): ResumeVerdict {
  if (!isRecord(d) || typeof d['token'] !== 'string' || typeof d['session_id'] !== 'string') {
    return { close: GatewayCloseCodes.DecodeError };
  }
  const sequence = d['seq'];
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence))
    return { close: GatewayCloseCodes.DecodeError };
  if (!account.acceptsOnGateway(d['token'])) return { close: GatewayCloseCodes.AuthenticationFailed };
  const session = sessions.get(d['session_id']);
  if (!session) return 'invalid session';
  if (sequence < 0 || sequence > session.sequence) return { close: GatewayCloseCodes.InvalidSeq };
  return session.canReplay(sequence) ? { session, sequence } : 'invalid session';
}
