import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { readCompose } from '../deploy/compose-file.ts';
import { figures } from './capacity.ts';
import { capacityPage } from './capacity-page.ts';

describe('docs/capacity.md agrees with itself', () => {
  const text = capacityPage();
  /** A row of the first table: a cell for each size. */
  function row(title: string, after = ''): string[] {
    const from = text.slice(text.indexOf(`\n| ${after}`));
    return (from.split(`\n| ${title} | `)[1]?.split('\n')[0] ?? '').split('|').map((each) => each.trim());
  }
  /** The rows of "What to set", with the figures that stand in them. */
  const sizes = [...text.matchAll(/^\| ([\d,]+) \| (\d+ × .+)$/gm)].map(([, guilds, words = ''], index) => {
    const rented = [...words.matchAll(/(\d+) × (\d+) cores, (\d+) GB/g)].map(([, ...all]) => all.map(Number));
    const set = (name: string, otherwise: number) =>
      Number(new RegExp(`${name} ?= ?(\\d+)`).exec(words)?.[1] ?? otherwise);
    return { guilds, rented, set, index };
  });

  test('it has the same sizes in both tables', () => {
    assert.deepEqual(
      sizes.map(({ guilds }) => `${guilds} guilds`),
      [...text.matchAll(/(?<=\| )[\d,]+ guilds(?= \|)/g)].map(([guilds]) => guilds),
    );
  });

  test('no size costs less than its hosts', () => {
    const [, core, gb] = /\| \$(\d+) a core, \$(\d+) a GB of memory/.exec(text) ?? [];
    for (const { guilds, rented, index } of sizes) {
      const hosts = rented.map(
        ([count = 0, cores = 0, memory = 0]) => count * (cores * Number(core) + memory * Number(gb)),
      );
      const price = hosts.reduce((sum, each) => sum + each, 0);
      assert.ok(price > 0 && number(row('cost a month')[index]) >= price, `${guilds}: ${price}`);
    }
  });

  test('what is set is enough for both sets of a reshard, and fits the hosts', () => {
    for (const { guilds, rented, set, index } of sizes) {
      const [count = 0, cores = 0, memory = 0] = rented[0] ?? [];
      const bot = set('SHOAL_MANAGER_MEMORY', 1.5);
      assert.ok(count * bot >= number(row('… during `reshard`', 'memory of the bot')[index]), guilds);
      assert.ok(bot <= memory, guilds);
      assert.equal(set('SHOAL_MANAGER_CPUS', 2), cores, guilds);
      assert.equal(set('HOST_COUNT', 1), count, guilds);
      assert.equal(set('SHARDS_PER_PROCESS', 1), number(row('`SHARDS_PER_PROCESS`')[index]), guilds);
      const clients = number(row('… during `reshard`', 'clients of PgBouncer')[index]);
      assert.ok(set('max_client_conn', figures.maxClientConn) >= clients, guilds);
    }
  });

  test('hosts.yml publishes what the manager serves', () => {
    const { services } = readCompose();
    const own = parse(/^```yaml\n(services:[^]+?)^```/m.exec(text)?.[1] ?? '') as {
      services: Record<string, { ports: readonly string[] }>;
    };
    assert.deepEqual(Object.keys(own.services), ['manager']);
    const inside = own.services['manager']?.ports.map((port) => port.split(':').at(-1));
    assert.deepEqual(inside, [services['manager']?.environment['METRICS_PORT']]);
  });
});

function number(words: string | undefined): number {
  return Number(words?.replaceAll(/[^\d.]/g, ''));
}
