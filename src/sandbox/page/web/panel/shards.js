import { html } from 'htm/preact';
import { useStore } from '../core/store.js';

/** @import { SessionsSight } from '../../../control/sessions.ts' */

/** @typedef {SessionsSight['sessions'][number]} SessionSight */

/** Each session of the bot: which shard, how it fares, and which one answered last. */
export function Shards() {
  const sessions = useStore((state) => state.sessions);
  const all = (sessions?.sessions ?? []).toSorted(
    (one, other) => one.shardId - other.shardId || one.shardCount - other.shardCount,
  );
  const away = all.filter(({ connected }) => !connected).length;
  return html`<section class="shards" aria-label="Shards">
    <h2>Shards <span class="count">${all.length - away} of ${all.length} connected</span></h2>
    ${all.length === 0 && html`<p class="muted">No bot is connected. Point one at this sandbox and its shards appear here.</p>`}
    <ul>
      ${all.map((session) => html`<li key=${session.sessionId}><${Shard} session=${session} /></li>`)}
    </ul>
    ${sessions && html`<p class="muted totals">${sessions.identifies} identifies · ${sessions.resumes} resumes · ${sessions.violations.length} violations</p>`}
  </section>`;
}

/** @param {{ session: SessionSight }} props */
function Shard({ session }) {
  const { shardId, shardCount, connected } = session;
  const guilds = useStore((state) => state.guilds);
  const hasMore = useStore((state) => state.moreGuilds);
  const ms = useStore(({ latencies }) => latencies.get(shardId));
  const served = useStore((state) => state.served?.shardId === shardId);
  const count = guilds.filter((guild) => guildShard(guild.id, shardCount) === shardId).length;
  return html`<div class=${['shard', connected ? '' : 'away', served ? 'served-you' : ''].join(' ')}>
    <span class="shard-id"><span class="hidden">Shard </span>${shardId}</span>
    <span class="shard-facts">
      <span>${connected ? 'connected' : 'away'}${served ? html` · <strong>served you</strong>` : ''}</span>
      <small class="muted">${factsOf(session, `${count}${hasMore ? '+' : ''}`)}</small>
    </span>
    <span class="shard-ms">${ms === undefined ? '–' : `${Math.round(ms)} ms`}</span>
  </div>`;
}

/** @param {SessionSight} session @param {string} guilds */
function factsOf({ sequence, resumes }, guilds) {
  const servers = `${guilds} ${guilds === '1' ? 'server' : 'servers'}`;
  return `${servers} · seq ${sequence} · ${resumes} ${resumes === 1 ? 'resume' : 'resumes'}`;
}

/** gateway.mdx:627: `(guild_id >> 22) % num_shards`. @param {string} guildId @param {number} shardCount */
function guildShard(guildId, shardCount) {
  return Number((BigInt(guildId) >> 22n) % BigInt(shardCount));
}
