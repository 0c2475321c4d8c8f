import path from 'node:path';
import { sandboxClient } from '../../src/sandbox/client.ts';
import { startProcess } from './bench-process.ts';

/**
 * How many interactions a second the sandbox sends and sees answered, against a client that does as little as it can;
 * beside it what either process could do by its CPU time with a core of its own, which says more where others use the
 * machine, too. `--json` prints one line of JSON alone. Linux: CPU is read from /proc.
 */
const rates = [1_000, 2_000, 4_000, 5_000, 6_000, 8_000];
const seconds = 4;
const root = path.join(import.meta.dirname, '..', '..');

await using sandbox = await startProcess(path.join(root, 'src/bin/sandbox.ts'), ['--json', '--guilds', '64']);
const { restUrl, controlUrl, applicationId, token } = JSON.parse(sandbox.firstLine) as Record<string, string>;
const registered = await fetch(`${restUrl}/v10/applications/${applicationId}/commands`, {
  method: 'PUT',
  headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify([{ name: 'ping', description: 'Answers.' }]),
});
if (!registered.ok) throw new Error(`the command was refused: ${await registered.text()}`);
await using client = await startProcess(path.join(import.meta.dirname, 'bare-client.ts'), [
  sandbox.firstLine,
]);
const control = sandboxClient(controlUrl ?? '');
await control.load({ rate: 1_000, seconds: 2, command: 'ping', guilds: 64 });

const rows: Awaited<ReturnType<typeof measure>>[] = [];
for (const rate of rates) rows.push(await measure(rate));
const whole = rows.filter(({ failed }) => failed === 0);
const result = {
  sustainedPerSecond: whole.findLast(({ reached }) => reached >= 0.95)?.answeredPerSecond ?? 0,
  // 0 where every rate was too much. The busiest rates are the cheapest: more goes into each system call.
  sandboxCapacity: Math.max(0, ...whole.map(({ sandboxMicros }) => perSecond(sandboxMicros))),
  clientCapacity: Math.max(0, ...whole.map(({ clientMicros }) => perSecond(clientMicros))),
  bottleneck: bottleneckOf(rows),
  rows,
};
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`);
else table();

async function measure(rate: number) {
  const startedMs = performance.now();
  const before = [sandbox.cpuSeconds(), client.cpuSeconds()] as const;
  const report = await control.load({ rate, seconds, command: 'ping', guilds: 64 });
  const elapsed = (performance.now() - startedMs) / 1_000;
  const sandboxSeconds = sandbox.cpuSeconds() - before[0];
  const clientSeconds = client.cpuSeconds() - before[1];
  return {
    rate,
    ...report,
    reached: report.answeredPerSecond / rate,
    // Percent of one core, and microseconds for each interaction.
    sandboxCpu: Math.round((sandboxSeconds * 100) / elapsed),
    clientCpu: Math.round((clientSeconds * 100) / elapsed),
    sandboxMicros: Math.round((sandboxSeconds * 1e6) / report.sent),
    clientMicros: Math.round((clientSeconds * 1e6) / report.sent),
  };
}

function perSecond(micros: number): number {
  return Math.round(1e6 / micros);
}

/** A single thread that has no core left is what limits; where neither is near that, the machine has others to serve. */
function bottleneckOf(all: typeof rows): string {
  const slow = all.find(({ reached }) => reached < 0.95);
  if (!slow) return 'none at these rates';
  const { rate, sandboxCpu, clientCpu } = slow;
  const used = `at ${rate}/s the sandbox got ${sandboxCpu} % of a core, the client ${clientCpu} %`;
  if (Math.max(sandboxCpu, clientCpu) < 85) return `the machine, whose cores others use: ${used}`;
  return `${sandboxCpu > clientCpu ? 'the sandbox' : 'the client'}: ${used}`;
}

function table(): void {
  const columns = [
    'rate',
    'answeredPerSecond',
    'failed',
    'p50Ms',
    'p99Ms',
    'sandboxCpu',
    'clientCpu',
    'sandboxMicros',
    'clientMicros',
  ] as const;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  for (const cells of lines) {
    process.stdout.write(`${cells.map((cell) => String(cell).padStart(18)).join('')}\n`);
  }
  const { sustainedPerSecond, sandboxCapacity, clientCapacity, bottleneck } = result;
  process.stdout.write(
    `\nreached     ${sustainedPerSecond}/s at 95 % of the rate and more, none lost\n` +
      `by CPU time ${sandboxCapacity}/s for a core of the sandbox, ${clientCapacity}/s for one of the client\n` +
      `bottleneck  ${bottleneck}\n`,
  );
}
