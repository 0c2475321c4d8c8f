import { z } from 'zod';
import { configFailure } from './config-failure.ts';
import { namesOf, wholeNumberOrNone, type Variable } from './variable.ts';
import type { Values } from './variables.ts';

export const placementVariables = {
  DISCORD_SHARDS: {
    schema: z
      .string()
      .refine(
        (text) => text === 'auto' || /^[1-9]\d{0,4}$/.test(text),
        'must be auto or a whole number from 1',
      )
      .transform((text): 'auto' | number => (text === 'auto' ? 'auto' : Number(text)))
      .default('auto'),
    fix: 'Set it to auto (Discord recommends) or to the number of shards of the whole bot.',
    default: 'auto',
  },
  SHARD_IDS: {
    schema: z
      .string()
      .refine(isShardList, 'must be a list of shard ids and rising ranges, like 0-3,8')
      .transform(parseShardIds)
      .optional(),
    fix: 'Leave it unset to run all shards here, or list the ones of this host, like 0-3,8.',
    default: '',
  },
  HOST_ORDINAL: {
    schema: wholeNumberOrNone(0, 9_999),
    fix: 'Set it to the number of this host, counted from 0; unset, it is what the host name ends in, like bot-2.',
    default: '',
  },
  HOST_COUNT: {
    schema: wholeNumberOrNone(1, 10_000),
    fix: 'Set it to the number of hosts that share the bot, or leave it unset to run all shards here.',
    default: '',
  },
} as const satisfies Readonly<Record<string, Variable>>;

export const placementNames = namesOf(placementVariables);

/** Which shards of the bot a host runs: all, a list, or its share as one of `count` hosts. */
export type Placement =
  | { readonly kind: 'all' }
  | { readonly kind: 'ids'; readonly ids: readonly number[] }
  | { readonly kind: 'host'; readonly ordinal: number; readonly count: number };

export function placementOf(values: Values<keyof typeof placementVariables>, hostName: string): Placement {
  const { SHARD_IDS: ids, DISCORD_SHARDS: shards, HOST_ORDINAL: ordinal, HOST_COUNT: count } = values;
  if (count !== undefined && ids === undefined) return hostPlacement(count, ordinal, hostName);
  if (count !== undefined || ordinal !== undefined) {
    const problem =
      count === undefined ? 'HOST_ORDINAL needs HOST_COUNT' : 'SHARD_IDS and HOST_COUNT are set';
    throw configFailure([`${problem}. Set HOST_COUNT and HOST_ORDINAL, or SHARD_IDS, or neither.`]);
  }
  if (ids === undefined) return { kind: 'all' };
  const outside = typeof shards === 'number' ? ids.find((id) => id >= shards) : undefined;
  if (outside === undefined) return { kind: 'ids', ids };
  throw configFailure([
    `SHARD_IDS names shard ${outside}, but DISCORD_SHARDS is ${shards}. Shard ids run from 0 to DISCORD_SHARDS - 1.`,
  ]);
}

/** The pods of a StatefulSet are told apart by the number that their host names end in. */
function hostPlacement(count: number, given: number | undefined, hostName: string): Placement {
  const ordinal = given ?? Number(/-(\d{1,4})$/.exec(hostName)?.[1] ?? Number.NaN);
  if (ordinal < count) return { kind: 'host', ordinal, count };
  const problem = Number.isNaN(ordinal)
    ? `HOST_COUNT is set, HOST_ORDINAL is not, and the host name ${hostName} does not end in a number`
    : `HOST_ORDINAL is ${ordinal}, but HOST_COUNT is ${count}`;
  throw configFailure([`${problem}. Hosts are counted from 0 to HOST_COUNT - 1.`]);
}

/** `0-3,8` → [0, 1, 2, 3, 8]; sorted, without repeats. */
function parseShardIds(text: string): number[] {
  const ids = text.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.trim().split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(ids)].toSorted((a, b) => a - b);
}

const shardRange = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/;

function isShardList(text: string): boolean {
  return text.split(',').every((part) => {
    const match = shardRange.exec(part);
    return match !== null && (match[2] === undefined || Number(match[1]) <= Number(match[2]));
  });
}
