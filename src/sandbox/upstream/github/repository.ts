import { pick } from '../../world/random.ts';
import { chanceOf, isMissing, pastMoment, pickSome, wholeBetween } from '../invention.ts';
import { accountExists, accountSummary } from './account.ts';
import { isoSeconds, nodeId } from './ids.ts';

const languages = ['TypeScript', 'Rust', 'Go', 'Python', 'C', 'Elixir', null] as const;
const topics = ['cli', 'bot', 'database', 'parser', 'web', 'self-hosted', 'library'] as const;
type License = readonly [key: string, name: string, spdx: string];
const licenses: readonly [License, ...License[]] = [
  ['mit', 'MIT License', 'MIT'],
  ['apache-2.0', 'Apache License 2.0', 'Apache-2.0'],
  ['gpl-3.0', 'GNU General Public License v3.0', 'GPL-3.0'],
];

export function repositoryExists(owner: string, name: string): boolean {
  return accountExists(owner) && /^[\w.-]{1,100}$/.test(name) && !isMissing(name);
}

/** How many issues and pull requests there are; they share their numbers. */
export function issueCount(seed: number, owner: string, name: string): number {
  return wholeBetween(chanceOf(seed, 'github issues', owner.toLowerCase(), name.toLowerCase()), 1, 4_000);
}

/** `GET /repos/{owner}/{repo}`, without the addresses of what the sandbox does not have. */
export function repository(seed: number, owner: string, name: string): object {
  const random = chanceOf(seed, 'github repository', owner.toLowerCase(), name.toLowerCase());
  const id = wholeBetween(random, 1_000_000, 900_000_000);
  const [stars, forks, watchers] = [20_000, 2_000, 300].map((most) => Math.floor(random() ** 3 * most));
  const openIssues = Math.ceil(issueCount(seed, owner, name) / 8);
  const created = pastMoment(random);
  const [key, licenseName, spdx] = pick(random, licenses);
  const path = `${owner}/${name}`;
  return {
    id,
    node_id: nodeId('Repository', id),
    name,
    full_name: path,
    private: false,
    owner: accountSummary(seed, owner),
    html_url: `https://github.com/${path}`,
    description: random() < 0.9 ? `${name.replaceAll(/[-_.]/g, ' ')}, for people and machines` : null,
    fork: false,
    url: `https://api.github.com/repos/${path}`,
    issues_url: `https://api.github.com/repos/${path}/issues{/number}`,
    created_at: isoSeconds(created),
    updated_at: '2025-06-01T08:00:00Z',
    pushed_at: '2025-05-30T17:21:09Z',
    git_url: `git://github.com/${path}.git`,
    ssh_url: `git@github.com:${path}.git`,
    clone_url: `https://github.com/${path}.git`,
    homepage: random() < 0.4 ? `https://${name.toLowerCase()}.example` : null,
    size: wholeBetween(random, 20, 90_000),
    stargazers_count: stars,
    watchers_count: stars,
    language: pick(random, languages),
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: forks,
    mirror_url: null,
    archived: random() < 0.1,
    disabled: false,
    open_issues_count: openIssues,
    license: { key, name: licenseName, spdx_id: spdx, url: `https://api.github.com/licenses/${key}` },
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: pickSome(random, topics, 3),
    visibility: 'public',
    forks,
    open_issues: openIssues,
    watchers: stars,
    default_branch: 'main',
    temp_clone_token: null,
    network_count: forks,
    subscribers_count: watchers,
  };
}
