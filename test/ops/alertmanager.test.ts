import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { runCommand } from '../../src/local/run-command.ts';
import { eventually } from '../helpers/eventually.ts';
import { root } from '../helpers/processes.ts';
import { programPath, without } from './programs.ts';
import { alertNames, alerts } from './rule-files.ts';
import { run, type Running } from './running.ts';

const file = path.join(root, 'alertmanager/alertmanager.yml');

async function amtool(...args: readonly string[]): Promise<string> {
  const { code, output } = await runCommand(programPath('amtool'), args, { environment: process.env });
  assert.equal(code, 0, output);
  // A warning about the address that it would ask otherwise may come first.
  return output.trim().split('\n').at(-1) ?? '';
}

function receivers(labels: Readonly<Record<string, string>>): Promise<string> {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return amtool('config', 'routes', 'test', `--config.file=${file}`, ...pairs);
}

describe('who hears of an alert', { skip: without('amtool') }, () => {
  test('amtool takes the configuration', async () => {
    await amtool('check-config', file);
  });

  test('by its severity; the watchdog by itself', async () => {
    assert.equal(await receivers({ alertname: 'ShardDown', severity: 'critical' }), 'pager,chat');
    assert.equal(await receivers({ alertname: 'JobsDead', severity: 'warning' }), 'chat');
    assert.equal(await receivers({ alertname: 'Watchdog', severity: 'none' }), 'dead-man');
  });

  test('every alert that the configuration names exists', async () => {
    const config = parse(await readFile(file, 'utf8')) as {
      inhibit_rules: readonly { source_matchers: readonly string[]; target_matchers: readonly string[] }[];
    };
    const matchers = config.inhibit_rules.flatMap((rule) => [
      ...rule.source_matchers,
      ...rule.target_matchers,
    ]);
    const named = matchers.flatMap((matcher) => matcher.match(/\b[A-Z][A-Za-z0-9]+\b/g) ?? []);
    assert.ok(named.length > 20, `only ${named.length} names found`);
    assert.deepEqual(
      named.filter((name) => !alertNames.includes(name)),
      [],
    );
  });
});

describe('Alertmanager with this configuration', { skip: without('alertmanager') }, () => {
  let folder: string;
  let alertmanager: Running;
  const received: { readonly path: string; readonly authorization: string; readonly body: string }[] = [];
  // Stands for the chat, the pager and the dead man's switch.
  const outside = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({
        path: request.url ?? '',
        authorization: request.headers.authorization ?? '',
        body,
      });
      response.end('{"status":"success"}');
    });
  });

  before(async () => {
    outside.listen(0, '127.0.0.1');
    await once(outside, 'listening');
    const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
    folder = await mkdtemp(path.join(tmpdir(), 'shoal-alertmanager-'));
    const secrets = { 'chat-url': `${url}/chat`, 'pager-key': 'fake-pager', 'dead-man-key': 'fake-dead-man' };
    for (const [name, secret] of Object.entries(secrets)) await writeFile(path.join(folder, name), secret);
    const config = (await readFile(file, 'utf8'))
      .replaceAll('/etc/alertmanager/secrets', folder)
      .replace('https://dead-man.example.org', url)
      .replace('- routing_key_file', `- url: ${url}/pager\n        routing_key_file`)
      .replaceAll(/group_wait: \d+s/g, 'group_wait: 0s');
    await writeFile(path.join(folder, 'alertmanager.yml'), config);
    alertmanager = await run('alertmanager', '/-/ready', (port) => [
      `--config.file=${folder}/alertmanager.yml`,
      `--storage.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ]);
  });
  after(async () => {
    await alertmanager?.[Symbol.asyncDispose]();
    outside.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function send(
    names: readonly string[],
    more: Readonly<Record<string, string>> = {},
    until: { readonly endsAt?: string } = {},
  ): Promise<void> {
    const bodies = names.map((name) => {
      const rule = alerts.find(({ alert }) => alert === name);
      assert.ok(rule, `there is no alert ${name}`);
      const labels = { alertname: name, ...rule.labels, ...more };
      return {
        labels,
        ...until,
        annotations: {
          summary: `summary of ${name}`,
          description: `description of ${name}`,
          runbook: `https://runbook.example.org/#${name.toLowerCase()}`,
        },
      };
    });
    const response = await fetch(`${alertmanager.url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(bodies),
    });
    assert.equal(response.status, 200, await response.text());
  }

  /** By name, and by the value of `label`. */
  async function silenced(label = 'alertname'): Promise<string[]> {
    const response = await fetch(`${alertmanager.url}/api/v2/alerts?inhibited=true`);
    const all = (await response.json()) as {
      labels: Readonly<Record<string, string>>;
      status: { state: string };
    }[];
    return all
      .filter(({ status }) => status.state === 'suppressed')
      .map(({ labels }) => labels[label] ?? '')
      .toSorted();
  }

  test('the watchdog reaches the dead man, with the key from its file', async () => {
    await send(['Watchdog']);
    const call = await eventually('the call', () => received.find(({ path: to }) => to === '/shoal'));
    assert.equal(call.authorization, 'Bearer fake-dead-man');
  });

  /** Each with its own labels; gone at the end. */
  async function sendOnly(sent: readonly (readonly [string, Readonly<Record<string, string>>])[]) {
    for (const [name, labels] of sent) await send([name], labels);
    const endsAt = new Date().toISOString();
    return {
      [Symbol.asyncDispose]: async () => {
        for (const [name, labels] of sent) await send([name], labels, { endsAt });
        await eventually('none is left', async () => (await silenced()).length === 0);
      },
    };
  }

  test('the state Redis explains its breaker and limits that are not shared, and nothing of the cache or an upstream', async () => {
    await using _ = await sendOnly([
      ['RedisDown', { role: 'state' }],
      ['BreakerOpen', { breaker: 'redis-state' }],
      ['RestLimitNotShared', {}],
      ['BreakerOpen', { breaker: 'redis-cache' }],
      ['CacheHitRateLow', { namespace: 'settings' }],
      ['BreakerOpen', { breaker: 'upstream-wikipedia' }],
    ]);
    await eventually('two are silenced', async () => (await silenced()).length > 1);
    assert.deepEqual(await silenced(), ['BreakerOpen', 'RestLimitNotShared']);
    assert.deepEqual(await silenced('breaker'), ['', 'redis-state']);
  });

  test('the cache Redis explains its breaker and what the cache lacks, and nothing of the state Redis', async () => {
    await using _ = await sendOnly([
      ['RedisDown', { role: 'cache' }],
      ['BreakerOpen', { breaker: 'redis-cache' }],
      ['CacheHitRateLow', { namespace: 'settings' }],
      ['BreakerOpen', { breaker: 'redis-state' }],
      ['RestLimitNotShared', {}],
    ]);
    await eventually('two are silenced', async () => (await silenced()).length > 1);
    assert.deepEqual(await silenced(), ['BreakerOpen', 'CacheHitRateLow']);
    assert.deepEqual(await silenced('breaker'), ['', 'redis-cache']);
  });

  test('a manager that is away explains what is missing of its host, and of no other', async () => {
    await using _ = await sendOnly([
      ['ManagerDown', { instance: 'm2', job: 'manager' }],
      ['TargetDown', { instance: 'm2', job: 'manager' }],
      ['ShardFlapping', { instance: 'm2' }],
      ['ShardFlapping', { instance: 'm1' }],
      ['TargetDown', { instance: 'm1', job: 'manager' }],
    ]);
    await eventually('two are silenced', async () => (await silenced()).length > 1);
    assert.deepEqual(await silenced('instance'), ['m2', 'm2']);
  });

  test('a page is enough of one alert, and that of jobs says nothing of the shards', async () => {
    await using _ = await sendOnly([
      ['DataUnavailable', { job: 'jobs', severity: 'critical' }],
      ['DataUnavailable', { job: 'jobs', severity: 'warning' }],
      ['DataUnavailable', { job: 'manager', severity: 'warning' }],
    ]);
    await eventually('one is silenced', async () => (await silenced()).length > 0);
    assert.deepEqual(await silenced('job'), ['jobs']);
  });

  test('a crash loop explains that its shards are down and that their process came and went, and nothing of another host', async () => {
    await using _ = await sendOnly([
      ['ShardCrashLoop', { instance: 'm1', shard: '2' }],
      ['ShardDown', { instance: 'm1', shard: '2' }],
      ['ShardFlapping', { instance: 'm1', shard: '0,1,2,3' }],
      ['ShardDown', { instance: 'm1', shard: '4' }],
      ['ShardFlapping', { instance: 'm2', shard: '8,9,10,11' }],
    ]);
    await eventually('two are silenced', async () => (await silenced()).length > 1);
    assert.deepEqual(await silenced('shard'), ['0,1,2,3', '2']);
  });

  test('when no shard serves, that is said, and its consequences are not', async () => {
    const rest = ['ShardDown', 'JobsLate', 'InteractionsFailing', 'RestRateLimited', 'WriteQueueOld'];
    const reasons = [
      'PostgresDown',
      'RedisEvictingState',
      'RedisMemoryHigh',
      'HostMemoryLow',
      'ShardCrashLoop',
    ];
    await send(['AllShardsDown', ...reasons]);
    await eventually('both ways out', () =>
      ['/pager', '/chat'].every((way) =>
        received.some(({ path: to, body }) => to === way && /AllShardsDown|description of All/.test(body)),
      ),
    );
    // What is pressed on leads to what to do, not to an Alertmanager that listens for its host alone.
    const bodies = (way: string) => received.filter(({ path: to }) => to === way).map(({ body }) => body);
    const runbook = 'https://runbook.example.org/#allshardsdown';
    assert.ok(bodies('/chat').some((body) => body.includes(`"title_link":"${runbook}"`)));
    assert.ok(bodies('/pager').some((body) => body.includes(`"client_url":"${runbook}"`)));
    await send(rest, { shard: '0' });
    await eventually('the rest is silenced', async () => (await silenced()).length === rest.length);
    assert.deepEqual(await silenced(), rest.toSorted());
    const said = received.map(({ body }) => body).join('\n');
    assert.deepEqual(
      rest.filter((name) => said.includes(name)),
      [],
    );
  });
});
