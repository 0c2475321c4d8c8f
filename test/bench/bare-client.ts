import { setInterval } from 'node:timers';
import { WebSocket } from 'ws';
import { CallbackPool } from './callback-pool.ts';

/** A bot that does as little as a bot can: it answers every interaction, and says `ready` when it begins. */
const { gatewayUrl, restUrl, token } = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
if (!gatewayUrl || !restUrl || !token)
  throw new Error('usage: bare-client.ts <what the sandbox printed with --json>');

const pool = new CallbackPool(restUrl, 32);
const answer = JSON.stringify({ type: 4, data: { content: 'pong', flags: 64 } });
const properties = { os: 'linux', browser: 'bench', device: 'bench' };
const socket = new WebSocket(`${gatewayUrl}/?v=10&encoding=json`, { perMessageDeflate: false });
let sequence: number | null = null;

socket.on('message', (data: Buffer) => {
  const { op, t, s, d } = JSON.parse(data.toString('utf8')) as {
    op: number;
    t: string | null;
    s: number | null;
    d: { id: string; token: string; heartbeat_interval: number };
  };
  sequence = s ?? sequence;
  if (t === 'INTERACTION_CREATE') pool.post(d.id, d.token, answer);
  else if (t === 'READY') process.stdout.write('ready\n');
  else if (op === 10) {
    socket.send(JSON.stringify({ op: 2, d: { token, intents: 0, properties } }));
    setInterval(() => socket.send(JSON.stringify({ op: 1, d: sequence })), d.heartbeat_interval);
  }
});
socket.on('close', (code) => {
  process.exitCode = 1;
  process.stderr.write(`bare client: closed with ${code}\n`);
});
process.once('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
