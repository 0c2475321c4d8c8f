import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import { isRecord } from './frames.ts';
import { intentsAllow, type EventScope } from './intents.ts';
import { withoutContent } from './message-content.ts';
import type { Session } from './session.ts';
import { ownThreadMembership } from './thread-membership.ts';

const threadMembersUpdate: string = GatewayDispatchEvents.ThreadMembersUpdate;
const memberUpdate: string = GatewayDispatchEvents.GuildMemberUpdate;

export type Delivery = {
  readonly event: string;
  readonly data: unknown;
  readonly scope: EventScope;
  readonly botId: string;
};

/** Sends one event to those of the sessions whose intents allow it, to each what its intents let it see; returns them. */
export function deliver(sessions: readonly Session[], delivery: Delivery): readonly Session[] {
  if (delivery.event !== threadMembersUpdate) return deliverTo(sessions, delivery);
  const { informed = [], others = [] } = Object.groupBy(sessions, ({ intents }) =>
    (intents & GatewayIntentBits.GuildMembers) === 0 ? 'others' : 'informed',
  );
  const data = ownThreadMembership(delivery.data, delivery.botId);
  return [...deliverTo(informed, delivery), ...(data ? deliverTo(others, { ...delivery, data }) : [])];
}

function deliverTo(
  sessions: readonly Session[],
  { event, data, scope, botId }: Delivery,
): readonly Session[] {
  const ownMember = event === memberUpdate && idOfUser(data) === botId;
  // The bot learns what becomes of its own membership without any intent (events/gateway-events.mdx).
  const audience = sessions.filter(({ intents }) => ownMember || intentsAllow(intents, event, scope));
  if (audience.length === 0) return audience;
  const reduced = scope === 'guild' ? withoutContent(event, data, botId) : data;
  const json = JSON.stringify(data);
  const reducedJson = reduced === data ? json : JSON.stringify(reduced);
  for (const session of audience) {
    const seesContent = (session.intents & GatewayIntentBits.MessageContent) !== 0;
    session.dispatch(event, seesContent ? json : reducedJson);
  }
  return audience;
}

function idOfUser(data: unknown): unknown {
  return isRecord(data) && isRecord(data['user']) ? data['user']['id'] : undefined;
}
