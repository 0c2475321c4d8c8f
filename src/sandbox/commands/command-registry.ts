import { isDeepStrictEqual } from 'node:util';
import { ApplicationCommandType, type Snowflake } from 'discord-api-types/v10';
import { discordErrors, invalidForm } from '../forms/discord-error.ts';
import type { SnowflakeClock } from '../snowflake.ts';
import type { CommandForm } from './command-form.ts';
import { DailyCreates } from './daily-creates.ts';
import type { OptionForm } from './option-rules.ts';

/** A registered command, as Discord's API shows it. */
export type RegisteredCommand = Omit<CommandForm, 'options'> & {
  readonly id: Snowflake;
  readonly application_id: Snowflake;
  readonly version: Snowflake;
  readonly guild_id?: Snowflake;
  readonly options?: readonly OptionForm[];
};

const { ChatInput, User, Message, PrimaryEntryPoint } = ApplicationCommandType;

/** application-commands.mdx:169-177: per scope. */
const limits = [
  { type: ChatInput, limit: 100 },
  { type: User, limit: 15 },
  { type: Message, limit: 15 },
  { type: PrimaryEntryPoint, limit: 1 },
] as const;

/** One scope's commands, in order of registration; within it a name is unique among commands of one type. */
type Scope = readonly RegisteredCommand[];

/** What the bot has registered, globally and per guild. A scope is a guild's id, or `undefined` for the global one. */
export class CommandRegistry {
  readonly #applicationId: Snowflake;
  readonly #ids: SnowflakeClock;
  readonly #creates = new DailyCreates();
  readonly #scopes = new Map<Snowflake | undefined, Scope>();

  constructor(applicationId: Snowflake, ids: SnowflakeClock) {
    this.#applicationId = applicationId;
    this.#ids = ids;
  }

  list(guildId: Snowflake | undefined): Scope {
    return this.#scopes.get(guildId) ?? [];
  }

  get(guildId: Snowflake | undefined, id: Snowflake): RegisteredCommand {
    const command = this.list(guildId).find((candidate) => candidate.id === id);
    if (!command) throw discordErrors.unknownCommand();
    return command;
  }

  /** The command of this type and name that members of the guild see; the guild's own goes before a global one. */
  find(guildId: Snowflake, type: ApplicationCommandType, name: string): RegisteredCommand | undefined {
    const wanted = (command: RegisteredCommand) => command.name === name && command.type === type;
    return this.list(guildId).find(wanted) ?? this.list(undefined).find(wanted);
  }

  /** Makes the command, or replaces the one of the same name and type. */
  create(guildId: Snowflake | undefined, form: CommandForm): { command: RegisteredCommand; isNew: boolean } {
    const scope = this.list(guildId);
    const previous = scope.find((other) => sameName(other, form));
    if (!previous) this.#creates.check(guildId, 1);
    const command = this.#register(guildId, form, previous);
    this.#store(guildId, [...scope.filter((other) => other !== previous), command]);
    if (!previous) this.#creates.count(guildId, 1);
    return { command, isNew: previous === undefined };
  }

  edit(guildId: Snowflake | undefined, id: Snowflake, form: CommandForm): RegisteredCommand {
    const previous = this.get(guildId, id);
    const command = this.#register(guildId, form, previous);
    this.#store(
      guildId,
      this.list(guildId).map((other) => (other === previous ? command : other)),
    );
    return command;
  }

  delete(guildId: Snowflake | undefined, id: Snowflake): void {
    const gone = this.get(guildId, id);
    this.#store(
      guildId,
      this.list(guildId).filter((other) => other !== gone),
    );
  }

  /** Replaces the whole scope. A command that keeps its name and type keeps its id. */
  overwrite(guildId: Snowflake | undefined, forms: readonly CommandForm[]): Scope {
    const scope = this.list(guildId);
    const added = forms.filter((form) => !scope.some((other) => sameName(other, form))).length;
    this.#creates.check(guildId, added);
    const commands = forms.map((form) =>
      this.#register(
        guildId,
        form,
        scope.find((other) => sameName(other, form)),
      ),
    );
    this.#store(guildId, commands);
    this.#creates.count(guildId, added);
    return commands;
  }

  #register(
    guildId: Snowflake | undefined,
    form: CommandForm,
    previous?: RegisteredCommand,
  ): RegisteredCommand {
    const { options, ...rest } = form;
    const id = previous?.id ?? this.#ids.next();
    const command: RegisteredCommand = {
      ...rest,
      id,
      application_id: this.#applicationId,
      version: previous?.version ?? this.#ids.next(),
      ...(guildId !== undefined && { guild_id: guildId }),
      ...(options && options.length > 0 && { options }),
    };
    const unchanged = previous === undefined || isDeepStrictEqual(previous, command);
    return unchanged ? command : { ...command, version: this.#ids.next() };
  }

  #store(guildId: Snowflake | undefined, commands: Scope): void {
    for (const [index, command] of commands.entries()) {
      if (commands.findIndex((other) => sameName(other, command)) === index) continue;
      const message = 'Application command names must be unique';
      throw invalidForm([{ path: [index], code: 'APPLICATION_COMMANDS_DUPLICATE_NAME', message }]);
    }
    for (const { type, limit } of limits) {
      const count = commands.filter((command) => command.type === type).length;
      if (count > limit) throw discordErrors.tooManyCommands(limit);
    }
    this.#scopes.set(guildId, commands);
  }
}

function sameName(one: CommandName, other: CommandName): boolean {
  return one.name === other.name && one.type === other.type;
}

type CommandName = { readonly name: string; readonly type: ApplicationCommandType };
