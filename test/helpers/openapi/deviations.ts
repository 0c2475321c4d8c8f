import type { Schema } from './strict-schema.ts';

type Deviation = {
  /** The component schemas that it applies to, or operations whose request has a schema of its own. */
  readonly schemas: readonly string[];
  readonly property: string;
  /** What the property may be, besides what the description says. */
  readonly allow: Schema;
  readonly reason: string;
};

const commandRequests = [
  'ApplicationCommandCreateRequest',
  'ApplicationCommandUpdateRequest',
  'ApplicationCommandPatchRequestPartial',
];

/** A bit set that a client sends as a string. */
const bitSet: Schema = { type: 'string', pattern: '^\\d{1,20}$' };
const bitSetReason =
  'bit sets travel as strings (reference.mdx, Serialization); the description only has the integer';

/** Everything in which we deviate from Discord's description, each with its reason. */
export const deviations: readonly Deviation[] = [
  {
    schemas: commandRequests,
    property: 'default_member_permissions',
    allow: bitSet,
    reason: bitSetReason,
  },
  {
    schemas: ['CreateRoleRequest', 'UpdateRoleRequestPartial'],
    property: 'permissions',
    allow: bitSet,
    reason: bitSetReason,
  },
  ...['allow', 'deny'].map((property) => ({
    schemas: ['ChannelPermissionOverwriteRequest', 'set_channel_permission_overwrite'],
    property,
    allow: bitSet,
    reason: bitSetReason,
  })),
  {
    schemas: ['CreatedThreadResponse'],
    property: 'message',
    allow: { $ref: '#/components/schemas/MessageResponse' },
    reason:
      'a forum’s post comes with its first message (resources/channel.mdx, Start Thread in Forum), missing in the description',
  },
  {
    schemas: commandRequests,
    property: 'nsfw',
    allow: { type: ['boolean', 'null'] },
    reason:
      'documented (application-commands.mdx, Create Global Application Command), missing in the description',
  },
  {
    schemas: ['IncomingWebhookInteractionRequest'],
    property: 'enforce_nonce',
    allow: { const: false },
    reason:
      'discord.js 14 sends it in replies, and Discord ignores it there; the description has it for messages only',
  },
  {
    schemas: ['InnerErrors'],
    property: '_errors',
    allow: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['code', 'message'],
        properties: { code: { type: 'string', pattern: '^[A-Z0-9_]+$' }, message: { type: 'string' } },
        additionalProperties: false,
      },
    },
    reason:
      'the code of a field’s error is a word (reference.mdx, Error Messages); the description has an integer',
  },
];

/**
 * Operations whose body the description requires, and which clients send without one; Discord takes no notice:
 * `UnbanUserFromGuildRequest` is an object without properties.
 */
export const optionalBodies: ReadonlySet<string> = new Set(['unban_user_from_guild']);
