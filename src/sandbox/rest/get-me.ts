import { createHash } from 'node:crypto';
import type { Handler } from 'hono';
import type { Account } from '../account.ts';
import type { World } from '../world/world.ts';

/** `GET /users/@me` */
export function getCurrentUser({ botUser }: Account): Handler {
  return (c) =>
    c.json({
      ...botUser,
      banner: null,
      accent_color: null,
      mfa_enabled: true,
      verified: true,
      email: null,
      locale: 'en-US',
    });
}

/** `GET /applications/@me` */
export function getCurrentApplication(
  account: Account,
  world: World,
  redirectUris: readonly string[],
): Handler {
  const application = {
    ...publicApplication(account),
    redirect_uris: redirectUris,
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: account.ownerUser,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
  return (c) => c.json({ ...application, approximate_guild_count: world.guildCount });
}

/** The application as others see it. */
export function publicApplication({ applicationId, applicationFlags, botUser }: Account): object {
  return {
    id: applicationId,
    name: botUser.username,
    icon: null,
    description: '',
    type: null,
    bot: botUser,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: createHash('sha256').update(applicationId).digest('hex'),
    flags: applicationFlags,
    flags_new: String(applicationFlags),
    integration_types_config: { 0: {} },
  };
}
