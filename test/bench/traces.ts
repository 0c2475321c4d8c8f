import { buffer } from 'node:stream/consumers';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createLogger } from '../../src/telemetry/log.ts';
import { inSpan, inTrace, noteInSpan, startTracing } from '../../src/telemetry/tracing.ts';

// CPU that traces cost an interaction, with the spans that /weather has. Run: node test/bench/traces.ts

const interactions = 20_000;
const parts = 12;

const describe = () =>
  ({
    name: 'settings.get',
    kind: 'client',
    attributes: { 'db.system.name': 'postgresql', 'db.query.summary': 'settings.get', 'shoal.db.pool': 'x' },
  }) as const;

async function bare(): Promise<void> {
  for (let part = 0; part < parts; part++) await work();
}

async function work(): Promise<void> {
  await Promise.resolve();
}

function traced(): Promise<void> {
  return inTrace(
    describe,
    () => ({}),
    async () => {
      for (let part = 0; part < parts; part++) await inSpan(describe, work);
      noteInSpan(() => ({ name: 'interaction x', attributes: { 'shoal.outcome': 'answered' } }));
    },
  );
}

async function cpuUs(run: () => Promise<void>): Promise<number> {
  const each = async (count: number) => {
    for (let n = 0; n < count; n++) {
      await run();
      // As between interactions: batches are sent meanwhile.
      if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await each(interactions / 4);
  const before = process.cpuUsage();
  await each(interactions);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / interactions;
}

const collector = createServer((request, response) => void buffer(request).then(() => response.end()));
collector.listen(0, '127.0.0.1');
await once(collector, 'listening');
const url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`;
const log = createLogger({ process: 'bench', level: 'silent', pretty: false, secrets: [] });
function report(name: string, us: number): void {
  process.stdout.write(`${name}: ${us.toFixed(2)} µs an interaction\n`);
}

report('without', await cpuUs(bare));
report('off', await cpuUs(traced));
for (const ratio of [0, 0.01, 1]) {
  const tracing = await startTracing({ url, headers: {}, ratio }, { process: 'bench', version: '0' }, log);
  report(`on, ${ratio} of them`, await cpuUs(traced));
  await tracing[Symbol.asyncDispose]();
}
collector.closeAllConnections();
collector.close();
