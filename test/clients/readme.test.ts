import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { InteractionSight } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { freePort } from '../../src/local/free-port.ts';
import { root } from '../helpers/processes.ts';

type Example = {
  readonly bot: string;
  readonly sandbox: string;
  readonly run: string;
  readonly curl: string;
};

/** The code and the three commands of "Point any bot at the sandbox", on a port that is free here. */
async function readExample(port: number): Promise<Example> {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const [, section = ''] = readme.split('### Point any bot at the sandbox\n');
  const [, bot] = /```js\n(.*?)```/s.exec(section) ?? [];
  const [, shell] = /```sh\n(.*?)```/s.exec(section) ?? [];
  const [sandbox, run, curl] = shell?.replaceAll('4100', String(port)).split('\n') ?? [];
  assert.ok(bot && sandbox && run && curl, 'the README has no such example');
  return { bot, sandbox, run, curl };
}

/** A command line in a process group of its own, so that what it starts ends with it. */
function startShell(
  line: string,
  cwd: string,
): AsyncDisposable & { readonly child: ChildProcess; output(): string } {
  const child = spawn('/bin/sh', ['-c', line], { cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  const closed = once(child, 'close');
  return {
    child,
    output: () => output,
    [Symbol.asyncDispose]: async () => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGTERM');
      await closed;
    },
  };
}

test('the README’s discord.js bot lives in the sandbox, by the README’s commands', async () => {
  await using stack = new AsyncDisposableStack();
  const { bot, sandbox, run, curl } = await readExample(await freePort());
  const folder = await mkdtemp(path.join(tmpdir(), 'shoal-readme-'));
  stack.defer(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, 'bot.mjs'), bot);
  await symlink(path.join(import.meta.dirname, 'node_modules'), path.join(folder, 'node_modules'));

  const discord = stack.use(startShell(sandbox, root));
  await eventually('the sandbox serves', () => discord.output().includes('sandbox: REST'), 30_000);
  const process = stack.use(startShell(run, folder));
  await eventually(
    'the bot is ready',
    () => process.output().includes('sandbox-bot serves 8 guilds'),
    30_000,
  );

  // curl itself may be absent where the tests run.
  const [, url, body] = /^curl (\S+) -d '(.*)'$/.exec(curl) ?? [];
  assert.ok(url && body, curl);
  const response = await fetch(url, { method: 'POST', body });
  const sight = (await response.json()) as InteractionSight;
  assert.equal(sight.state, 'answered');
  assert.match(sight.content, /^Hello, [A-Z][a-z]+!$/);
});
