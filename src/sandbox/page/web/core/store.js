import { useEffect, useReducer, useRef } from 'preact/hooks';

/** @import { APIMessage } from 'discord-api-types/v10' */
/** @import { ChannelSight } from '../../../control/guild-channels.ts' */
/** @import { CommandSight } from '../../../control/guild-commands.ts' */
/** @import { GuildSight } from '../../../control/guilds.ts' */
/** @import { SessionsSight } from '../../../control/sessions.ts' */
/** @import { MemberSight } from '../../../control/member-search.ts' */
/** @import { FeedEvent } from '../../../control/feed.ts' */
/** @import { OpenModal } from './interactions.js' */

/**
 * Something that a member did and whose answer is not there yet, or never came.
 * @typedef {{ key: number, channelId: string, userId: string, label: string, at: number, state: 'waiting' | 'failed', problem?: string }} Pending
 */

/** A file that waits to be sent. @typedef {{ key: number, file: File, description: string }} Draft */

/** What came to a channel that is not open: since which message, and how often it spoke to the visitor. @typedef {{ guildId: string, since: string, mentions: number }} Unread */

/**
 * @typedef {object} State
 * @property {readonly GuildSight[]} guilds those loaded so far, the oldest first
 * @property {boolean} moreGuilds
 * @property {GuildSight | undefined} guild the one that is open
 * @property {readonly ChannelSight[]} channels and threads, those that the member's client lists
 * @property {string} channelId of a channel or a thread
 * @property {string} userId who the visitor is
 * @property {MemberSight | undefined} me the same, as their profile shows them
 * @property {ReadonlyMap<string, Unread>} unread by channel
 * @property {string | null} newFrom the message that was new when the channel was opened
 * @property {string | null} readUpTo the newest message when the visitor scrolled up; null at the end of the list
 * @property {readonly CommandSight[]} commands what this member's client offers
 * @property {readonly APIMessage[]} messages of the channel, the oldest first
 * @property {boolean} hasOlder
 * @property {readonly Pending[]} pending
 * @property {ReadonlyMap<string, string>} failures message id → what went wrong with one of its components
 * @property {ReadonlySet<string>} busy `message id:custom id` of components that wait for their answer
 * @property {ReadonlySet<string>} dismissed ids of messages that only this member saw, and put away
 * @property {OpenModal | null} modal
 * @property {APIMessage | null} replyTo
 * @property {APIMessage | null} editing
 * @property {APIMessage | null} threadAt the message that a thread is about to begin at
 * @property {readonly Draft[]} files that go with the next message
 * @property {ReadonlyMap<string, number>} typing `channel:user` → until when, in ms
 * @property {SessionsSight | null} sessions
 * @property {{ shardId: number | null, ms: number | null } | null} served who answered last, and how fast
 * @property {ReadonlyMap<number, number>} latencies shard → the ms of its last first answer
 * @property {readonly FeedEvent[]} log the newest last
 * @property {boolean} live whether the feed is connected
 * @property {'places' | 'panel' | null} drawer on narrow screens
 * @property {{ text: string, isProblem: boolean } | null} notice
 * @property {string} theme `auto`, `dark` or `light`
 */

/** @type {State} */
let state = {
  guilds: [],
  moreGuilds: false,
  guild: undefined,
  channels: [],
  channelId: '',
  userId: '',
  me: undefined,
  unread: new Map(),
  newFrom: null,
  readUpTo: null,
  commands: [],
  messages: [],
  hasOlder: false,
  pending: [],
  failures: new Map(),
  busy: new Set(),
  dismissed: new Set(),
  modal: null,
  replyTo: null,
  editing: null,
  threadAt: null,
  files: [],
  typing: new Map(),
  sessions: null,
  served: null,
  latencies: new Map(),
  log: [],
  live: false,
  drawer: null,
  notice: null,
  theme: 'auto',
};

/** @type {Set<() => void>} */
const watchers = new Set();

export function getState() {
  return state;
}

/** @param {Partial<State>} change */
export function setState(change) {
  state = { ...state, ...change };
  for (const watcher of watchers) watcher();
}

/**
 * Draws the component again when what it selects is another value.
 * @template T
 * @param {(state: State) => T} select
 * @returns {T}
 */
export function useStore(select) {
  const [, redraw] = useReducer((/** @type {number} */ count) => count + 1, 0);
  const selected = select(state);
  const latest = useRef({ select, selected });
  latest.current = { select, selected };
  useEffect(() => {
    const watcher = () => {
      if (!Object.is(latest.current.select(state), latest.current.selected)) redraw(undefined);
    };
    watchers.add(watcher);
    watcher();
    return () => void watchers.delete(watcher);
  }, []);
  return selected;
}
