import type { Account } from '../account.ts';
import type { World } from '../world/world.ts';
import type { Grants } from './grants.ts';

/** What the parts of OAuth2 share; `redirectUris` are those that the application registered. */
export type OAuth2Parts = {
  readonly account: Account;
  readonly world: World;
  readonly grants: Grants;
  readonly redirectUris: readonly string[];
};
