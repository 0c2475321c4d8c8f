import { GatewayCloseCodes } from 'discord-api-types/v10';
import type { Account } from '../account.ts';
import type { CloseCode } from './close-reasons.ts';
import { isRecord } from './frames.ts';
import { knownIntents } from './intents.ts';
import { readLargeThreshold } from './large-threshold.ts';
import type { SessionIdentity } from './session.ts';

export type IdentifyVerdict = { readonly identity: SessionIdentity } | { readonly close: CloseCode };

/** Judges the data of an IDENTIFY, in the order in which Discord finds fault. */
export function judgeIdentify(d: unknown, account: Account): IdentifyVerdict {
  if (!isRecord(d) || typeof d['token'] !== 'string' || !isRecord(d['properties'])) {
    return { close: GatewayCloseCodes.DecodeError };
  }
  if (!account.acceptsOnGateway(d['token'])) return { close: GatewayCloseCodes.AuthenticationFailed };
  const shard = readShard(d['shard'] ?? [0, 1]);
  if (!shard) return { close: GatewayCloseCodes.InvalidShard };
  const intents = d['intents'];
  if (!isCount(intents) || (intents & ~knownIntents) !== 0)
    return { close: GatewayCloseCodes.InvalidIntents };
  if ((intents & account.deniedIntents) !== 0) return { close: GatewayCloseCodes.DisallowedIntents };
  const largeThreshold = readLargeThreshold(d['large_threshold']);
  return { identity: { ...shard, intents, largeThreshold } };
}

function readShard(value: unknown): { shardId: number; shardCount: number } | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [shardId, shardCount]: unknown[] = value;
  if (!isCount(shardId) || !isCount(shardCount) || shardId >= shardCount) return undefined;
  return { shardId, shardCount };
}

/** Bit operations take 32 bits; no intent and no shard lies beyond. */
function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31;
}
