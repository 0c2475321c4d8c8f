import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { sandboxClient } from '../../src/sandbox/client.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { eventually } from '../helpers/eventually.ts';
import { arbitraryFrame } from '../helpers/fuzz/frames.ts';
import { plainHttp } from '../helpers/fuzz/plain-http.ts';
import { senselessRequest } from '../helpers/fuzz/requests.ts';
import { connectRaw, identify } from './raw-client.ts';

/** A leak of 1 KB per connection or request would be more than half a MB a round. */
const perRound = 300;
const rounds = 4;
const allowedGrowthBytes = 2 ** 19;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('what is sent in vain leaves nothing behind: neither frames nor requests nor broken connections', async () => {
  const timing = { identifyWindowMs: 0, sessionLifetimeMs: 0 };
  const sandbox = await startSandbox({ timing, recorded: 100 });
  await using _ = { [Symbol.asyncDispose]: () => sandbox.stop() };
  using http = plainHttp(Number(new URL(sandbox.restUrl).port));
  const client = sandboxClient(sandbox.controlUrl);
  const [guild] = await client.guilds({ limit: 1 });
  const known = { guild: guild?.id ?? '', channel: guild?.channels[0]?.id ?? '', message: '1' };
  const { token, applicationId: application } = sandbox;
  const sample = { numRuns: perRound, seed: 1 };
  const frames = fc.sample(arbitraryFrame(token, known.guild), sample);
  const requests = fc.sample(senselessRequest({ application, ...known }), sample);

  const round = async () => {
    for (const [index, frame] of frames.entries()) {
      using raw = await connectRaw(sandbox.gatewayUrl);
      if (index % 5 === 0) raw.send(identify(token));
      raw.socket.send(frame);
      raw.socket.ping();
      await Promise.race([raw.closed, once(raw.socket, 'pong')]);
    }
    for (const { method, path, body } of requests) await http.send(method, `/api/v10${path}`, {}, body);
    await eventually('all sessions ended', async () => (await client.sessions()).sessions.length === 0);
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const used: number[] = [];
  for (let done = 0; done < rounds; done += 1) used.push(await round());
  // The first rounds fill caches, compile code and records that keep their latest entries.
  const [first = 0, last = 0] = [used[1], used.at(-1)];
  const inMegabytes = used.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(', ');
  assert.ok(last - first < allowedGrowthBytes, `heap after each round, in MB: ${inMegabytes}`);
});
