import { pick } from '../../world/random.ts';
import { chanceOf, pastMoment, wholeBetween } from '../invention.ts';
import { accountSummary } from './account.ts';
import { isoSeconds, nodeId } from './ids.ts';

const faults = ['Crash', 'Wrong result', 'Slow start', 'Confusing error', 'Memory grows'] as const;
const causes = [
  'with an empty file',
  'after an upgrade',
  'on a slow disk',
  'behind a proxy',
  'at night',
] as const;
const authors = ['quietharbour', 'mira-codes', 'tomas-k', 'aiko-dev'] as const;
type LabelKind = readonly [name: string, color: string, description: string];
const labels: readonly [LabelKind, ...LabelKind[]] = [
  ['bug', 'd73a4a', "Something isn't working"],
  ['enhancement', 'a2eeef', 'New feature or request'],
  ['documentation', '0075ca', 'Improvements or additions to documentation'],
];

/** `GET /repos/{owner}/{repo}/issues/{number}`; every third is a pull request, as they share one sequence on GitHub. */
export function issue(seed: number, owner: string, name: string, number: number): object {
  const repositoryPath = `${owner}/${name}`;
  const random = chanceOf(seed, 'github issue', repositoryPath.toLowerCase(), String(number));
  const id = wholeBetween(random, 100_000_000, 2_900_000_000);
  const isPull = number % 3 === 0;
  const isOpen = random() < 0.3;
  const created = pastMoment(random);
  const closed = new Date(created.getTime() + wholeBetween(random, 1, 90) * 86_400_000);
  const api = `https://api.github.com/repos/${repositoryPath}`;
  const web = `https://github.com/${repositoryPath}/${isPull ? 'pull' : 'issues'}/${number}`;
  return {
    url: `${api}/issues/${number}`,
    repository_url: api,
    comments_url: `${api}/issues/${number}/comments`,
    html_url: web,
    id,
    node_id: nodeId(isPull ? 'PullRequest' : 'Issue', id),
    number,
    title: `${pick(random, faults)} ${pick(random, causes)}`,
    user: accountSummary(seed, pick(random, authors)),
    labels: [labelOf(api, pick(random, labels))],
    state: isOpen ? 'open' : 'closed',
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: wholeBetween(random, 0, 40),
    created_at: isoSeconds(created),
    updated_at: isoSeconds(isOpen ? created : closed),
    closed_at: isOpen ? null : isoSeconds(closed),
    author_association: 'NONE',
    active_lock_reason: null,
    body: `It happens ${pick(random, causes)}. I expected it not to.`,
    state_reason: isOpen || isPull ? null : 'completed',
    closed_by: isOpen ? null : accountSummary(seed, pick(random, authors)),
    ...(isPull && {
      draft: false,
      pull_request: {
        url: `${api}/pulls/${number}`,
        html_url: web,
        diff_url: `${web}.diff`,
        patch_url: `${web}.patch`,
        merged_at: isOpen ? null : isoSeconds(closed),
      },
    }),
  };
}

function labelOf(api: string, [name, color, description]: LabelKind): object {
  const id = name.length * 1_000_003;
  return {
    id,
    node_id: nodeId('Label', id),
    url: `${api}/labels/${name}`,
    name,
    color,
    default: true,
    description,
  };
}
