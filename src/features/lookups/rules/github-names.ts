export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** Letters, digits and single hyphens, 39 at most (GitHub's sign-up form). */
const login = /^[a-z\d](?:-?[a-z\d]){0,38}$/i;
const repository = /^(?!\.{1,2}$)[\w.-]{1,100}$/;

/** From `name`, `@name` or an address on github.com; `undefined` for what cannot be a user's or organization's name. */
export function parseLogin(text: string): string | undefined {
  const [name = ''] = partsOf(text);
  const bare = name.replace(/^@/, '');
  return login.test(bare) ? bare : undefined;
}

/** From `owner/name` or an address on github.com. */
export function parseRepository(text: string): RepositoryName | undefined {
  const [owner = '', given = ''] = partsOf(text);
  const name = given.replace(/\.git$/, '');
  return login.test(owner) && repository.test(name) ? { owner, name } : undefined;
}

function partsOf(text: string): readonly string[] {
  const path = text.trim().replace(/^(?:https?:\/\/)?(?:www\.)?github\.com\//i, '');
  return (path.split(/[?#]/)[0] ?? '').split('/');
}
