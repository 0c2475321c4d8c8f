import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sandboxClient } from '../../src/sandbox/client.ts';
import { frameChannel } from '../../src/sandbox/gateway/frame-channel.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { eventually } from '../helpers/eventually.ts';
import { fuzz } from '../helpers/fuzz/fuzz.ts';
import { plainHttp, type PlainHttp } from '../helpers/fuzz/plain-http.ts';
import {
  nearCallback,
  nearRequest,
  senselessRequest,
  type Request,
  type Targets,
} from '../helpers/fuzz/requests.ts';
import { openapiJudge } from '../helpers/openapi/openapi.ts';
import { connectRaw, identify } from './raw-client.ts';

const unlimited = { requests: 1_000_000, perMs: 1_000 };
const limits = { globalPerSecond: 1_000_000, invalidRequests: 1_000_000, routes: {}, anyRoute: unlimited };

type Scene = AsyncDisposable & {
  readonly sandbox: Sandbox;
  readonly targets: Targets;
  readonly http: PlainHttp;
};

test('bodies that are nearly right are taken, or refused in Discord’s words', async () => {
  await using scene = await makeScene();
  await fuzz(nearRequest(scene.targets), 1_000, async (request) => {
    await assertAnswered(scene, request);
  });
});

test('paths and bodies that nobody means are refused in Discord’s words', async () => {
  await using scene = await makeScene();
  await fuzz(senselessRequest(scene.targets), 1_000, async (request) => {
    await assertAnswered(scene, request);
  });
});

test('callbacks that are nearly right are taken, or refused in Discord’s words', async () => {
  await using scene = await makeScene();
  const { sandbox, targets } = scene;
  await scene.http.send(
    'PUT',
    `/api/v10/applications/${targets.application}/commands`,
    headersOf(sandbox),
    JSON.stringify([{ name: 'look', description: 'Looks.' }]),
  );
  using bot = await connectRaw(sandbox.gatewayUrl);
  bot.send(identify(sandbox.token));
  await bot.next('READY');
  const client = sandboxClient(sandbox.controlUrl);
  let open: string | undefined;
  const note = (frame: unknown) => {
    const { t, d } = JSON.parse(String(frame)) as { t: unknown; d: { id: string; token: string } };
    if (t === 'INTERACTION_CREATE') open = `/interactions/${d.id}/${d.token}/callback`;
  };
  frameChannel.subscribe(note);
  try {
    await fuzz(nearCallback('open'), 600, async (request) => {
      if (open === undefined) {
        const run = { guildId: targets.guild, command: 'look' };
        // The last one is still waiting for an answer when the sandbox stops.
        client.runCommand(run).catch(() => undefined);
        await eventually('the interaction is sent', () => open !== undefined);
      }
      const status = await assertAnswered(scene, { ...request, path: open ?? '' });
      if (status < 300) open = undefined;
    });
  } finally {
    frameChannel.unsubscribe(note);
  }
});

async function makeScene(): Promise<Scene> {
  const sandbox = await startSandbox({ limits, timing: { firstAnswerMs: 60_000 } });
  const http = plainHttp(Number(new URL(sandbox.restUrl).port));
  const [guild] = await sandboxClient(sandbox.controlUrl).guilds({ limit: 1 });
  const channel = guild?.channels[0];
  if (!guild || !channel) throw new Error('a sandbox without a channel');
  const path = `/api/v10/channels/${channel.id}/messages`;
  const made = await http.send('POST', path, headersOf(sandbox), '{"content":"first"}');
  const { id } = JSON.parse(made.responseBody.toString()) as { id: string };
  return {
    sandbox,
    http,
    targets: { application: sandbox.applicationId, guild: guild.id, channel: channel.id, message: id },
    [Symbol.asyncDispose]: async () => {
      http[Symbol.dispose]();
      await sandbox.stop();
    },
  };
}

/** Asserts that the answer is a success or one of Discord's errors; returns the status. */
async function assertAnswered({ sandbox, http }: Scene, { method, path, body }: Request): Promise<number> {
  const exchange = await http.send(method, `/api/v10${path}`, headersOf(sandbox), body);
  const { status } = exchange;
  const said = exchange.responseBody.toString();
  assert.ok(status < 500, `${status}: ${said}`);
  if (status >= 400) {
    const error = JSON.parse(said) as { code?: unknown; message?: unknown };
    assert.equal(typeof error.code, 'number', said);
    assert.equal(typeof error.message, 'string', said);
  }
  if (status === 400) assert.deepEqual(openapiJudge()?.response(exchange) ?? [], [], said);
  return status;
}

function headersOf({ token }: Sandbox): Record<string, string> {
  return { authorization: `Bot ${token}`, 'content-type': 'application/json' };
}
