import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** The first alert that Alertmanager told it of. */
export interface Heard {
  readonly authorization: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A server on loopback where the dead man's switch would be. */
export async function deadMansSwitch(): Promise<
  { readonly url: string; readonly heard: Promise<Heard> } & AsyncDisposable
> {
  const heard = Promise.withResolvers<Heard>();
  const server = createServer((request, response) => {
    json(request)
      .then((body) => {
        const [alert] = (body as { alerts: readonly Pick<Heard, 'annotations'>[] }).alerts;
        heard.resolve({
          authorization: request.headers.authorization,
          annotations: alert?.annotations ?? {},
        });
        response.end();
      })
      .catch(heard.reject);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/shoal`,
    heard: heard.promise,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
