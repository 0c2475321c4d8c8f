import * as fc from 'fast-check';
import { identify, resume } from '../../sandbox/raw-client.ts';
import { near } from './near.ts';

/** What a client might send to a gateway: text or bytes, from right to senseless. */
export function arbitraryFrame(token: string, guildId: string): fc.Arbitrary<string | Buffer> {
  const valid: readonly object[] = [
    identify(token),
    identify(token, { shard: [1, 3], intents: 0, presence: { status: 'idle' } }),
    resume(token, 'x', 1),
    { op: 1, d: 5 },
    { op: 3, d: { since: null, activities: [{ name: 'chess', type: 0 }], status: 'idle', afk: false } },
    { op: 4, d: { guild_id: guildId, channel_id: null, self_mute: false, self_deaf: false } },
    { op: 8, d: { guild_id: guildId, query: '', limit: 0, user_ids: ['1'], nonce: 'n' } },
    { op: 31, d: { guild_ids: [guildId] } },
    { op: 43, d: { guild_id: guildId, fields: ['status'] } },
  ];
  return fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 6_000 }).map((bytes) => Buffer.from(bytes)) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 3_900, max: 6_000 }).map((size) => `{"op":1,"d":"${'x'.repeat(size)}"}`),
    },
    { weight: 1, arbitrary: fc.constant('x'.repeat(2 ** 20 + 1)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }) },
    { weight: 2, arbitrary: fc.jsonValue().map(json) },
    {
      weight: 2,
      arbitrary: fc.record({ op: fc.integer({ min: -2, max: 50 }), d: fc.jsonValue() }).map(json),
    },
    { weight: 12, arbitrary: fc.oneof(...valid.map(near)).map(json) },
  );
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
