import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assert as hold, integer, property, tuple } from 'fast-check';
import { groupShards, placeShards } from '../../src/cluster/placement.ts';
import { reshardObjection } from '../../src/cluster/reshard-objection.ts';
import { decideShardCount } from '../../src/cluster/shard-count.ts';

describe('where shards run, and how many there are', () => {
  test('the hosts of a bot share its shards: each has one at least, none is missing or doubled', () => {
    const sizes = tuple(integer({ min: 1, max: 40 }), integer({ min: 0, max: 60 }));
    hold(
      property(sizes, ([count, more]) => {
        const shares = Array.from({ length: count }, (_, ordinal) =>
          placeShards(count + more, { kind: 'host', ordinal, count }),
        );
        assert.deepEqual(
          shares.flat(),
          Array.from({ length: count + more }, (_, id) => id),
        );
        const lengths = shares.map(({ length }) => length);
        assert.ok(Math.min(...lengths) >= 1 && Math.max(...lengths) - Math.min(...lengths) <= 1);
      }),
    );
    assert.throws(() => placeShards(3, { kind: 'host', ordinal: 0, count: 4 }), {
      message: 'HOST_COUNT is 4, but the bot has 3 shards; each host needs one at least',
      exitCode: 78,
    });
  });

  test('neighbours share a process', () => {
    assert.deepEqual(groupShards([0, 1, 2, 5, 8], 2), [[0, 1], [2, 5], [8]]);
    assert.deepEqual(groupShards([3, 4], 1), [[3], [4]]);
  });

  test('a reshard counts until DISCORD_SHARDS is changed', () => {
    const kept = { shardCount: 8, configured: 4, atMs: 0 };
    const decide = (configured: 'auto' | number, placement = { kind: 'all' } as const) =>
      decideShardCount({ configured, recommended: 5, kept, placement });
    assert.deepEqual(decide(4), { shardCount: 8, from: 'reshard' });
    assert.deepEqual(decide(8), { shardCount: 8, from: 'reshard' });
    assert.deepEqual(decide('auto'), { shardCount: 8, from: 'reshard' });
    assert.deepEqual(decide(6), { shardCount: 6, from: 'configuration' });
    const fresh = { recommended: 5, kept: undefined, placement: { kind: 'all' } } as const;
    assert.equal(decideShardCount({ ...fresh, configured: 'auto' }).shardCount, 5);
    assert.equal(decideShardCount({ ...fresh, configured: 3 }).shardCount, 3);
    const listed = { configured: 4, recommended: 5, kept, placement: { kind: 'ids', ids: [0, 1] } } as const;
    assert.throws(() => decideShardCount(listed), {
      exitCode: 78,
      message: /^the bot was resharded to 8 shards, and SHARD_IDS/,
    });
    assert.equal(decideShardCount({ ...listed, configured: 8 }).shardCount, 8);
  });

  test('a reshard is refused where it would change nothing, spend the reserve, or concern other hosts', () => {
    const limit = { remaining: 54, reset_after: 7_200_000 };
    const all = { kind: 'all' } as const;
    const asked = { shardCount: 4, serving: 2, placement: all, limit };
    assert.equal(reshardObjection(asked), undefined);
    assert.equal(reshardObjection({ ...asked, serving: 4 }), 'the bot has 4 shards already');
    assert.equal(
      reshardObjection({ ...asked, shardCount: 5 }),
      "5 shards need as many identifies; of the day's 54 left 50 stay in reserve, and they are reset in 2 h",
    );
    const elsewhere = reshardObjection({ ...asked, placement: { kind: 'host', ordinal: 0, count: 2 } });
    assert.match(
      elsewhere ?? '',
      /^this manager runs a part of the bot; start a second manager .*DISCORD_SHARDS=4/,
    );
  });
});
