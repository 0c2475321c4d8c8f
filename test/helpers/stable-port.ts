import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A free TCP port of 127.0.0.1 below those that the system gives to outgoing connections (from 32,768 on Linux): a server that was
 * killed finds it free again.
 */
export async function stablePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
