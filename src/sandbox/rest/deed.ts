import type { Context } from 'hono';
import { invalidForm } from '../forms/discord-error.ts';
import type { Deed } from '../world/audit-log.ts';

/** resources/audit-log.mdx: "1-512 URL-encoded UTF-8 characters" */
const longestReason = 512;

/** What the audit log says of a request: that the bot did it, and the reason in the header. */
export function deedOf(c: Context, botId: string): Deed {
  const header = c.req.header('x-audit-log-reason');
  if (header === undefined || header === '') return { by: botId };
  const reason = decoded(header);
  if (reason.length <= longestReason) return { by: botId, reason };
  const message = `Must be ${longestReason} or fewer in length.`;
  throw invalidForm([{ path: ['audit_log_reason'], code: 'BASE_TYPE_MAX_LENGTH', message }]);
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}
