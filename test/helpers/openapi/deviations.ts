import type { Schema } from './strict-schema.ts';

type Deviation = {
  /** The component schemas that it applies to. */
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

/** Everything in which we deviate from Discord's description, each with its reason. */
export const deviations: readonly Deviation[] = [
  {
    schemas: commandRequests,
    property: 'default_member_permissions',
    allow: { type: 'string', pattern: '^\\d{1,20}$' },
    reason: 'bit sets travel as strings (reference.mdx, Serialization); the description only has the integer',
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
