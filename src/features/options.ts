import {
  ApplicationCommandOptionType as OptionType,
  type APIApplicationCommandBasicOption,
  type APIInteractionDataResolved,
  type ChannelType,
} from 'discord-api-types/v10';
import { discordLocales, type Translation } from '../i18n/i18n.ts';
import type { AutocompleteContext } from './context.ts';

/** What is offered while a member types: at most 25, and the texts at most 100 characters (`clip`). */
export type Complete = (
  context: AutocompleteContext,
) => Promise<readonly { readonly name: string; readonly value: string }[]>;

interface Choice<Value extends string> {
  readonly name: string;
  readonly value: Value;
  /** As readers of other languages see it. */
  readonly names?: Readonly<Record<Translation, string>>;
}

interface Base<Required extends boolean> {
  readonly description: string;
  readonly required?: Required;
}

/** One option of a command: what Discord is told about it, and how its raw value becomes the handler's. */
export interface Option<Value> {
  readonly required: boolean;
  /** The form in which Discord registers it, without its name. */
  readonly registration: Omit<APIApplicationCommandBasicOption, 'name'>;
  /** Throws `WrongOption` for what the definition does not allow: what is registered may be older than this release. */
  read(raw: unknown, resolved?: APIInteractionDataResolved): Value;
  readonly complete?: Complete;
}

export class WrongOption extends Error {
  override readonly name = 'WrongOption';
}

/** The options object that a handler gets: required options have a value, the others may be `undefined`. */
export type OptionValues<O extends OptionMap> = {
  readonly [K in keyof O]: O[K] extends Option<infer Value> ? Value : never;
};

export type OptionMap = Readonly<Record<string, Option<unknown>>>;

type Given<Value, Required extends boolean> = Option<Required extends true ? Value : Value | undefined>;

/** Text of at most `maxLength` characters (Discord's own limit is 6,000), or one of `choices`; `complete` offers, and binds nobody. */
export function stringOption<const Value extends string = string, Required extends boolean = false>(
  options: Base<Required> & {
    readonly maxLength?: number;
    readonly choices?: readonly Choice<Value>[];
    readonly complete?: Complete;
  },
): Given<Value, Required> {
  const allowed: readonly string[] | undefined = options.choices?.map((choice) => choice.value);
  return define(
    options,
    {
      type: OptionType.String,
      ...(options.maxLength !== undefined && { max_length: options.maxLength }),
      ...(options.choices !== undefined && { choices: options.choices.map(choiceBody) }),
      ...(options.complete !== undefined && { autocomplete: true }),
    },
    (raw) => {
      if (typeof raw !== 'string' || raw.length > (options.maxLength ?? 6_000)) throw new WrongOption();
      if (allowed !== undefined && !allowed.includes(raw)) throw new WrongOption();
      return raw as Value;
    },
    options.complete,
  );
}

export function integerOption<Required extends boolean = false>(
  options: Base<Required> & { readonly min?: number; readonly max?: number },
): Given<number, Required> {
  return define(
    options,
    {
      type: OptionType.Integer,
      ...(options.min !== undefined && { min_value: options.min }),
      ...(options.max !== undefined && { max_value: options.max }),
    },
    (raw) => {
      if (!Number.isSafeInteger(raw)) throw new WrongOption();
      const value = raw as number;
      if (value < (options.min ?? -Infinity) || value > (options.max ?? Infinity)) throw new WrongOption();
      return value;
    },
  );
}

export function booleanOption<Required extends boolean = false>(
  options: Base<Required>,
): Given<boolean, Required> {
  return define(options, { type: OptionType.Boolean }, (raw) => {
    if (typeof raw !== 'boolean') throw new WrongOption();
    return raw;
  });
}

/** A channel's id; `types` limits what Discord's client offers. */
export function channelOption<Required extends boolean = false>(
  options: Base<Required> & { readonly types?: readonly ChannelType[] },
): Given<string, Required> {
  const types = options.types as readonly never[] | undefined;
  return define(
    options,
    { type: OptionType.Channel, ...(types !== undefined && { channel_types: [...types] }) },
    readSnowflake,
  );
}

export function userOption<Required extends boolean = false>(
  options: Base<Required>,
): Given<string, Required> {
  return define(options, { type: OptionType.User }, readSnowflake);
}

/** A file that a member has sent with the command. Its content is a stranger's, and is read with `context.download`. */
export interface Attachment {
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
  readonly url: string;
}

export function attachmentOption<Required extends boolean = false>(
  options: Base<Required>,
): Given<Attachment, Required> {
  return define(options, { type: OptionType.Attachment }, (raw, resolved) => {
    const sent = resolved?.attachments?.[readSnowflake(raw)];
    if (sent === undefined) throw new WrongOption();
    return { filename: sent.filename, size: sent.size, url: sent.url };
  });
}

export function roleOption<Required extends boolean = false>(
  options: Base<Required>,
): Given<string, Required> {
  return define(options, { type: OptionType.Role }, readSnowflake);
}

function choiceBody({ name, value, names }: Choice<string>) {
  if (names === undefined) return { name, value };
  const localized = Object.entries(discordLocales).flatMap(([language, locales]) =>
    locales.map((locale) => [locale, names[language as Translation]] as const),
  );
  return { name, value, name_localizations: Object.fromEntries(localized) };
}

function readSnowflake(raw: unknown): string {
  if (typeof raw !== 'string' || !/^\d{15,21}$/.test(raw)) throw new WrongOption();
  return raw;
}

function define<Value, Required extends boolean>(
  options: Base<Required>,
  specific: Record<string, unknown>,
  read: (raw: unknown, resolved?: APIInteractionDataResolved) => Value,
  complete?: Complete,
): Given<Value, Required> {
  const required = options.required === true;
  const option: Option<Value | undefined> = {
    required,
    ...(complete !== undefined && { complete }),
    registration: {
      description: options.description,
      required,
      ...specific,
    } as Option<Value>['registration'],
    read(raw, resolved) {
      if (raw === undefined && !required) return undefined;
      return read(raw, resolved);
    },
  };
  return option as Given<Value, Required>;
}
