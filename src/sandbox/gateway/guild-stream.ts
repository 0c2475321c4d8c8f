import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import { guildCreate, type MembersWanted } from '../world/guild-create.ts';
import type { World } from '../world/world.ts';
import type { Session } from './session.ts';

/** So many guilds go out before the stream waits for the socket and lets others have the event loop. */
const guildsPerTurn = 20;

/** Sends GUILD_CREATE for each guild of the session's shard, as fast as its reader takes them. */
export async function streamGuilds(
  session: Session,
  world: World,
  guildIds: readonly string[],
): Promise<void> {
  if ((session.intents & GatewayIntentBits.Guilds) === 0) return;
  const wanted = {
    withPresences: (session.intents & GatewayIntentBits.GuildPresences) !== 0,
    largeThreshold: session.largeThreshold,
  };
  for (let first = 0; first < guildIds.length; first += guildsPerTurn) {
    const { promise: flushed, resolve } = Promise.withResolvers<void>();
    const turn = guildIds.slice(first, first + guildsPerTurn);
    for (const [offset, id] of turn.entries()) {
      const last = offset === turn.length - 1;
      session.dispatch(
        GatewayDispatchEvents.GuildCreate,
        () => render(world, id, wanted),
        last ? resolve : undefined,
      );
    }
    await flushed;
  }
}

function render(world: World, id: string, wanted: MembersWanted): string {
  const guild = world.guild(id);
  return JSON.stringify(guild ? guildCreate(guild, wanted) : { id, unavailable: true });
}
