import { z } from 'zod';
import { defineLookup } from '../../../upstream/upstream.ts';
import type { RepositoryName } from '../rules/github-names.ts';

const link = z.url({ protocol: /^https$/ });
const person = z.object({ login: z.string(), avatar_url: link });

/** GitHub lets an answer be kept for a minute; five make 60 requests an hour go further, and it is asked again after. */
const lifetime = { freshSec: 300, staleSec: 86_400 } as const;

/** docs.github.com/rest: repos/repos#get-a-repository */
export const repositories = defineLookup({
  name: 'github-repositories',
  upstream: 'github',
  request: ({ owner, name }: RepositoryName) => ({ path: ['repos', ...lower(owner, name)] }),
  schema: z.object({
    full_name: z.string(),
    html_url: link,
    description: z.string().nullish(),
    owner: person,
    stargazers_count: z.number(),
    forks_count: z.number(),
    open_issues_count: z.number(),
    language: z.string().nullish(),
    license: z.object({ name: z.string() }).nullish(),
    pushed_at: z.string().nullish(),
    archived: z.boolean(),
  }),
  ...lifetime,
});

/** users/users#get-a-user */
export const accounts = defineLookup({
  name: 'github-accounts',
  upstream: 'github',
  request: (login: string) => ({ path: ['users', ...lower(login)] }),
  schema: z.object({
    ...person.shape,
    html_url: link,
    type: z.string(),
    name: z.string().nullish(),
    bio: z.string().nullish(),
    company: z.string().nullish(),
    location: z.string().nullish(),
    public_repos: z.number(),
    followers: z.number(),
    following: z.number(),
    created_at: z.string(),
  }),
  ...lifetime,
});

/** issues/issues#get-an-issue, which also knows pull requests: they share their numbers. */
export const issues = defineLookup({
  name: 'github-issues',
  upstream: 'github',
  request: ({ owner, name, number }: RepositoryName & { readonly number: number }) => ({
    path: ['repos', ...lower(owner, name), 'issues', String(number)],
  }),
  schema: z.object({
    number: z.number(),
    title: z.string(),
    html_url: link,
    user: person.nullish(),
    state: z.enum(['open', 'closed']),
    state_reason: z.string().nullish(),
    comments: z.number(),
    labels: z.array(z.union([z.string(), z.object({ name: z.string() })])),
    body: z.string().nullish(),
    created_at: z.string(),
    closed_at: z.string().nullish(),
    pull_request: z.object({ merged_at: z.string().nullish() }).optional(),
  }),
  ...lifetime,
});

/** GitHub's names know no capitals, and the cache shall not tell them apart. */
function lower(...names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase());
}
