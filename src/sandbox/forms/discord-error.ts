/** An answer of Discord's REST API that is no success: an HTTP status and a body with Discord's own code. */
export class DiscordError extends Error {
  override readonly name = 'DiscordError';
  readonly status: 400 | 401 | 403 | 404 | 413;
  readonly code: number;
  readonly errors: FormErrors | undefined;

  constructor(status: DiscordError['status'], code: number, message: string, errors?: FormErrors) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  body(): { message: string; code: number; errors?: FormErrors } {
    const body = { message: this.message, code: this.code };
    return this.errors ? { ...body, errors: this.errors } : body;
  }
}

/** topics/opcodes-and-status-codes.mdx, JSON Error Codes. */
export const discordErrors = {
  unauthorized: () => new DiscordError(401, 0, '401: Unauthorized'),
  notFound: () => new DiscordError(404, 0, '404: Not Found'),
  unknownChannel: () => new DiscordError(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new DiscordError(404, 10004, 'Unknown Guild'),
  unknownInvite: () => new DiscordError(404, 10006, 'Unknown Invite'),
  unknownMember: () => new DiscordError(404, 10007, 'Unknown Member'),
  unknownMessage: () => new DiscordError(404, 10008, 'Unknown Message'),
  unknownOverwrite: () => new DiscordError(404, 10009, 'Unknown permission overwrite'),
  unknownRole: () => new DiscordError(404, 10011, 'Unknown Role'),
  unknownUser: () => new DiscordError(404, 10013, 'Unknown User'),
  unknownEmoji: () => new DiscordError(400, 10014, 'Unknown Emoji'),
  unknownWebhook: () => new DiscordError(404, 10015, 'Unknown Webhook'),
  unknownBan: () => new DiscordError(404, 10026, 'Unknown Ban'),
  unknownInteraction: () => new DiscordError(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new DiscordError(404, 10063, 'Unknown application command'),
  notForBots: () => new DiscordError(403, 20001, 'Bots cannot use this endpoint'),
  notYourApplication: () =>
    new DiscordError(403, 20012, 'You are not authorized to perform this action on this application'),
  tooManyCommands: (limit: number) =>
    new DiscordError(400, 30032, `Maximum number of application commands reached (${limit}).`),
  tooManyCreates: (limit: number) =>
    new DiscordError(
      400,
      30034,
      `Max number of daily application command creates has been reached (${limit})`,
    ),
  tooManyRoles: (limit: number) =>
    new DiscordError(400, 30005, `Maximum number of guild roles reached (${limit})`),
  tooManyChannels: (limit: number) =>
    new DiscordError(400, 30013, `Maximum number of guild channels reached (${limit})`),
  tooManyInvites: (limit: number) =>
    new DiscordError(400, 30016, `Maximum number of invites reached (${limit})`),
  tooManyPins: (limit: number) =>
    new DiscordError(400, 30003, `Maximum number of pins reached for the channel (${limit})`),
  tooManyReactions: (limit: number) =>
    new DiscordError(400, 30010, `Maximum number of reactions reached (${limit})`),
  noReplying: () => new DiscordError(403, 160002, 'Cannot reply without permission to read message history'),
  threadExists: () => new DiscordError(400, 160004, 'A thread has already been created for this message'),
  threadLocked: () => new DiscordError(400, 160005, 'Thread is locked'),
  threadArchived: () => new DiscordError(400, 50083, 'Tried to perform an operation on an archived thread'),
  tooManyThreads: () => new DiscordError(400, 160006, 'Maximum number of active threads reached'),
  tooLarge: () => new DiscordError(413, 40005, 'Request entity too large'),
  alreadyAcknowledged: () => new DiscordError(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new DiscordError(403, 50001, 'Missing Access'),
  notYourMessage: () => new DiscordError(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new DiscordError(400, 50006, 'Cannot send an empty message'),
  noTextChannel: () => new DiscordError(400, 50008, 'Cannot send messages in a non-text channel'),
  notInDirects: () => new DiscordError(403, 50003, 'Cannot execute action on a DM channel'),
  unreachableUser: () => new DiscordError(403, 50007, 'Cannot send messages to this user'),
  wrongChannelType: () => new DiscordError(400, 50024, 'Cannot execute action on this channel type'),
  invalidRole: () => new DiscordError(400, 50028, 'Invalid Role'),
  invalidRecipient: () => new DiscordError(400, 50033, 'Invalid Recipient(s)'),
  needsBoosts: () => new DiscordError(403, 50101, 'This server needs more boosts to perform this action'),
  notInVoice: () => new DiscordError(400, 40032, 'Target user is not connected to voice.'),
  noneBanned: () => new DiscordError(400, 500_000, 'Failed to ban users'),
  missingPermissions: () => new DiscordError(403, 50013, 'Missing Permissions'),
  bulkDeleteCount: () =>
    new DiscordError(
      400,
      50016,
      'Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete.',
    ),
  bulkDeleteAge: () =>
    new DiscordError(400, 50034, 'You can only bulk delete messages that are under 14 days old.'),
  invalidWebhookToken: () => new DiscordError(401, 50027, 'Invalid Webhook Token'),
  invalidJson: () => new DiscordError(400, 50109, 'The request body contains invalid JSON.'),
} as const;

export type FormErrors = { [field: string]: FormErrors } | { _errors: { code: string; message: string }[] };

export type FormProblem = {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
};

/**
 * Code 50035 with the faults nested under the fields they are in (reference.mdx, Error Messages). A field has faults of
 * its own or faults inside it, never both: inside comes first, as what it holds is read before the whole.
 */
export function invalidForm(problems: readonly FormProblem[]): DiscordError {
  const root = emptyNode();
  for (const { path, code, message } of problems.toSorted(
    (one, other) => other.path.length - one.path.length,
  )) {
    const leaf = path.reduce(stepInto, root);
    if (Object.keys(leaf).some((key) => key !== '_errors')) continue;
    const found = Array.isArray(leaf['_errors']) ? leaf['_errors'] : [];
    leaf['_errors'] = [...found, { code, message }];
  }
  return new DiscordError(400, 50035, 'Invalid Form Body', root as FormErrors);
}

function stepInto(node: Record<string, unknown>, key: string | number): Record<string, unknown> {
  const next = (node[String(key)] ?? emptyNode()) as Record<string, unknown>;
  node[String(key)] = next;
  return next;
}

/** Without a prototype: a field's name is the client's, and may be `constructor` or `__proto__`. */
function emptyNode(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}
