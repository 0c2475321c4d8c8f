import type { z } from 'zod';
import { call } from './control/call.ts';
import type { Endpoint } from './control/endpoint.ts';
import * as calls from './control/people.ts';

type Call<E extends Endpoint> =
  E extends Endpoint<infer Input, infer Answer> ? (form: z.input<Input>) => Promise<z.output<Answer>> : never;

/**
 * What people other than the bot do, by the calls of `control/people.ts`, in their words. `by` is the guild's owner
 * unless somebody else is named. Every method throws an `Error` in the sandbox's own words for what Discord would not let
 * them do.
 */
export type PeopleClient = { readonly [Name in keyof typeof calls]: Call<(typeof calls)[Name]> };

export function peopleClient(url: string): PeopleClient {
  return {
    joinGuild: (form) => call(url, calls.joinGuild, form),
    leaveGuild: (form) => call(url, calls.leaveGuild, form),
    kick: (form) => call(url, calls.kick, form),
    ban: (form) => call(url, calls.ban, form),
    unban: (form) => call(url, calls.unban, form),
    editMember: (form) => call(url, calls.editMember, form),
    editRole: (form) => call(url, calls.editRole, form),
    deleteRole: (form) => call(url, calls.deleteRole, form),
    createChannel: (form) => call(url, calls.createChannel, form),
    deleteChannel: (form) => call(url, calls.deleteChannel, form),
    createThread: (form) => call(url, calls.createThread, form),
    addBot: (form) => call(url, calls.addBot, form),
    sendDirectMessage: (form) => call(url, calls.sendDirectMessage, form),
  };
}
