import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { selfSignedCertificate } from './certificate.ts';

export type TlsFront = AsyncDisposable & {
  /** `restUrl` with `https:` and the front's port. */
  readonly restUrl: string;
  /** What a client must trust, in PEM. */
  readonly certificate: string;
};

/** Ends TLS in front of the sandbox's REST API, for clients that speak HTTPS only. */
export async function startTlsFront(restUrl: string): Promise<TlsFront> {
  const { certificate, key } = selfSignedCertificate();
  const { hostname, port } = new URL(restUrl);
  const open = new Set<Socket>();
  const server = createServer({ cert: certificate, key }, (client) => {
    const upstream = connect(Number(port), hostname);
    for (const [from, to] of [[client, upstream] as const, [upstream, client] as const]) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, hostname);
  await once(server, 'listening');
  const front = new URL(restUrl);
  front.protocol = 'https:';
  front.port = String((server.address() as AddressInfo).port);
  return {
    restUrl: front.href,
    certificate,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
