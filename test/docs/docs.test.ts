import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { variables } from '../../src/config/variables.ts';
import { root } from '../helpers/processes.ts';
import { capacityFor, figures } from './capacity.ts';
import { generatedPages } from './pages.ts';

describe('pages', () => {
  for (const [file, text] of Object.entries(generatedPages())) {
    test(`${file} is what npm run docs writes`, () => {
      assert.equal(readFileSync(path.join(root, file), 'utf8'), text, 'run npm run docs');
    });
  }

  test('configuration.md has a row for every variable', () => {
    const text = generatedPages()['docs/configuration.md'] ?? '';
    const named = [...text.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
    assert.deepEqual(named, Object.keys(variables));
  });

  test('every link to a file of the repository leads somewhere', () => {
    const pages = readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md'));
    for (const page of pages) {
      const text = readFileSync(path.join(root, 'docs', page), 'utf8');
      for (const [, link = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g))
        assert.ok(existsSync(path.join(root, 'docs', link)), `docs/${page}: ${link}`);
    }
  });
});

describe('what the pages name', () => {
  const own = ['README.md', 'CONTRIBUTING.md', 'src/ARCHITECTURE.md'];
  const inDocs = readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md'));
  for (const page of [...own, ...inDocs.map((name) => `docs/${name}`)])
    test(`${page}: every file and folder is there`, () => {
      const text = readFileSync(path.join(root, page), 'utf8');
      const folders =
        'src|test|config|docs|migrations|pgbouncer|postgres|prometheus|alertmanager|grafana|redis|sandbox';
      const named = text.match(new RegExp(String.raw`(?<=[\s(\`])(?:${folders})/[\w./-]*\w`, 'g')) ?? [];
      // The feature that CONTRIBUTING makes.
      const missing = named.filter(
        (name) => !name.includes('coin-flip') && !existsSync(path.join(root, name)),
      );
      assert.deepEqual(missing, []);
    });
});

describe('the arithmetic of docs/capacity.md', () => {
  test('shards follow the guilds, and from 150,000 on come in the multiples that Discord assigns', () => {
    const shards = [1, 2_000, 20_000, 149_999, 150_000, 200_000, 1_000_000].map(
      (guilds) => capacityFor(guilds, 0).shards,
    );
    assert.deepEqual(shards, [1, 2, 20, 150, 160, 208, 1_008]);
    for (const guilds of [2_500, 150_000, 1_000_000])
      assert.ok(guilds / capacityFor(guilds, 0).shards <= 2_500);
  });

  test('the interactions of 200,000 users are those of the traffic model: 12 a second, 60 at the peak', () => {
    const { mean, peak } = capacityFor(200_000, 200_000).interactions;
    assert.deepEqual([Math.round(mean), Math.round(peak)], [12, 58]);
  });

  test('more guilds never need less, and a day has identifies for a cold start', () => {
    let before = capacityFor(1, 1);
    for (const guilds of [100, 2_000, 20_000, 200_000, 1_000_000]) {
      const need = capacityFor(guilds, guilds);
      for (const key of ['shards', 'memoryGb', 'stateRedisMb', 'databaseGb', 'cores'] as const)
        assert.ok(need[key] >= before[key], `${key} at ${guilds}`);
      assert.ok(need.reshardGb >= need.memoryGb && need.identifiesADay > need.shards);
      before = need;
    }
  });

  test('what it says of other files is what stands there', () => {
    const ini = readFileSync(path.join(root, 'pgbouncer/pgbouncer.ini'), 'utf8');
    assert.equal(Number(/^max_db_connections = (\d+)/m.exec(ini)?.[1]), figures.serverConnections);
    assert.equal(variables.PG_POOL_MAX.default, String(figures.poolMax));
    assert.equal(Number(/^max_client_conn = (\d+)/m.exec(ini)?.[1]), figures.maxClientConn);
    const text = generatedPages()['docs/capacity.md'] ?? '';
    const compose = readFileSync(path.join(root, 'docker-compose.production.yml'), 'utf8');
    const memory = Number(/SHOAL_MANAGER_MEMORY:-(\d+)M/.exec(compose)?.[1]);
    assert.ok(memory / 1_000 >= capacityFor(2_000, 2_000).reshardGb, 'the default is for 2,000 guilds');
    for (const name of text.match(/SHOAL_\w+/g) ?? []) assert.ok(compose.includes(`\${${name}:-`), name);
  });
});
