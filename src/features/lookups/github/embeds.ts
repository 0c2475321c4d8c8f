import type { APIEmbed } from 'discord-api-types/v10';
import type { z } from 'zod';
import { clip, escapeMarkdown } from '../../../i18n/i18n.ts';
import type { Asker } from '../../context.ts';
import { dateTag, field } from '../ask.ts';
import { githubWords } from './github-words.ts';
import type { accounts, issues, repositories } from './lookups.ts';

type Repository = z.infer<(typeof repositories)['schema']>;
type Account = z.infer<(typeof accounts)['schema']>;
type Issue = z.infer<(typeof issues)['schema']>;

/** Of an issue's text: whoever wants more follows the link. */
const excerptMax = 500;

export function repositoryEmbed(context: Asker, repository: Repository): APIEmbed {
  const say = context.say(githubWords);
  const number = numbersIn(context);
  const archived = repository.archived ? `**${say('archived')}**\n` : '';
  return {
    title: escapeMarkdown(repository.full_name),
    url: repository.html_url,
    description: archived + escapeMarkdown(repository.description ?? ''),
    thumbnail: { url: repository.owner.avatar_url },
    fields: [
      ...field(say('stars'), number(repository.stargazers_count)),
      ...field(say('forks'), number(repository.forks_count)),
      ...field(say('openIssues'), number(repository.open_issues_count)),
      ...field(say('language'), text(repository.language)),
      ...field(say('license'), text(repository.license?.name)),
      ...field(say('lastPush'), dateTag(repository.pushed_at ?? '', 'R')),
    ],
  };
}

export function accountEmbed(context: Asker, account: Account): APIEmbed {
  const say = context.say(githubWords);
  const number = numbersIn(context);
  const { login, name } = account;
  return {
    title: escapeMarkdown(name ? `${name} (${login})` : login),
    url: account.html_url,
    description: escapeMarkdown(account.bio ?? ''),
    thumbnail: { url: account.avatar_url },
    fields: [
      ...field(say('kind'), say(account.type === 'Organization' ? 'organization' : 'person')),
      ...field(say('repositories'), number(account.public_repos)),
      ...field(say('followers'), number(account.followers)),
      ...field(say('following'), number(account.following)),
      ...field(say('company'), text(account.company)),
      ...field(say('location'), text(account.location)),
      ...field(say('since'), dateTag(account.created_at)),
    ],
  };
}

export function issueEmbed(context: Asker, place: string, issue: Issue): APIEmbed {
  const say = context.say(githubWords);
  const labels = issue.labels.map((label) => (typeof label === 'string' ? label : label.name));
  return {
    author: { name: clip(`${place} · ${say(issue.pull_request ? 'pullRequest' : 'issue')}`, 256) },
    title: `#${issue.number} ${escapeMarkdown(issue.title)}`,
    url: issue.html_url,
    description: escapeMarkdown(clip((issue.body ?? '').trim(), excerptMax)),
    fields: [
      ...field(say('state'), say(stateOf(issue))),
      ...field(say('author'), text(issue.user?.login)),
      ...field(say('comments'), numbersIn(context)(issue.comments)),
      ...field(say('labels'), text(labels.join(', '))),
      ...field(say('opened'), dateTag(issue.created_at)),
      ...field(say('closedOn'), dateTag(issue.closed_at ?? '')),
    ],
  };
}

function stateOf({ state, state_reason: reason, pull_request: pull }: Issue) {
  if (pull?.merged_at) return 'merged';
  if (state === 'open') return 'open';
  if (reason === 'not_planned') return 'notPlanned';
  return reason === 'duplicate' ? 'duplicate' : 'closed';
}

function numbersIn({ speech }: Asker): (value: number) => string {
  const format = new Intl.NumberFormat(speech.locale);
  return (value) => format.format(value);
}

/** Somebody's text in a field. */
function text(given: string | null | undefined): string | undefined {
  return given ? escapeMarkdown(clip(given, 400)) : undefined;
}
