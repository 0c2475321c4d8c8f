/** What an application may ask a person for here, and how the page says it (topics/oauth2.mdx, OAuth2 Scopes). */
export const scopeTexts = {
  identify: 'see your user name and avatar',
  email: 'see your email address',
  guilds: 'see which servers you are in',
  'guilds.members.read': 'see your nickname and roles in those servers',
} as const;

export type Scope = keyof typeof scopeTexts;

/**
 * The scopes of a space-separated list, each once. `undefined` where one is unknown or none is named: Discord refuses
 * those that it has not approved for the application in the same way as those that do not exist.
 */
export function readScopes(text: string): readonly Scope[] | undefined {
  const scopes = [...new Set(text.split(' ').filter((each) => each !== ''))];
  return scopes.length > 0 && scopes.every(isScope) ? scopes : undefined;
}

function isScope(text: string): text is Scope {
  return Object.hasOwn(scopeTexts, text);
}
