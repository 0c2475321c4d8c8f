import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { WatchedBot } from '../ops/stage.ts';

/** An alert that a fault must raise; `labels` are some of its own. */
export interface Expected {
  readonly alert: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Alertmanager has it and tells nobody, since another alert says more. */
  readonly silenced?: true;
}

interface Raised {
  readonly labels: Readonly<Record<string, string>>;
}

/** Whether Prometheus fires it and Alertmanager has it, silenced or not as expected. */
export async function isRaised(bot: WatchedBot, expected: Expected): Promise<boolean> {
  const there = (await inAlertmanager(bot)).some(
    (raised) => isThe(raised, expected) && (raised.status.state === 'suppressed') === !!expected.silenced,
  );
  return there && (await firing(bot)).some((raised) => isThe(raised, expected));
}

/** Whether neither of them has it any more. */
export async function isOver(bot: WatchedBot, expected: Expected): Promise<boolean> {
  const left = [...(await firing(bot)), ...(await inAlertmanager(bot))];
  return !left.some((raised) => isThe(raised, expected));
}

export async function firing({ url }: WatchedBot): Promise<readonly Raised[]> {
  const answer = (await ask(`${url}/api/v1/alerts`)) as {
    data: { alerts: readonly (Raised & { state: string })[] };
  };
  return answer.data.alerts.filter(({ state }) => state === 'firing');
}

async function inAlertmanager(bot: WatchedBot) {
  return (await ask(`${bot.alertmanagerUrl}/api/v2/alerts`)) as (Raised & { status: { state: string } })[];
}

async function ask(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

function isThe({ labels }: Raised, expected: Expected): boolean {
  return Object.entries({ ...expected.labels, alertname: expected.alert }).every(
    ([name, value]) => labels[name] === value,
  );
}

/** Those who are told: the chat, the pager and the dead man's switch. */
export interface Outside extends AsyncDisposable {
  readonly url: string;
  /** When the dead man's switch last heard the watchdog, on the clock of `performance.now()`. */
  lastHeardMs: number;
}

export async function outside(): Promise<Outside> {
  const server = createServer((request, response) => {
    void text(request).then(() => {
      if (request.url === '/shoal') told.lastHeardMs = performance.now();
      response.end('{"status":"success"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const told = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lastHeardMs: Number.NaN,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return told;
}
