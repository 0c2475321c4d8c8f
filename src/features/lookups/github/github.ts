import { verbatim } from '../../../i18n/i18n.ts';
import { defineCommand, defineSubcommand } from '../../command.ts';
import type { Asker } from '../../context.ts';
import { Refusal } from '../../feature.ts';
import { integerOption, stringOption } from '../../options.ts';
import { ask, embedOf, notFound } from '../ask.ts';
import { gitHubLimits } from '../limits.ts';
import { parseLogin, parseRepository, type RepositoryName } from '../rules/github-names.ts';
import { githubWords } from './github-words.ts';
import { accountEmbed, issueEmbed, repositoryEmbed } from './embeds.ts';
import { accounts, issues, repositories } from './lookups.ts';

const service = 'GitHub';

const repositoryName = stringOption({
  description: 'Owner and name, like nodejs/node, or its address',
  required: true,
  maxLength: 200,
});

const repo = defineSubcommand({
  description: 'Shows a repository',
  limits: gitHubLimits,
  options: { repository: repositoryName },
  async run(context) {
    const query = repositoryOf(context, context.options.repository);
    const elsewhere = `https://github.com/${query.owner}/${query.name}`;
    const found = await ask(context, repositories, query, { service, elsewhere });
    if (found.body === undefined) throw missing(context, `${query.owner}/${query.name}`);
    await context.reply({
      embeds: [await embedOf(context, found, service, repositoryEmbed(context, found.body))],
    });
  },
});

const user = defineSubcommand({
  description: 'Shows a user or an organization',
  limits: gitHubLimits,
  options: {
    user: stringOption({ description: 'The user name, like octocat', required: true, maxLength: 100 }),
  },
  async run(context) {
    const login = parseLogin(context.options.user);
    if (login === undefined)
      throw new Refusal(context.say(githubWords)('noLogin', { given: context.options.user }));
    const found = await ask(context, accounts, login, { service, elsewhere: `https://github.com/${login}` });
    if (found.body === undefined) throw missing(context, login);
    await context.reply({
      embeds: [await embedOf(context, found, service, accountEmbed(context, found.body))],
    });
  },
});

const issue = defineSubcommand({
  description: 'Shows an issue or a pull request',
  limits: gitHubLimits,
  options: {
    repository: repositoryName,
    number: integerOption({ description: 'Its number', required: true, min: 1, max: 999_999_999 }),
  },
  async run(context) {
    const query = { ...repositoryOf(context, context.options.repository), number: context.options.number };
    const place = `${query.owner}/${query.name}`;
    const elsewhere = `https://github.com/${place}/issues/${query.number}`;
    const found = await ask(context, issues, query, { service, elsewhere });
    if (found.body === undefined) throw missing(context, `${place}#${query.number}`);
    await context.reply({
      embeds: [await embedOf(context, found, service, issueEmbed(context, place, found.body))],
    });
  },
});

export const github = defineCommand({
  name: 'github',
  description: 'Looks things up on GitHub',
  subcommands: { repo, user, issue },
});

function repositoryOf(context: Asker, given: string): RepositoryName {
  const name = parseRepository(given);
  if (name === undefined) throw new Refusal(context.say(githubWords)('noRepositoryName', { given }));
  return name;
}

function missing(context: Asker, what: string): Refusal {
  return notFound(context, context.say(githubWords)('missing', { what: verbatim(`\`${what}\``) }));
}
