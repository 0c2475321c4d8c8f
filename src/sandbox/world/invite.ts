import { InviteType, type APIUser } from 'discord-api-types/v10';

export type WorldInvite = {
  readonly code: string;
  readonly channelId: string;
  readonly inviter: APIUser;
  /** ISO time. */
  readonly createdAt: string;
  /** Seconds; 0 for ever. */
  readonly maxAge: number;
  /** 0 for any number. */
  readonly maxUses: number;
  readonly temporary: boolean;
  readonly uses: number;
};

/** ISO time; null for an invite that stays. */
function expiryOf({ createdAt, maxAge }: WorldInvite): string | null {
  if (maxAge === 0) return null;
  return new Date(Date.parse(createdAt) + maxAge * 1_000).toISOString().replace('Z', '000+00:00');
}

/** Whether nobody can use it any more. `nowMs` is Unix time. */
export function isSpent(invite: WorldInvite, nowMs: number): boolean {
  const expiry = expiryOf(invite);
  return (
    (expiry !== null && Date.parse(expiry) <= nowMs) || (invite.maxUses > 0 && invite.uses >= invite.maxUses)
  );
}

/** What an invite says of itself in Discord's API (resources/invite.mdx, Invite Metadata), its guild and channel apart. */
export function inviteFields(invite: WorldInvite) {
  const { code, inviter, createdAt, maxAge, maxUses, temporary, uses } = invite;
  return {
    type: InviteType.Guild,
    code,
    inviter,
    created_at: createdAt,
    expires_at: expiryOf(invite),
    max_age: maxAge,
    max_uses: maxUses,
    temporary,
    uses,
  };
}
