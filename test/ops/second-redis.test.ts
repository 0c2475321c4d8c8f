import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { RedisNode } from '../helpers/redis-node.ts';
import { stablePort } from '../helpers/stable-port.ts';
import { runbook } from './runbook-commands.ts';

const debians = '/etc/redis/redis.conf';

test(
  "the runbook's second Redis, on top of Debian's file, is one for the state, and its files are its own",
  { skip: !existsSync(debians) && `needs ${debians}` },
  async () => {
    const [, lines = ''] = /^```conf\n([^]*?)\n```$/m.exec(runbook) ?? [];
    const folder = mkdtempSync(path.join(tmpdir(), 'shoal-second-'));
    try {
      const port = await stablePort();
      copyFileSync(debians, path.join(folder, 'redis.conf'));
      const config = path.join(folder, 'redis-state.conf');
      const here = lines
        .replaceAll(/\/(?:etc\/redis|run\/redis-state|var\/log\/redis)(?=\/)/g, folder)
        .replace('6380', String(port));
      // Below systemd it may write here alone (ReadWritePaths); --daemonize no is of its unit.
      writeFileSync(config, `${here}\ndir ${folder}\ndaemonize no\n`);
      const node = new RedisNode({ port, config, directory: folder, ca: undefined, password: 'PASSWORD' });
      try {
        await node.start();
        const set = async (name: string) => ((await node.ask('config', 'get', name)) as string[])[1];
        assert.equal(await set('maxmemory-policy'), 'noeviction');
        assert.equal(await set('maxmemory'), String(256 * 2 ** 20));
        assert.equal(await set('save'), '');
        assert.equal(await set('bind'), '127.0.0.1 -::1');
        assert.ok(existsSync(path.join(folder, 'appendonlydir-state')));
        assert.ok(existsSync(path.join(folder, 'redis-server-state.log')));
      } finally {
        await node.stop();
      }
    } finally {
      rmSync(folder, { recursive: true });
      rmSync(`${folder}.log`, { force: true });
    }
  },
);
