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
  /^(?:npm|npx|curl|promtool|amtool|psql|redis-cli|git|docker|df|du|ps|top|vmstat|pg_ctl|apt-get|systemctl|journalctl|install|umask|export|ssh|rsync|set|for) /;

/** Text in backticks, of several words, and each block of `sh` as a whole; other blocks are files. */
const spans: readonly Command[] = runbook
  .split(/^#+ (?=[A-Z])/m)
  .slice(1)
  .flatMap((part) => {
    const section = part.slice(0, part.indexOf('\n'));
    const found = part.matchAll(/^```(\w*)\n([^]*?)\n```$|`([^`]+)`/gm);
    return [...found].flatMap(([, kind, block = '', span = block]) =>
      kind === undefined || kind === 'sh' ? [{ section, text: span }] : [],
    );
  })
  .filter(({ text }) => text.includes(' '));

export const commands: readonly Command[] = spans.filter(({ text }) => programs.test(text));
/** Run by no test, each with the reason. */
export const notRun: Readonly<Record<string, string>> = {
  'docker ps': 'there is no Docker engine',
  'docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/app" --workdir /app node:24.21.0-bookworm-slim node src/bin/make-secrets.ts':
    'make-secrets.test.ts runs what it runs',
  'journalctl --vacuum-size=200M': "it deletes logs of the machine's own",
  'ssh -L 3000:127.0.0.1:3000 HOST': 'there is no other host, and nothing to be seen of Grafana',
  'rsync -a': 'half a command: from where and whereto is for the operator to say',
  'npx pm2 startup': 'as root it writes a unit of systemd; what it starts then (resurrect) is run',
};

/** SQL that is no part of a command: runbook-sql.ops.ts runs it. */
export const statements: readonly string[] = unique(/^(?:select|create|alter|drop) /, spans);
/** What stands in backticks and is neither: a formula, a line of a file. */
export const others: readonly string[] = spans
  .map(({ text }) => text)
  .filter((text) => !programs.test(text) && !statements.includes(text));

/** These look, or change a server that a test has for itself: scrape.test.ts runs them beside the bot and its Prometheus. */
export const looks: readonly string[] = unique(
  /^(?:curl|promtool (?:check|query)|amtool|psql|redis-cli|df|ps|top) /,
);
/** These are the bot's own, or a host's: runbook.ops.ts runs them on a host of its own. */
export const acts: readonly string[] = unique(/^(?:npm|npx|pg_ctl|git|du|vmstat|apt-get|promtool test) /);
/** Of the host, as root: start-watching.test.ts checks what they name. */
export const administered: readonly string[] = unique(/^(?:systemctl|journalctl|install (?:-d )?-o) /);
/** Of the shell and the files about it: runbook-shell.test.ts runs them. */
export const shell: readonly string[] = unique(/^(?:set|for|umask|export|install -m) /);
/** Without a Docker engine: test/deploy/compose-commands.test.ts checks what they name. */
export const composed: readonly string[] = unique(/^docker compose /);

function unique(beginning: RegExp, among = commands): readonly string[] {
  const texts = among.map(({ text }) => text).filter((text) => beginning.test(text) && !(text in notRun));
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
