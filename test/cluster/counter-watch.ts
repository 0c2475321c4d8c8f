import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { samplesOf } from '../helpers/samples.ts';

const everyMs = 150;

/** Scrapes again and again. When it is disposed of, no counter may have gone down or vanished in between. */
export function watchCounters(scrape: () => Promise<string>): AsyncDisposable & { readonly scrapes: number } {
  const stop = new AbortController();
  const faults = new Set<string>();
  let known = new Map<string, number>();
  const watch = {
    scrapes: 0,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await looking;
      assert.ok(watch.scrapes > 3, `only ${watch.scrapes} scrapes`);
      assert.deepEqual([...faults], []);
    },
  };
  const looking = (async () => {
    while (!stop.signal.aborted) {
      const seen = samplesOf(await scrape(), ['counter', 'histogram']);
      for (const [series, value] of known) {
        const now = seen.get(series);
        if (now === undefined) faults.add(`${series} vanished`);
        else if (now < value) faults.add(`${series} went down`);
      }
      known = seen;
      watch.scrapes += 1;
      await delay(everyMs);
    }
  })();
  return watch;
}
