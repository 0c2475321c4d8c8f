import type { Moderation } from '../moderation/moderation.ts';
import * as calls from './people.ts';
import type { Serve } from './serve.ts';

/** What people other than the bot do in their guilds. */
export function servePeople(serve: Serve, moderation: Moderation): void {
  serve(calls.joinGuild, (form) => {
    const { id, username } = moderation.joinGuild(form);
    return { id, username };
  });
  serve(calls.editRole, (form) => idOf(moderation.editRole(form)));
  serve(calls.createChannel, (form) => idOf(moderation.createChannel(form)));
  serve(calls.createThread, (form) => idOf(moderation.createThread(form)));
  serve(calls.addBot, (form) => idOf(moderation.addBot(form)));
  serve(calls.sendDirectMessage, (form) => moderation.sendDirectMessage(form));
  serve(
    calls.leaveGuild,
    done((form) => moderation.leaveGuild(form)),
  );
  serve(
    calls.kick,
    done((form) => moderation.kick(form)),
  );
  serve(
    calls.ban,
    done((form) => moderation.ban(form)),
  );
  serve(
    calls.unban,
    done((form) => moderation.unban(form)),
  );
  serve(
    calls.editMember,
    done((form) => moderation.editMember(form)),
  );
  serve(
    calls.deleteRole,
    done((form) => moderation.deleteRole(form)),
  );
  serve(
    calls.deleteChannel,
    done((form) => moderation.deleteChannel(form)),
  );
}

function idOf({ id }: { readonly id: string }): { id: string } {
  return { id };
}

function done<Form>(act: (form: Form) => void): (form: Form) => Record<string, never> {
  return (form) => {
    act(form);
    return {};
  };
}
