import { eventOf } from '../gateway/frames.ts';
import type { Outlet } from '../gateway/outlet.ts';
import type { ActiveFaults } from './active-faults.ts';

/** Without them the client has no session: what is disturbed are the events of the guilds. */
const sessionEvents: ReadonlySet<string> = new Set(['READY', 'RESUMED']);

/** An event that waits to change places with the next waits no longer than this. */
const swapMs = 250;

type Waiting = { readonly at: number; readonly characters: number; readonly go: () => void };

/** The way out of a connection, disturbed by the faults that strike its shard. Without any it adds nothing. */
export class FaultyOutlet implements Outlet {
  readonly #outlet: Outlet;
  readonly #faults: ActiveFaults;
  readonly #shardId: () => number | undefined;
  #waiting: Waiting[] = [];
  #waitingCharacters = 0;
  #frozen = false;
  #timer: NodeJS.Timeout | undefined;
  #swapped: readonly string[] = [];
  #swapTimer: NodeJS.Timeout | undefined;

  constructor(outlet: Outlet, faults: ActiveFaults, shardId: () => number | undefined) {
    this.#outlet = outlet;
    this.#faults = faults;
    this.#shardId = shardId;
  }

  get backlog(): number {
    return this.#outlet.backlog + this.#waitingCharacters;
  }

  send(frame: string, flushed?: () => void): void {
    if (this.#isPlain) return this.#outlet.send(frame, flushed);
    const frames = this.#disturbed(frame);
    for (const [index, each] of frames.entries()) {
      const isLast = index === frames.length - 1;
      this.#pass(() => this.#outlet.send(each, isLast ? flushed : undefined), each.length);
    }
    if (frames.length === 0) flushed?.();
  }

  close(code: number, reason: string): void {
    this.#pass(() => this.#outlet.close(code, reason), 0);
  }

  freeze(): void {
    this.#frozen = true;
    clearTimeout(this.#timer);
  }

  thaw(): void {
    this.#frozen = false;
    this.#release();
  }

  /** The socket is gone: nothing waits any more. */
  discard(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#swapTimer);
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingCharacters = 0;
    this.#frozen = false;
    // A sender that waits until its frame is on its way learns that it never will be.
    for (const { go } of waiting) go();
  }

  /** Nothing is disturbed, and nothing waits that must go first. */
  get #isPlain(): boolean {
    const isClear = this.#waiting.length === 0 && this.#swapped.length === 0;
    return isClear && !this.#frozen && this.#faults.isQuiet;
  }

  /** What goes out now instead of this frame. */
  #disturbed(frame: string): readonly string[] {
    const event = eventOf(frame);
    if (event === undefined || sessionEvents.has(event)) return [frame];
    const target = { shardId: this.#shardId() };
    if (this.#faults.strike('drop-dispatch', target)) return [];
    const frames = this.#faults.strike('duplicate-dispatch', target) ? [frame, frame] : [frame];
    if (this.#swapped.length > 0) return [...frames, ...this.#takeSwapped()];
    if (!this.#faults.strike('reorder-dispatch', target)) return frames;
    this.#swapped = frames;
    this.#swapTimer = setTimeout(() => {
      for (const each of this.#takeSwapped()) this.#pass(() => this.#outlet.send(each), each.length);
    }, swapMs);
    return [];
  }

  #takeSwapped(): readonly string[] {
    clearTimeout(this.#swapTimer);
    const frames = this.#swapped;
    this.#swapped = [];
    return frames;
  }

  #pass(go: () => void, characters: number): void {
    const latency = this.#faults.strike('gateway-latency', { shardId: this.#shardId() });
    if (!latency && !this.#frozen && this.#waiting.length === 0) return go();
    const delayMs = latency ? this.#faults.delayMs(latency.form) : 0;
    // Nothing overtakes what was sent before it.
    const at = Math.max(performance.now() + delayMs, this.#waiting.at(-1)?.at ?? 0);
    this.#waiting.push({ at, characters, go });
    this.#waitingCharacters += characters;
    if (this.#waiting.length === 1) this.#release();
  }

  #release(): void {
    while (!this.#frozen) {
      const [next] = this.#waiting;
      if (!next) return;
      const waitMs = next.at - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#release(), waitMs);
        return;
      }
      this.#waiting.shift();
      this.#waitingCharacters -= next.characters;
      next.go();
    }
  }
}
