// The process between a caller and its servers. It has a session of its own, so that Ctrl-C in the caller's terminal does
// not reach the servers before the caller is done with them, and it ends them when the channel to the caller closes: that
// happens however the caller ends, SIGKILL included.
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { makeDataDirectory } from './data-directory.ts';
import type { GuardianMessage, GuardianOrder } from './guardian-messages.ts';
import { serverAccount } from './server-account.ts';
import type { ServerContext } from './server-context.ts';
import type { ServerProcess } from './server-process.ts';
import { startServers } from './start-servers.ts';

const abandoned = new AbortController();
const servers: ServerProcess[] = [];
const cleanings: (() => Promise<void>)[] = [];

process.once('disconnect', () => abandoned.abort());
process.once('SIGTERM', () => abandoned.abort());
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});

try {
  const [order] = (await once(process, 'message', { signal: abandoned.signal })) as [GuardianOrder];
  const context = await prepare(order);
  const started = await startServers(order, context, (line) => tell({ type: 'progress', line }));
  tell({ type: 'started', ...started });
  for (const server of servers) void server.ended.then(() => reportDeath(server));
  if (!abandoned.signal.aborted) await once(abandoned.signal, 'abort');
} catch (error) {
  const exitCode = error instanceof Failure ? error.exitCode : exitCodes.software;
  if (!abandoned.signal.aborted) tell({ type: 'failed', message: errorText(error), exitCode });
} finally {
  await Promise.all(servers.map((server) => server.stop()));
  for (const clean of cleanings) await clean();
}
process.exit();

async function prepare({ environment }: GuardianOrder): Promise<ServerContext> {
  const account = await serverAccount(environment);
  const dataDirectory = await makeDataDirectory(environment, account);
  afterStop(() => rm(dataDirectory, { recursive: true, force: true }));
  tell({ type: 'directory', path: dataDirectory });
  return { environment, account, dataDirectory, signal: abandoned.signal, track, afterStop };
}

/** Last registered, first run: the directory goes last. */
function afterStop(clean: () => Promise<void>): void {
  cleanings.unshift(clean);
}

function track(server: ServerProcess): ServerProcess {
  servers.push(server);
  return server;
}

/** One that is gone by itself is news; the others keep running. */
async function reportDeath(server: ServerProcess): Promise<void> {
  if (server.stopping) return;
  tell({
    type: 'progress',
    line: `${server.name} (pid ${server.pid}) ended by itself: ${await server.obituary()}`,
  });
}

function tell(message: GuardianMessage): void {
  // The callback takes the error of a channel that closes at this moment.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}
