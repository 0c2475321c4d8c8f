import type { z } from 'zod';
import type { Traits } from './command.ts';
import type { Speech } from '../i18n/i18n.ts';
import type { ComponentContext, ModalContext } from './context.ts';

/** What a custom id carries: a flat object of strings and numbers (`z.coerce.number()`), in the order of its keys. */
export type DataSchema = z.ZodObject<Readonly<Record<string, z.ZodType<string | number>>>>;

interface Identity<Data extends DataSchema> {
  /** `poll.vote`; never change it, old messages name it. */
  readonly name: string;
  /** Grows when `data` changes. Ids of an older version are answered with a word of regret, unless `upgrade` reads them. */
  readonly version: number;
  readonly data: Data;
  /** The values of an older version, in its order, as those of this one; `undefined` where that cannot be. */
  readonly upgrade?: (version: number, values: readonly string[]) => z.infer<Data> | undefined;
}

interface Answering extends Traits {
  /** `update`: the answer changes the message that the component is on, and so does the guard's deferral. Default: a new message. */
  readonly answers?: 'update';
  /** Permission bits that the member needs. */
  readonly permissions?: bigint;
  /** As a command's. */
  readonly ownersOnly?: boolean;
  /** Nobody but the member for whom `customId` made it may use it. */
  readonly private?: boolean;
}

interface ComponentDefinition<Data extends DataSchema> extends Identity<Data>, Answering {
  run(context: ComponentContext<z.infer<Data>>): Promise<void>;
}

interface ModalDefinition<Data extends DataSchema, Fields extends z.ZodObject>
  extends Identity<Data>, Answering {
  /** By `custom_id` of the inputs: text, or a list for selects. What does not fit is refused with a kind word. */
  readonly fields: Fields;
  /** What the form calls them, for whoever entered something that does not fit. */
  labels(speech: Speech): Readonly<Record<keyof Fields['shape'] & string, string>>;
  run(context: ModalContext<z.infer<Data>, z.infer<Fields>>): Promise<void>;
}

/** A button or select that a feature answers, also from messages of earlier releases. */
export interface Component extends Identity<DataSchema>, Answering {
  readonly kind: 'component';
  run(context: ComponentContext): Promise<void>;
}

export interface Modal extends Identity<DataSchema>, Answering {
  readonly kind: 'modal';
  readonly fields: z.ZodObject;
  labels(speech: Speech): Readonly<Record<string, string>>;
  run(context: ModalContext): Promise<void>;
}

/** A definition that still knows the type of its data: what `customId` takes. */
export type Typed<Definition, Data extends DataSchema> = Definition & { readonly data: Data };

export function defineComponent<Data extends DataSchema>(
  definition: ComponentDefinition<Data>,
): Typed<Component, Data> {
  return { ...definition, kind: 'component' };
}

export function defineModal<Data extends DataSchema, Fields extends z.ZodObject>(
  definition: ModalDefinition<Data, Fields>,
): Typed<Modal, Data> {
  return { ...definition, kind: 'modal' };
}
