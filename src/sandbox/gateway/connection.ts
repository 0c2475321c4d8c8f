import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { ActiveFaults } from '../faults/active-faults.ts';
import type { FaultyOutlet } from '../faults/faulty-outlet.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { closeReason, type CloseCode } from './close-reasons.ts';
import { frameChannel } from './frame-channel.ts';
import { controlFrame, decodeFrame, type ClientFrame } from './frames.ts';
import type { Requests } from './requests.ts';
import { SendBudget } from './send-budget.ts';
import type { Session, SessionSocket } from './session.ts';

/** What a connection asks of the gateway: to begin, resume and let go of sessions. */
export type SessionKeeper = {
  identify(connection: Connection, d: unknown): void;
  resume(connection: Connection, d: unknown): void;
  detach(connection: Connection, session: Session, resumable: boolean): void;
  readonly requests: Requests;
  readonly recorder: Recorder;
  readonly faults: ActiveFaults;
};

export type ConnectionTiming = {
  readonly helloDelayMs: number;
  readonly heartbeatIntervalMs: number;
  readonly sendWindowMs: number;
};

/** What a websocket says of a connection that ended without one. */
const noCloseFrame = 1006;

/** A heartbeat may be late by half an interval before its client counts as gone. */
const heartbeatGrace = 1.5;

/** Closing with one of these ends the session; any other code, or none, leaves it open to a RESUME (gateway.mdx:240). */
const sessionEndingCodes: ReadonlySet<number> = new Set([1000, 1001, GatewayCloseCodes.SessionTimedOut]);

/**
 * A client that lets more than this pile up does not read. It is cut off before it costs memory, and early enough that
 * its session still keeps all of it for a RESUME.
 */
const maxBacklogBytes = 16 * 2 ** 20;

const { Heartbeat, Identify, Resume } = GatewayOpcodes;

/** One websocket of a client, before and after it has a session. */
export class Connection implements SessionSocket {
  session: Session | undefined;
  readonly #socket: WebSocket;
  readonly #outlet: FaultyOutlet;
  readonly #keeper: SessionKeeper;
  readonly #hello: NodeJS.Timeout;
  readonly #silence: NodeJS.Timeout;
  readonly #budget: SendBudget;
  #closing = false;
  /** By how many faults at once. */
  #frozen = 0;

  constructor(socket: WebSocket, outlet: FaultyOutlet, keeper: SessionKeeper, timing: ConnectionTiming) {
    this.#socket = socket;
    this.#outlet = outlet;
    this.#keeper = keeper;
    this.#budget = new SendBudget(timing.sendWindowMs);
    const heartbeat_interval = timing.heartbeatIntervalMs;
    this.#hello = setTimeout(() => this.#sayHello(heartbeat_interval), timing.helloDelayMs);
    this.#silence = setTimeout(() => this.#fellSilent(), heartbeat_interval * heartbeatGrace);
    socket.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary));
    socket.on('close', (code) => this.#closed(code));
    // A frame that breaks the websocket protocol; ws closes the socket with the right code by itself.
    socket.on('error', () => undefined);
  }

  send(frame: string, flushed?: () => void): void {
    this.#cutIfUnread();
    if (frameChannel.hasSubscribers) frameChannel.publish(frame);
    this.#outlet.send(frame, flushed);
  }

  /** Op 9: the client must RESUME, or else IDENTIFY anew, on this socket or another. */
  invalidateSession(resumable: boolean): void {
    this.#keeper.recorder.session('invalid', this.session);
    this.#letGo(resumable);
    this.#sendControl(GatewayOpcodes.InvalidSession, resumable);
  }

  /** Op 7: asks the client to connect again and to RESUME. */
  requestReconnect(): void {
    this.#keeper.recorder.session('reconnect', this.session);
    this.#sendControl(GatewayOpcodes.Reconnect, null);
  }

  superseded(): void {
    this.close(GatewayCloseCodes.UnknownError);
  }

  close(code: CloseCode): void {
    this.#keeper.recorder.session('close', this.session, { code, by: 'gateway' });
    this.#letGo(!sessionEndingCodes.has(code));
    this.#closing = true;
    this.#outlet.close(code, closeReason(code));
  }

  /** Drops the connection without a word, as a lost network does. */
  drop(): void {
    this.#socket.terminate();
  }

  /** Nothing is read any more and nothing sent, as by a process that is stuck. */
  freeze(): void {
    this.#frozen += 1;
    this.#socket.pause();
    this.#outlet.freeze();
  }

  thaw(): void {
    this.#frozen -= 1;
    if (this.#frozen > 0) return;
    this.#outlet.thaw();
    this.#socket.resume();
  }

  /** Forgets the client, which is not told: what a network does that lost only its own memory of the connection. */
  abandon(): void {
    this.#keeper.recorder.session('close', this.session, { code: noCloseFrame, by: 'gateway' });
    this.#letGo(true);
    this.#closing = true;
    clearTimeout(this.#hello);
    clearTimeout(this.#silence);
    this.freeze();
  }

  #sayHello(heartbeat_interval: number): void {
    if (this.#keeper.faults.strike('no-hello')) return;
    this.#sendControl(GatewayOpcodes.Hello, { heartbeat_interval });
  }

  #fellSilent(): void {
    if (this.#frozen > 0) this.#silence.refresh();
    else this.close(GatewayCloseCodes.SessionTimedOut);
  }

  #receive(data: Buffer, isBinary: boolean): void {
    // What was under way when we closed is no longer heard.
    if (this.#closing) return;
    if (!this.#budget.take(performance.now())) return this.close(GatewayCloseCodes.RateLimited);
    const frame = decodeFrame(data, isBinary);
    if (frame) this.#handle(frame);
    else this.close(GatewayCloseCodes.DecodeError);
  }

  #handle(frame: ClientFrame): void {
    const { op, d } = frame;
    if (op === Heartbeat) return this.#heartbeat();
    if (op === Identify || op === Resume) {
      if (this.session) return this.close(GatewayCloseCodes.AlreadyAuthenticated);
      return op === Identify ? this.#keeper.identify(this, d) : this.#keeper.resume(this, d);
    }
    const { requests } = this.#keeper;
    if (!requests.knows(op)) return this.close(GatewayCloseCodes.UnknownOpcode);
    if (!this.session) return this.close(GatewayCloseCodes.NotAuthenticated);
    const fault = requests.answer(this.session, frame);
    if (fault !== undefined) this.close(fault);
  }

  #heartbeat(): void {
    this.#silence.refresh();
    if (this.#keeper.faults.strike('no-heartbeat-ack', { shardId: this.session?.shardId })) return;
    this.#sendControl(GatewayOpcodes.HeartbeatAck, null);
  }

  #cutIfUnread(): void {
    if (this.#outlet.backlog > maxBacklogBytes) this.drop();
  }

  #sendControl(op: GatewayOpcodes, d: unknown): void {
    this.send(controlFrame(op, d));
  }

  #closed(code: number): void {
    clearTimeout(this.#hello);
    clearTimeout(this.#silence);
    this.#outlet.discard();
    if (!this.#closing) this.#keeper.recorder.session('close', this.session, { code, by: 'client' });
    this.#letGo(!sessionEndingCodes.has(code));
  }

  #letGo(resumable: boolean): void {
    const session = this.session;
    this.session = undefined;
    if (session) this.#keeper.detach(this, session, resumable);
  }
}
