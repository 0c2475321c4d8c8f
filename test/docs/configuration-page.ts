import type { Variable } from '../../src/config/variable.ts';
import { variables } from '../../src/config/variables.ts';

const introduction = `# Configuration

Every environment variable that Shoal reads, from [src/config/variables.ts](../src/config/variables.ts). This page is generated:
\`npm run docs\` writes it, and a test compares the two.

Variables come from the shell, from \`.env\` beside \`package.json\` (copy [.env.example](../.env.example)), or from \`shoal.env\` under
[docker-compose.production.yml](../docker-compose.production.yml); the shell wins. An empty variable counts as unset. All that is wrong is
said in one message at the start, which ends with exit code 78; a wrong secret is not shown. What is required is required by the processes
that use it: \`POSTGRES_DIRECT_URL\` by migrate, backup, restore and db:check alone.

They are read at the start of a process: after a change \`npx pm2 reload manager\` and \`npx pm2 restart jobs\`, under compose
\`docker compose up --detach\`. \`npm run admin -- restart\` gives shards what their manager has. The \`SHOAL_…\` of the compose file are its own, and stand in the
\`.env\` beside it ([capacity.md](capacity.md)).

**A secret may stand in a file**: \`DISCORD_TOKEN_FILE=/run/secrets/discord_token\` in place of \`DISCORD_TOKEN\`, and so with every variable
marked *secret*. The file holds one line; its line end does not count. To set both is an error.
A secret of fewer than 8 characters is not hidden in the log where it stands alone, and the start warns of it.

| variable | default | set it to |
|---|---|---|
`;

/** docs/configuration.md */
export function configurationPage(): string {
  return `${introduction}${Object.entries<Variable>(variables).map(row).join('')}`;
}

function row([name, variable]: readonly [string, Variable]): string {
  const mark = variable.secret === true ? ' *secret*' : '';
  const { default: text } = variable;
  const shown = text === undefined ? '**required**' : text === '' ? '–' : `\`${text}\``;
  return `| \`${name}\`${mark} | ${shown} | ${variable.fix.replaceAll('|', String.raw`\|`)} |\n`;
}
