import { runbook } from './runbook-commands.ts';

/** Where a test has what the runbook's files name: a port instead of theirs, and a folder instead of the bot's and the services'. */
interface Place {
  readonly port: number;
  readonly folder: string;
}

/** The variables that docs/runbook.md puts into `/etc/default/<service>`, as systemd reads them. */
export function serviceVariables(service: string): Readonly<Record<string, string>> {
  const [, text] = runbook.split(`\n# /etc/default/${service}\n`);
  if (text === undefined) throw new Error(`docs/runbook.md has nothing for /etc/default/${service}`);
  const [lines = ''] = text.split(/\n\n|\n```/);
  const variables = lines.split('\n').map((line) => {
    const [, name = '', value = ''] = /^([A-Z_]+)="([^"]*)"$/.exec(line) ?? [];
    if (name === '') throw new Error(`${service}: systemd would not take ${line}`);
    return [name, value] as const;
  });
  return Object.fromEntries(variables);
}

/** Its arguments, `$ARGS` of its unit, at another place. */
export function serviceArguments(service: string, { port, folder }: Place): readonly string[] {
  return (serviceVariables(service)['ARGS'] ?? '')
    .split(' ')
    .map((word) =>
      word
        .replace(/(?<=127\.0\.0\.1:)\d+$/, String(port))
        .replace(/\/(?:opt\/shoal|etc\/prometheus|var\/lib\/prometheus\/node-exporter)/, folder),
    );
}
