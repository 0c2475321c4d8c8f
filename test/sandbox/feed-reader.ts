import { get } from 'node:http';
import { createInterface } from 'node:readline';
import type { FeedEvent, FeedKind } from '../../src/sandbox/control/feed.ts';
import { eventually } from '../helpers/eventually.ts';

export type FeedReader = Disposable & {
  readonly events: readonly FeedEvent[];
  /** Waits for the first event of this kind that `check` holds of. */
  until<Kind extends FeedKind>(
    kind: Kind,
    check?: (event: Extract<FeedEvent, { kind: Kind }>) => boolean,
  ): Promise<Extract<FeedEvent, { kind: Kind }>>;
};

/** Reads the live feed as an EventSource does; resolves once it is open. */
export async function readFeed(controlUrl: string, query = '', lastEventId?: number): Promise<FeedReader> {
  const events: FeedEvent[] = [];
  const { promise: opened, resolve, reject } = Promise.withResolvers<void>();
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const request = get(`${controlUrl}/feed${query}`, { headers }, (response) => {
    if (response.statusCode !== 200) return reject(new Error(`status ${response.statusCode}`));
    const lines = createInterface(response);
    // The reader hangs up in the middle of the answer: both say so.
    for (const each of [response, lines]) each.on('error', () => undefined);
    lines.on('line', (line) => {
      if (line.startsWith('retry:')) resolve();
      if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)) as FeedEvent);
    });
  });
  request.on('error', reject);
  await opened;
  return {
    events,
    until: (kind, check = () => true) =>
      eventually(`an event of kind ${kind}`, () => {
        const ofKind = events.filter((event) => event.kind === kind) as Parameters<typeof check>[0][];
        return ofKind.find(check);
      }),
    [Symbol.dispose]: () => void request.destroy(),
  };
}
