import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type APIGatewaySessionStartLimit,
} from 'discord-api-types/v10';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Account } from '../account.ts';
import type { ActiveFaults } from '../faults/active-faults.ts';
import { FaultyOutlet } from '../faults/faulty-outlet.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { createdMsOf } from '../snowflake.ts';
import type { Timing } from '../timing.ts';
import type { World } from '../world/world.ts';
import { Connection, type SessionKeeper } from './connection.ts';
import { Connections, type ShardIds } from './connections.ts';
import { deliver } from './delivery.ts';
import { streamGuilds } from './guild-stream.ts';
import { hostOf, readHandshake, refuseHandshake, resumePath } from './handshake.ts';
import { IdentifyBudget, type IdentifyViolation } from './identify-budget.ts';
import { judgeIdentify } from './identify.ts';
import type { EventScope } from './intents.ts';
import { plainOutlet, zlibOutlet, type Outlet } from './outlet.ts';
import { readyData } from './ready.ts';
import { Requests } from './requests.ts';
import { judgeResume } from './resume.ts';
import type { Session } from './session.ts';
import { Sessions, type DoubleOwner } from './sessions.ts';

export type GatewayOptions = {
  readonly world: World;
  readonly account: Account;
  readonly timing: Timing;
  readonly maxConcurrency: number;
  readonly recorder: Recorder;
  readonly faults: ActiveFaults;
  /** Where clients find this gateway, for Get Gateway and READY. */
  readonly url: string;
};

export type GatewayReport = {
  readonly sessions: readonly Session[];
  readonly identifies: number;
  readonly resumes: number;
  readonly violations: readonly IdentifyViolation[];
  readonly doubleOwners: readonly DoubleOwner[];
};

/** ws itself refuses frames beyond this (1009), before they fill memory; Discord's 4,096 are checked per frame. */
const maxPayload = 2 ** 20;

/** events/gateway.mdx:612: a session with more would be too much for one shard. */
const maxGuildsPerShard = 2_500;

/** Discord's gateway: takes websockets, keeps sessions, sends events to the shard of each guild. */
export class Gateway implements SessionKeeper {
  readonly requests: Requests;
  readonly recorder: Recorder;
  readonly faults: ActiveFaults;
  readonly #options: GatewayOptions;
  readonly #sessions: Sessions;
  readonly #budget: IdentifyBudget;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload, clientTracking: false });
  readonly #connections = new Connections();
  #identifies = 0;
  #resumes = 0;

  constructor(options: GatewayOptions) {
    const { timing, maxConcurrency, world } = options;
    this.#options = options;
    this.recorder = options.recorder;
    this.faults = options.faults;
    this.requests = new Requests(world, timing.wholeGuildWindowMs);
    this.#sessions = new Sessions(timing.sessionLifetimeMs);
    this.#budget = new IdentifyBudget({
      maxConcurrency,
      windowMs: timing.identifyWindowMs,
      dayMs: timing.identifyDayMs,
    });
  }

  get url(): string {
    return this.#options.url;
  }

  sessionStartLimit(): APIGatewaySessionStartLimit {
    const nowMs = performance.now();
    const limit = this.#budget.limit(nowMs);
    const exhausted = this.faults.find('no-identifies-left');
    if (!exhausted) return limit;
    const reset_after = Math.ceil(Math.min(exhausted.endsAt - nowMs, this.#options.timing.identifyDayMs));
    return { ...limit, remaining: 0, reset_after };
  }

  /** For the `upgrade` event of the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.faults.strike('refuse-connections', { host: hostOf(request.url) })) {
      this.recorder.session('refused');
      return refuseHandshake(socket, 'unavailable', '503 Service Unavailable');
    }
    const asked = readHandshake(request.url);
    if ('problem' in asked) return refuseHandshake(socket, asked.problem);
    this.#server.handleUpgrade(request, socket, head, (client) =>
      this.#connect(
        client,
        asked.version,
        asked.compressed ? zlibOutlet(client) : plainOutlet(client, socket),
      ),
    );
  }

  /** Sends an event of a guild to its shard, as far as intents allow, and returns the sessions of that shard. */
  dispatchToGuild(guildId: string, event: string, data: unknown): readonly Session[] {
    return this.#dispatch(this.#sessions.ofGuild(createdMsOf(guildId) ?? 0), event, data, 'guild');
  }

  dispatchToShard(shardId: number, event: string, data: unknown): readonly Session[] {
    return this.#dispatch(this.#sessions.ofShard(shardId), event, data, 'guild');
  }

  /** Sends an event of a direct message, which goes to shard 0 (events/gateway.mdx:633). */
  dispatchDirect(event: string, data: unknown): readonly Session[] {
    return this.#dispatch(this.#sessions.ofShard(0), event, data, 'direct');
  }

  #dispatch(
    sessions: readonly Session[],
    event: string,
    data: unknown,
    scope: EventScope,
  ): readonly Session[] {
    const { botUser } = this.#options.account;
    const audience = deliver(sessions, { event, data, scope, botId: botUser.id });
    this.recorder.dispatched({ event, data, sessions, audience });
    return sessions;
  }

  identify(connection: Connection, d: unknown): void {
    const { account, world, url } = this.#options;
    const verdict = judgeIdentify(d, account);
    if ('close' in verdict) return connection.close(verdict.close);
    const { identity } = verdict;
    const guildIds = world.guildIdsOfShard(identity.shardId, identity.shardCount);
    if (guildIds.length > maxGuildsPerShard) return connection.close(GatewayCloseCodes.ShardingRequired);
    if (!this.#budget.admit(identity.shardId, performance.now())) {
      this.recorder.session('refused', identity);
      return connection.invalidateSession(false);
    }
    if (this.faults.strike('no-identifies-left') || !this.#budget.take(performance.now())) {
      this.revokeToken(false);
      return;
    }
    this.#identifies += 1;
    const session = this.#sessions.begin(identity, connection);
    connection.session = session;
    this.recorder.connected(session);
    session.dispatch(
      GatewayDispatchEvents.Ready,
      JSON.stringify(readyData(session, account, guildIds, url + resumePath)),
    );
    void streamGuilds(session, world, guildIds);
  }

  resume(connection: Connection, d: unknown): void {
    const verdict = judgeResume(d, this.#options.account, this.#sessions);
    if (verdict === 'invalid session') return connection.invalidateSession(false);
    if ('close' in verdict) return connection.close(verdict.close);
    const { session, sequence } = verdict;
    if (this.faults.strike('no-resume', { shardId: session.shardId })) return;
    this.#resumes += 1;
    connection.session = session;
    this.recorder.connected(session, sequence);
    this.#sessions.resume(session, connection, sequence);
    session.dispatch(GatewayDispatchEvents.Resumed, '{"_trace":[]}');
  }

  detach(connection: Connection, session: Session, resumable: boolean): void {
    this.#sessions.detach(session, connection, resumable);
    if (!session.connected) this.recorder.disconnected(session);
  }

  /**
   * The token is no longer good: every session ends and its client is closed with 4004. Discord resets a token by itself
   * when the day's identifies are used up (gateway.mdx:188).
   */
  revokeToken(gatewayOnly: boolean): number {
    this.#options.account.revokeToken(gatewayOnly);
    for (const session of this.#sessions.all()) this.#sessions.end(session);
    return this.#connections.close(GatewayCloseCodes.AuthenticationFailed);
  }

  /**
   * Drops the sockets without a close frame; the sessions stay open to a RESUME. Those that are left half open are not
   * closed at all. Returns how many there were.
   */
  dropConnections(shardIds?: ShardIds, halfOpen = false): number {
    return halfOpen ? this.#connections.abandon(shardIds) : this.#connections.drop(shardIds);
  }

  /** Stops reading from the sockets and writing to them. */
  freeze(shardIds: ShardIds): { readonly affected: number; readonly thaw: () => void } {
    return this.#connections.freeze(shardIds);
  }

  /** Asks every client with a session to connect again (op 7). Returns how many there were. */
  reconnect(shardIds: ShardIds): number {
    return this.#connections.requestReconnect(shardIds);
  }

  /**
   * Tells every client that its session is invalid (op 9). Those that cannot be resumed end, even those without a socket.
   * Returns how many clients were told.
   */
  invalidateSessions(resumable: boolean, shardIds: ShardIds): number {
    const told = this.#connections.invalidateSessions(resumable, shardIds);
    if (!resumable) this.#sessions.stop(shardIds);
    return told;
  }

  report(): GatewayReport {
    return {
      sessions: [...this.#sessions.all()],
      identifies: this.#identifies,
      resumes: this.#resumes,
      violations: this.#budget.violations,
      doubleOwners: this.#sessions.doubleOwners,
    };
  }

  stop(): void {
    this.dropConnections();
    this.#connections.dropAbandoned();
    this.#sessions.stop();
  }

  #connect(socket: WebSocket, version: string | null, outlet: Outlet): void {
    const faulty = new FaultyOutlet(outlet, this.faults, () => connection.session?.shardId);
    const connection: Connection = new Connection(socket, faulty, this, this.#options.timing);
    this.#connections.add(connection);
    this.recorder.session('connect');
    socket.once('close', () => this.#connections.delete(connection));
    if (version !== '10') connection.close(GatewayCloseCodes.InvalidAPIVersion);
  }
}
