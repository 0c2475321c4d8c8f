import { read } from './api.js';
import { follow } from './feed.js';
import { takeEvent } from './live.js';
import { catchUp, openGuild } from './places.js';
import { refreshSessions } from './refresh.js';
import { getState, setState } from './store.js';
import { restoreTheme } from './theme.js';
import { telling } from './notice.js';

/** @import { GuildSight } from '../../../control/guilds.ts' */

const guildsPerPage = 100;

/** Loads the world and follows what happens in it. The address names the place: `#guild/channel/user`. */
export async function start() {
  restoreTheme();
  const [guildId, channelId, userId] = location.hash.slice(1).split('/');
  await telling(async () => {
    const guilds = await loadGuilds();
    const guild = guilds.find(({ id }) => id === guildId) ?? (await guildBy(guildId)) ?? guilds[0];
    if (guild) await openGuild(guild, { channelId, userId });
    refreshSessions();
  });
  follow({ onEvent: takeEvent, onLive: takeLive });
}

/** The feed goes on where it was only as far as the sandbox kept it. @param {boolean} live */
function takeLive(live) {
  setState({ live });
  if (!live) return;
  refreshSessions();
  void catchUp();
}

/** One that is not on the first page. @param {string | undefined} id @returns {Promise<GuildSight | undefined>} */
async function guildBy(id) {
  if (!id || !/^\d{1,20}$/.test(id)) return undefined;
  /** @type {GuildSight[]} */
  const [found] = await read('/guilds', { limit: 1, after: String(BigInt(id) - 1n) });
  return found?.id === id ? found : undefined;
}

/** @param {string} [after] the id of the last guild that is known */
export async function loadGuilds(after) {
  /** @type {GuildSight[]} */
  const page = await read('/guilds', { limit: guildsPerPage, after });
  setState({ moreGuilds: page.length === guildsPerPage });
  return appendGuilds(page, after === undefined);
}

/** @param {readonly GuildSight[]} page @param {boolean} isFirst */
function appendGuilds(page, isFirst) {
  const guilds = isFirst ? page : [...getState().guilds, ...page];
  setState({ guilds });
  return guilds;
}
