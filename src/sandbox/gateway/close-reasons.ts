import { GatewayCloseCodes } from 'discord-api-types/v10';

const codes = GatewayCloseCodes;

/** What Discord says beside each close code (topics/opcodes-and-status-codes.mdx:31). */
const reasons = {
  [codes.UnknownError]: 'Unknown error.',
  [codes.UnknownOpcode]: 'Unknown opcode.',
  [codes.DecodeError]: 'Error while decoding payload.',
  [codes.NotAuthenticated]: 'Not authenticated.',
  [codes.AuthenticationFailed]: 'Authentication failed.',
  [codes.AlreadyAuthenticated]: 'Already authenticated.',
  [codes.InvalidSeq]: 'Invalid seq.',
  [codes.RateLimited]: 'Rate limited.',
  [codes.SessionTimedOut]: 'Session timed out.',
  [codes.InvalidShard]: 'Invalid shard.',
  [codes.ShardingRequired]: 'Sharding required.',
  [codes.InvalidAPIVersion]: 'Invalid API version.',
  [codes.InvalidIntents]: 'Invalid intent(s).',
  [codes.DisallowedIntents]: 'Disallowed intent(s).',
} as const;

export type CloseCode = keyof typeof reasons;

export function closeReason(code: CloseCode): string {
  return reasons[code];
}
