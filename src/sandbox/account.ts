import { ApplicationFlags, GatewayIntentBits, type APIUser, type UserFlags } from 'discord-api-types/v10';
import { snowflakeAt } from './snowflake.ts';
import { seededRandom } from './world/random.ts';

/** The intents that an application must be granted before it may ask for them (events/gateway.mdx:451-500). */
const privilegedIntents =
  GatewayIntentBits.GuildPresences | GatewayIntentBits.GuildMembers | GatewayIntentBits.MessageContent;

const grantedFlags =
  ApplicationFlags.GatewayPresenceLimited |
  ApplicationFlags.GatewayGuildMembersLimited |
  ApplicationFlags.GatewayMessageContentLimited;

/** The application is from 2020, in milliseconds after Discord's epoch. */
const createdMs = 157_680_000_000;

/** Its owner's account is a day older. */
const dayMs = 86_400_000;

/** The bot's application as Discord knows it: its ids, its token and what it was granted. */
export class Account {
  readonly applicationId: string;
  readonly botUser: APIUser;
  /** Who registered the application; in no guild of the world. */
  readonly ownerUser: APIUser;
  readonly applicationFlags: number;
  /** Privileged intents it may not ask for. */
  readonly deniedIntents: number;
  readonly token: string;
  /** What the application proves itself with on OAuth2's token endpoints. */
  readonly clientSecret: string;
  #restRevoked = false;
  #gatewayRevoked = false;

  constructor(options: {
    readonly seed: number;
    readonly intentsStrict: boolean;
    readonly token?: string | undefined;
  }) {
    this.applicationId = snowflakeAt(createdMs, Math.floor(seededRandom(options.seed, 1)() * 2 ** 22));
    this.applicationFlags = options.intentsStrict ? 0 : grantedFlags;
    this.deniedIntents = options.intentsStrict ? privilegedIntents : 0;
    this.token = options.token ?? fakeToken(this.applicationId);
    this.clientSecret = `sandbox-not-a-secret-${this.applicationId}`;
    this.botUser = {
      id: this.applicationId,
      username: 'sandbox-bot',
      discriminator: '0',
      global_name: null,
      avatar: null,
      bot: true,
      flags: 0 as UserFlags,
      public_flags: 0 as UserFlags,
      primary_guild: null,
    };
    const ownerId = snowflakeAt(createdMs - dayMs, Math.floor(seededRandom(options.seed, 2)() * 2 ** 22));
    this.ownerUser = { ...this.botUser, id: ownerId, bot: false, username: 'sandbox-owner' };
  }

  acceptsOnRest(token: string): boolean {
    return token === this.token && !this.#restRevoked;
  }

  /** Discord takes the token with and without the scheme of its REST API; discordeno and eris send it. */
  acceptsOnGateway(token: string): boolean {
    return token.replace(/^Bot /, '') === this.token && !this.#gatewayRevoked;
  }

  revokeToken(gatewayOnly: boolean): void {
    this.#gatewayRevoked = true;
    if (!gatewayOnly) this.#restRevoked = true;
  }
}

/** Three parts, the first being the bot's id as libraries expect, the others saying what it is. */
function fakeToken(applicationId: string): string {
  return `${Buffer.from(applicationId).toString('base64url')}.sandbox.not-a-secret-it-opens-nothing`;
}
