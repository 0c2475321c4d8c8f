import { GatewayOpcodes } from 'discord-api-types/v10';
import type { Schema, Schemas } from '../openapi/strict-schema.ts';

type Deviation = {
  /** The types of discord-api-types that it applies to, without their parameters. */
  readonly types: readonly string[];
  /** What these properties may be, besides what the type says. */
  readonly allow: Schemas;
  readonly reason: string;
};

const leftOver: Schema = { type: 'array', maxItems: 0 };

/** Everything in which the sandbox deviates from discord-api-types, each with its reason. */
export const deviations: readonly Deviation[] = [
  {
    types: ['GatewayReadyDispatchData'],
    allow: {
      private_channels: leftOver,
      presences: leftOver,
      relationships: leftOver,
      user_settings: { type: 'object', maxProperties: 0 },
      session_type: { const: 'normal' },
    },
    reason: 'Discord still sends what is left over from user accounts, and eris and discordeno read it',
  },
  {
    types: ['GatewayResumedDispatch'],
    allow: { d: { type: 'object', properties: { _trace: leftOver }, additionalProperties: false } },
    reason: 'RESUMED comes with a trace, as it does from Discord; the type says that it has no data',
  },
  {
    types: ['GatewayRateLimitedDispatchData'],
    allow: { opcode: { const: GatewayOpcodes.RequestGuildMembers } },
    reason: 'the generator makes strings of numbers that are keys of a type',
  },
  {
    types: ['APIInteractionDataResolvedChannelBase', 'APIInteractionDataResolvedChannel'],
    allow: {
      guild_id: { type: 'string' },
      parent_id: { type: ['string', 'null'] },
      flags: { type: 'integer' },
    },
    reason: 'documented (receiving-and-responding.mdx, Resolved Data), missing in the type',
  },
  {
    types: [
      'APIMessageComponentBaseInteractionData',
      'APIMessageButtonInteractionData',
      'APIMessageStringSelectInteractionData',
      'APIMessageUserSelectInteractionData',
      'APIMessageRoleSelectInteractionData',
      'APIMessageMentionableSelectInteractionData',
      'APIMessageChannelSelectInteractionData',
    ],
    allow: { id: { type: 'integer' } },
    reason: 'documented (components/reference.mdx, interaction responses), missing in the types',
  },
  {
    types: ['APIThreadMember'],
    allow: { presence: { type: 'null' } },
    reason: 'documented for added members (gateway-events.mdx, Thread Members Update), missing in the type',
  },
  {
    types: ['APIUnfurledMediaItem'],
    allow: { id: { type: 'string' } },
    reason: 'Discord’s OpenAPI description requires it, the type does not have it',
  },
];
