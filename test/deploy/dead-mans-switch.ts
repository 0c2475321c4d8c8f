import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** An alert that Alertmanager told it of. */
export interface Heard {
  readonly authorization: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A server on loopback where the dead man's switch would be, and all that it heard. */
export interface DeadMansSwitch extends AsyncDisposable {
  readonly url: string;
  readonly heard: readonly Heard[];
}

export async function deadMansSwitch(): Promise<DeadMansSwitch> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    void json(request).then((body) => {
      const { alerts } = body as { alerts: readonly Pick<Heard, 'annotations'>[] };
      heard.push(...alerts.map(({ annotations }) => ({ authorization, annotations })));
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/shoal`,
    heard,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
