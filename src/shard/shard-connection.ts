import {
  APIVersion,
  GatewayDispatchEvents,
  GatewayOpcodes,
  type GatewayDispatchPayload,
  type GatewayReadyDispatchData,
} from 'discord-api-types/v10';
import {
  CloseCodes,
  DefaultWebSocketManagerOptions,
  WebSocketShard,
  WebSocketShardDestroyRecovery,
  WebSocketShardEvents,
  WebSocketShardStatus,
  type FetchingStrategyOptions,
  type IContextFetchingStrategy,
  type IIdentifyThrottler,
  type SessionInfo,
} from '@discordjs/ws';
import { setTimeout as delay } from 'node:timers/promises';
import { GREETING_MS, RESUME_ANSWER_MS } from '../../config/sessions.ts';
import {
  gatewaySessionsEndedTotal,
  gatewaySessionsTotal,
  gatewayWatchdogTotal,
} from '../telemetry/sessions.ts';
import type { Logger } from '../telemetry/log.ts';
import { Attempts } from './attempts.ts';
import { endingCloses } from './close-codes.ts';
import type { GatewayAddress } from './gateway-address.ts';
import { hearLateErrors } from './late-errors.ts';
import type { Ownership } from './ownership.ts';
import type { SessionMemory } from './session-memory.ts';

export interface ShardConnectionOptions {
  readonly shardId: number;
  readonly shardCount: number;
  readonly token: string;
  readonly intents: number;
  readonly address: GatewayAddress;
  readonly throttler: IIdentifyThrottler;
  readonly ownership: Ownership;
  readonly memory: SessionMemory;
  readonly log: Logger;
  readonly onDispatch: (payload: GatewayDispatchPayload, replayed: boolean) => void;
  readonly onConnected: () => void;
  readonly onClosed: (code: number) => void;
  readonly onBeat: (beat: { readonly ackAt: number; readonly heartbeatAt: number }) => void;
}

/**
 * One shard's connection to the gateway. The library speaks the protocol and connects again; what it asks on the way (is there a
 * session, may I identify) is answered here, and decides when, where and how it does.
 */
export class ShardConnection implements IContextFetchingStrategy {
  readonly options: FetchingStrategyOptions;
  readonly #own: ShardConnectionOptions;
  readonly #socket: WebSocketShard;
  readonly #stopped = new AbortController();
  readonly #attempts = new Attempts();
  #resumeWatch: NodeJS.Timeout | undefined;
  /** From HELLO to the RESUMED that follows what was missed. */
  #replaying = false;
  identifies = 0;
  resumes = 0;

  constructor(own: ShardConnectionOptions) {
    this.#own = own;
    const { address, intents, shardCount, token } = own;
    this.options = {
      ...DefaultWebSocketManagerOptions,
      intents,
      token,
      shardCount,
      handshakeTimeout: GREETING_MS,
      helloTimeout: GREETING_MS,
      get gatewayInformation() {
        return address.known;
      },
    };
    this.#socket = new WebSocketShard(this, own.shardId);
    this.#listen();
  }

  /** Resolves when the shard is ready or has resumed. Never rejects: what fails is tried again. */
  connect(): Promise<void> {
    return this.#socket.connect();
  }

  /** Closes for good and leaves the session to a successor. Resolves with the peer's close frame, which a frozen one never sends. */
  async handOver(): Promise<void> {
    this.#stopped.abort();
    clearTimeout(this.#resumeWatch);
    await this.#socket.destroy({ code: CloseCodes.Resuming, reason: 'Handing over' });
  }

  /** Leaves a peer that says nothing any more to itself: its close frame may take half a minute, and nothing of it is heard. */
  abandon(): void {
    this.#socket.removeAllListeners();
    // Without a listener the emitter would throw.
    this.#socket.on(WebSocketShardEvents.Error, () => {});
    void this.handOver();
  }

  /** A heartbeat of our own: the library's first comes up to 41 s later. */
  async beat(): Promise<void> {
    await this.#socket.send({
      op: GatewayOpcodes.Heartbeat,
      d: this.#own.memory.session?.sequence ?? null,
    });
  }

  /** The library asks before it connects, and again at every event; only the former may take time. */
  retrieveSessionInfo(): SessionInfo | null | Promise<SessionInfo | null> {
    return this.#socket.status === WebSocketShardStatus.Idle ? this.#beforeConnecting() : this.#sessionInfo();
  }

  updateSessionInfo(_shardId: number, info: SessionInfo | null): void {
    const { memory, intents } = this.#own;
    if (info === null) {
      hearLateErrors(this.#socket);
      if (this.#sessionHasEnded())
        this.#endSession(this.#attempts.closedWith === undefined ? 'invalid' : 'closed');
    } else if (info.sessionId === memory.session?.sessionId) {
      memory.advance(info.sequence);
    } else {
      const { sessionId, sequence, resumeURL: resumeUrl } = info;
      const session = { sessionId, resumeUrl, sequence, intents, apiVersion: APIVersion, applicationId: '' };
      memory.begin({ ...session, startedAtMs: Date.now() }, []);
    }
  }

  async waitForIdentify(shardId: number, signal: AbortSignal): Promise<void> {
    await this.#own.throttler.waitForIdentify(shardId, signal);
    // The wait may have been long, and the process asleep meanwhile.
    if (!(await this.#own.ownership.check())) await never();
  }

  /** Whether a session that the library gives up is really over: op 9, or a close that says so. */
  #sessionHasEnded(): boolean {
    if (this.#stopped.signal.aborted) return false;
    const { closedWith } = this.#attempts;
    if (closedWith !== undefined) return endingCloses.has(closedWith);
    // Before HELLO was answered Discord cannot have judged it.
    return this.#socket.status !== WebSocketShardStatus.Connecting;
  }

  async #beforeConnecting(): Promise<SessionInfo | null> {
    const { address, memory, ownership } = this.#own;
    const signal = this.#stopped.signal;
    if (this.#attempts.judge() === 'give the session up')
      this.#giveUp('the session cannot be resumed', 'failing_resume');
    try {
      const resuming = memory.session !== undefined;
      await delay(this.#attempts.waitBeforeNext(resuming), undefined, { signal });
      if (!resuming) await address.identifyLeft(signal);
      else if (this.#attempts.resumeHostIsDead) await address.found(signal);
      // The process may have slept while it waited.
      if (!(await ownership.check()) || signal.aborted) return await never();
      this.#attempts.begin(resuming);
      return this.#sessionInfo();
    } catch (error) {
      // A defect ends the process, which is then replaced.
      if (!signal.aborted) throw error;
      // The library must not go on to connect.
      return never();
    }
  }

  #giveUp(reason: string, why: 'failing_resume' | 'unanswered_resume'): void {
    this.#own.log.warn(`${reason}; starting a new one`);
    gatewayWatchdogTotal.inc({ why });
    this.#endSession('given_up');
  }

  #endSession(why: 'invalid' | 'closed' | 'given_up'): void {
    if (this.#own.memory.session !== undefined) gatewaySessionsEndedTotal.inc({ why });
    this.#own.memory.end();
  }

  #sessionInfo(): SessionInfo | null {
    const { shardId, shardCount, address, memory } = this.#own;
    if (memory.session === undefined) return null;
    const { sessionId, sequence, resumeUrl } = memory.session;
    const resumeURL = this.#attempts.resumeHostIsDead ? address.known.url : resumeUrl;
    return { sessionId, sequence, resumeURL, shardId, shardCount };
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on(WebSocketShardEvents.Hello, () => this.#greeted());
    socket.on(WebSocketShardEvents.Ready, (data) => this.#ready(data));
    socket.on(WebSocketShardEvents.Resumed, () => this.#resumed());
    socket.on(WebSocketShardEvents.Closed, (code) => {
      this.#attempts.closed(code);
      clearTimeout(this.#resumeWatch);
      this.#own.onClosed(code);
    });
    socket.on(WebSocketShardEvents.HeartbeatComplete, (beat) => this.#own.onBeat(beat));
    socket.on(WebSocketShardEvents.SocketError, (error) => {
      this.#own.log.debug({ err: error }, 'gateway socket error');
    });
    // Closed tells us what Error does and with the code; without a listener the emitter would throw.
    socket.on(WebSocketShardEvents.Error, () => {});
    socket.on(WebSocketShardEvents.Dispatch, (payload) => this.#dispatched(payload));
  }

  #greeted(): void {
    this.#attempts.greeted();
    this.#replaying = this.#attempts.isResuming;
    if (!this.#replaying) return;
    if (this.#attempts.resumeHostIsDead) {
      this.#own.log.warn('the resume host does not answer; resuming on the base gateway');
      gatewayWatchdogTotal.inc({ why: 'dead_resume_host' });
      this.#own.memory.moveTo(this.#own.address.known.url);
    }
    this.#resumeWatch = setTimeout(() => this.#resumeUnanswered(), RESUME_ANSWER_MS);
  }

  #ready(data: GatewayReadyDispatchData): void {
    const { log, memory } = this.#own;
    this.identifies++;
    gatewaySessionsTotal.inc({ start: 'identify' });
    if (memory.session !== undefined) {
      const session = { ...memory.session, applicationId: data.application.id };
      memory.begin(
        session,
        data.guilds.map(({ id }) => id),
      );
      // It cost an identify: not a second of it is risked.
      void memory.save();
    }
    log.info({ guilds: data.guilds.length }, 'shard is ready');
    this.#connected();
  }

  #resumed(): void {
    clearTimeout(this.#resumeWatch);
    this.resumes++;
    gatewaySessionsTotal.inc({ start: 'resume' });
    this.#own.log.info({ guilds: this.#own.memory.guilds.size }, 'shard has resumed');
    this.#connected();
  }

  #connected(): void {
    this.#attempts.connected();
    this.#own.onConnected();
  }

  #dispatched(payload: GatewayDispatchPayload): void {
    // A long replay is an answer to the RESUME too.
    // Not by the socket's status: what the library reads in one turn it emits after it has taken note of all of it.
    if (payload.t === GatewayDispatchEvents.Resumed) this.#replaying = false;
    if (this.#replaying) this.#resumeWatch?.refresh();
    // Discord has sent events with null data; a stock client crashes on them.
    if (typeof payload.d !== 'object' || payload.d === null) return;
    const { memory } = this.#own;
    if (payload.t === GatewayDispatchEvents.GuildCreate) memory.addGuild(payload.d.id);
    // An outage (unavailable) is not a removal.
    else if (payload.t === GatewayDispatchEvents.GuildDelete && payload.d.unavailable !== true)
      memory.removeGuild(payload.d.id);
    this.#own.onDispatch(payload, this.#replaying);
  }

  /** The library would wait for ever. */
  #resumeUnanswered(): void {
    this.#giveUp('the RESUME of the session was not answered', 'unanswered_resume');
    void this.#socket.destroy({
      reason: 'RESUME was not answered',
      recover: WebSocketShardDestroyRecovery.Reconnect,
    });
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
