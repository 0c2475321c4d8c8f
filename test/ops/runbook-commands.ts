import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../helpers/processes.ts';

/** A command of docs/runbook.md as it stands there, and the title above it. */
export interface Command {
  readonly section: string;
  readonly text: string;
}

export const runbook: string = readFileSync(path.join(root, 'docs/runbook.md'), 'utf8');

const programs =
  /^(?:npm|npx|curl|promtool|amtool|psql|redis-cli|git|docker|df|du|ps|top|vmstat|pg_ctl|apt-get|systemctl|journalctl|install(?= (?:-d )?-o)) /;

/** Text in backticks, of several words: a command if it begins with a program, and otherwise one of `others`. */
const spans: readonly Command[] = runbook
  .replaceAll(/^```[^]*?^```$/gm, '')
  .split(/^#+ /m)
  .slice(1)
  .flatMap((part) => {
    const section = part.slice(0, part.indexOf('\n'));
    return [...part.matchAll(/`([^`]+)`/g)].map(([, text = '']) => ({ section, text }));
  })
  .filter(({ text }) => text.includes(' '));

export const commands: readonly Command[] = spans.filter(({ text }) => programs.test(text));
/** What stands in backticks and is no command: SQL, a formula. */
export const others: readonly string[] = spans.map(({ text }) => text).filter((text) => !programs.test(text));

/** Run by neither of the two below, each with the reason. */
export const notRun: Readonly<Record<string, string>> = {
  'docker ps': 'there is no Docker engine',
  'docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/app" --workdir /app node:24.21.0-bookworm-slim node src/bin/make-secrets.ts':
    'make-secrets.test.ts runs what it runs',
  'npx pm2 startup': 'as root it writes a unit of systemd; what it starts then (resurrect) is run',
};

/** These look, or change a server that a test has for itself: scrape.test.ts runs them beside the bot and its Prometheus. */
export const looks: readonly string[] = unique(
  /^(?:curl|promtool (?:check|query)|amtool|psql|redis-cli|df|ps|top) /,
);
/** These are the bot's own, or a host's: runbook.ops.ts runs them on a host of its own. */
export const acts: readonly string[] = unique(/^(?:npm|npx|pg_ctl|git|du|vmstat|apt-get|promtool test) /);
/** Of the host, as root: start-watching.test.ts checks what they name. */
export const administered: readonly string[] = unique(/^(?:systemctl|journalctl|install(?= (?:-d )?-o)) /);
/** Without a Docker engine: test/deploy/compose-commands.test.ts checks what they name. */
export const composed: readonly string[] = unique(/^docker compose /);

function unique(beginning: RegExp): readonly string[] {
  const texts = commands.map(({ text }) => text).filter((text) => beginning.test(text) && !(text in notRun));
  return [...new Set(texts)];
}

/** What an operator does when nothing is wrong, or everything: a section each. */
export const onPurpose: readonly string[] = [
  'Deploy',
  'Roll back',
  'Reshard',
  'Rotate the token',
  'Restore a backup',
  'Lose Redis',
  'Lose PostgreSQL',
  'Be rate-limited',
  'Move hosts',
];
