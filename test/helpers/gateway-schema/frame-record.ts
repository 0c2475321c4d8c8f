import type { SandboxClient } from '../../../src/sandbox/client.ts';
import { frameChannel } from '../../../src/sandbox/gateway/frame-channel.ts';
import { gatewayJudge } from './gateway-schema.ts';

/** Signatures of events that a test made up: they are not the sandbox's, and not judged. */
export type MadeUp = ReadonlySet<string>;

export type FrameRecord = Disposable & { readonly frames: readonly string[] };

/** Keeps every frame that the gateways of this process send until it is disposed of. */
export function recordFrames(): FrameRecord {
  const frames: string[] = [];
  const keep = (frame: unknown) => void frames.push(frame as string);
  frameChannel.subscribe(keep);
  return {
    frames,
    [Symbol.dispose]: () => {
      frameChannel.unsubscribe(keep);
    },
  };
}

/** The same client, which notes the events that a test dispatches itself or forces against Discord's rules. */
export function noteMadeUp(client: SandboxClient): { client: SandboxClient; madeUp: MadeUp } {
  const madeUp = new Set<string>();
  const noting: SandboxClient = {
    ...client,
    dispatch: (guildId, event, data) => {
      madeUp.add(signature(event, data ?? null));
      return client.dispatch(guildId, event, data);
    },
    runCommand: async (run) => {
      const sight = await client.runCommand(run);
      if (run.force) madeUp.add(`INTERACTION_CREATE ${sight.interactionId}`);
      return sight;
    },
  };
  return { client: noting, madeUp };
}

/** Throws when one of the frames is not what discord-api-types says. */
export function assertFramesFaithful(frames: readonly string[], madeUp: MadeUp): void {
  const judge = gatewayJudge();
  const faults = frames.flatMap((frame) => {
    const payload = JSON.parse(frame) as { readonly t: string | null; readonly d: unknown };
    if (payload.t !== null && madeUp.has(signature(payload.t, payload.d))) return [];
    return judge(payload).map((fault) => `${fault}\n    in ${frame.slice(0, 600)}`);
  });
  const seen = [...new Set(faults)].slice(0, 20);
  if (seen.length > 0) throw new Error(`by discord-api-types:\n  ${seen.join('\n  ')}`);
}

/** An event by its id, since its content may reach a client reduced; one without an id by all that it says. */
function signature(event: string, data: unknown): string {
  const id = (data as { readonly id?: unknown } | null)?.id;
  return `${event} ${typeof id === 'string' ? id : JSON.stringify(data)}`;
}
