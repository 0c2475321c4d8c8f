/** What the documentation says of commands and the description does not (interactions/application-commands.mdx). */

type Option = {
  readonly type: number;
  readonly name: string;
  readonly description?: string;
  readonly required?: boolean | null;
  readonly autocomplete?: boolean | null;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[] | null;
  readonly options?: readonly Option[] | null;
};
type Command = Omit<Option, 'required' | 'type'> & { readonly type?: number | null };

const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const maxOfType = new Map([
  [1, 100],
  [2, 15],
  [3, 15],
  [4, 1],
]);
const subcommand = 1;
const group = 2;

export function commandListFaults(commands: readonly Command[]): string[] {
  const faults = commands.flatMap(commandFaults);
  for (const [type, limit] of maxOfType) {
    const count = commands.filter((command) => (command.type ?? 1) === type).length;
    if (count > limit) faults.push(`${count} commands of type ${type}, at most ${limit}`);
  }
  const names = commands.map((command) => `${command.type ?? 1} ${command.name}`);
  if (new Set(names).size < names.length) faults.push('two commands of one type and name');
  return faults;
}

export function commandFaults(command: Command): string[] {
  const { type, name, options } = command;
  const description = command.description ?? '';
  if ((type ?? 1) !== 1)
    return description === '' ? [] : [`/${name}: a context menu command has no description`];
  return [
    ...nameFaults(name),
    ...(description === '' ? [`/${name}: no description`] : []),
    ...optionFaults(options ?? [], `/${name}`),
    ...(sizeOf(command) > 8_000 ? [`/${name}: more than 8,000 characters`] : []),
  ];
}

function nameFaults(name: string): string[] {
  return namePattern.test(name) && name === name.toLowerCase() ? [] : [`name ${JSON.stringify(name)}`];
}

function optionFaults(options: readonly Option[], where: string, parent?: number): string[] {
  const names = options.map(({ name }) => name);
  const required = options.map((option) => option.required === true);
  const firstOptional = required.indexOf(false);
  const isNesting = ({ type }: Option) => type === subcommand || type === group;
  const nesting = options.filter(isNesting).length;
  return [
    ...names.flatMap(nameFaults),
    ...(new Set(names).size < names.length ? [`${where}: an option's name twice`] : []),
    ...(firstOptional >= 0 && required.includes(true, firstOptional)
      ? [`${where}: a required option after an optional one`]
      : []),
    ...(nesting > 0 && nesting < options.length ? [`${where}: subcommands beside other options`] : []),
    ...(nesting > 0 && parent === subcommand ? [`${where}: a subcommand inside a subcommand`] : []),
    ...options.flatMap((option) => [
      ...(option.autocomplete && option.choices?.length
        ? [`${where} ${option.name}: autocomplete and choices`]
        : []),
      ...optionFaults(option.options ?? [], `${where} ${option.name}`, option.type),
    ]),
  ];
}

function sizeOf({ name, description = '', choices, options }: Command | Option): number {
  const own = name.length + description.length;
  const ofChoices = (choices ?? []).map((choice) => choice.name.length + String(choice.value).length);
  return [own, ...ofChoices, ...(options ?? []).map(sizeOf)].reduce((sum, size) => sum + size, 0);
}
