import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { errorText } from '../lib/error-text.ts';
import { Failure } from '../lib/failure.ts';
import type { AdminStatus } from './messages.ts';

/** Asks the manager behind `socketPath` how the cluster is. Throws a `Failure` (exit 69) when no manager answers there. */
export async function fetchAdminStatus(socketPath: string, deadlineMs = 5_000): Promise<AdminStatus> {
  try {
    const call = request({ socketPath, path: '/status', signal: AbortSignal.timeout(deadlineMs) });
    call.end();
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    return JSON.parse(await text(response)) as AdminStatus;
  } catch (error) {
    throw new Failure(
      `no manager answers on ADMIN_SOCKET ${socketPath}: ${errorText(error)}; is it running?`,
    );
  }
}
