import { GatewayCloseCodes } from 'discord-api-types/v10';
import { CloseCodes } from '@discordjs/ws';

/** Close codes after which Discord takes no reconnect (topics/opcodes-and-status-codes, "Gateway Close Event Codes"). */
export const fatalCloses: ReadonlyMap<number, string> = new Map([
  [4004, 'the gateway refused DISCORD_TOKEN (4004); copy it again from the Developer Portal, Bot'],
  [4010, 'the gateway refused the shard id or count (4010); check SHARD_IDS and DISCORD_SHARDS'],
  [4011, 'the gateway wants more shards (4011); set DISCORD_SHARDS to a greater number'],
  [4012, 'the gateway does not speak this API version any more (4012); update Shoal'],
  [4013, 'the gateway refused the intents (4013); a feature declares one that does not exist'],
  [4014, 'the gateway refused a privileged intent (4014); switch it on in the Developer Portal, Bot'],
]);

/**
 * Closes after which a session cannot be resumed (same page; 1000 and 1001: events/gateway, "Disconnecting"). The library also gives
 * it up when the network fails; that would cost an identify each time.
 */
export const endingCloses: ReadonlySet<number> = new Set([
  1000,
  1001,
  GatewayCloseCodes.NotAuthenticated,
  GatewayCloseCodes.AlreadyAuthenticated,
  GatewayCloseCodes.InvalidSeq,
  GatewayCloseCodes.SessionTimedOut,
  ...fatalCloses.keys(),
]);

/** The codes that Discord, the protocol and this bot use: any other is one label, since a peer may send whatever it likes. */
const knownCloses: ReadonlySet<number> = new Set([
  1000,
  1001,
  1006,
  CloseCodes.Resuming,
  ...Object.values(GatewayCloseCodes).filter((code) => typeof code === 'number'),
]);

export function closeLabel(code: number): string {
  return knownCloses.has(code) ? String(code) : 'other';
}
