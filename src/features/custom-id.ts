import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import type { Component, DataSchema, Modal, Typed } from './component.ts';

/** Discord's limit (components/reference, "Custom ID"). */
const maxLength = 100;

/** 96 bits: nobody guesses one within the life of a bot, and 84 characters are left. */
const signatureLength = 16;

export type CustomId = <Data extends DataSchema>(
  to: Typed<Component | Modal, Data>,
  data: z.infer<Data>,
) => string;

/** A custom id as it came back; `signed`: we made it, for whoever `userId` names, or for everybody. */
export interface ReadId {
  readonly name: string;
  readonly version: number;
  readonly userId: string | undefined;
  readonly values: readonly string[];
}

/**
 * Custom ids that survive restarts and releases and that nobody but us can make: `name:version:user:value…:signature`.
 * Discord hands them to every client, and takes from a client whatever it sends.
 */
export class CustomIds {
  readonly #key: Buffer;

  /** The same secret in every process and release, or old components are refused. */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'shoal custom ids', 32));
  }

  /** `userId`: whoever asks; only a `private` definition takes it down. */
  write<Data extends DataSchema>(
    to: Typed<Component | Modal, Data>,
    data: z.infer<Data>,
    userId: string,
  ): string {
    const given: Readonly<Record<string, unknown>> = data;
    const values = Object.keys(to.data.shape).map((key) => encodeURIComponent(String(given[key])));
    const text = [to.name, to.version, to.private === true ? userId : '', ...values].join(':');
    const id = `${text}:${this.#sign(text)}`;
    if (id.length > maxLength)
      throw new RangeError(
        `the custom id of ${to.name} has ${id.length} characters, ${maxLength} are the limit: carry less data`,
      );
    return id;
  }

  /** `undefined` for an id that we did not make. */
  read(id: string): ReadId | undefined {
    const end = id.lastIndexOf(':');
    const text = id.slice(0, Math.max(end, 0));
    const given = Buffer.from(id.slice(end + 1));
    const expected = Buffer.from(this.#sign(text));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const [name = '', version, userId, ...values] = text.split(':');
    return {
      name,
      version: Number(version),
      userId: userId === '' ? undefined : userId,
      values: values.map(decodeURIComponent),
    };
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url').slice(0, signatureLength);
  }
}

/** What the id carries, as the definition's data; `undefined` where this release cannot read it. */
export function dataOf(definition: Component | Modal, { version, values }: ReadId): object | undefined {
  if (version !== definition.version) return definition.upgrade?.(version, values);
  const keys = Object.keys(definition.data.shape);
  if (values.length !== keys.length) return undefined;
  const read = definition.data.safeParse(Object.fromEntries(keys.map((key, index) => [key, values[index]])));
  return read.success ? read.data : undefined;
}
