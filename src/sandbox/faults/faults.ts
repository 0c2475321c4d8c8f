import { faultForm, type FaultForm, type FaultRequest } from '../control/fault-forms.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Recorder } from '../recorder/recorder.ts';
import type { ActiveFaults, Fault } from './active-faults.ts';

type FaultParts = {
  readonly active: ActiveFaults;
  readonly gateway: Gateway;
  readonly recorder: Recorder;
};

/** Where every fault of the sandbox is switched on and off, whoever asks; what each means stands in `faultForm`. */
export class Faults {
  readonly #parts: FaultParts;

  constructor(parts: FaultParts) {
    this.#parts = parts;
  }

  /** Returns what it was given as, and how many connections it concerned at once. */
  switchOn(request: FaultRequest): { readonly fault: Fault; readonly affected: number } {
    const { active, recorder } = this.#parts;
    const form = faultForm.parse(request);
    const fault = active.add(form);
    const told = { faultId: fault.id, fault: form.kind, settings: form };
    recorder.fault({ ...told, on: true });
    void fault.ended.then(() => recorder.fault({ ...told, on: false }));
    return { fault, affected: this.#begin(fault) };
  }

  all(): Fault[] {
    return this.#parts.active.all();
  }

  clear(id: number): boolean {
    return this.#parts.active.end(id);
  }

  /** Returns how many there were. */
  clearAll(): number {
    const faults = this.all();
    for (const { id } of faults) this.clear(id);
    return faults.length;
  }

  /** Every REST request waits so long; 0 ends it. */
  delayRest(ms: number): void {
    for (const { id, form } of this.#parts.active.allOf('rest-latency')) {
      if (form.route === undefined) this.clear(id);
    }
    if (ms > 0) this.switchOn({ kind: 'rest-latency', ms });
  }

  #begin(fault: Fault): number {
    const { form } = fault;
    if (form.kind === 'freeze') return this.#freeze(fault, form.shard_ids);
    const act = this.#actOf(form);
    if (!act) return 0;
    const affected = act();
    if ('every_ms' in form && form.every_ms !== undefined) this.#repeat(fault, act, form.every_ms);
    else this.clear(fault.id);
    return affected;
  }

  /** What happens at a moment; the others are states, and whatever they disturb asks for them. */
  #actOf(form: FaultForm): (() => number) | undefined {
    const { gateway } = this.#parts;
    if (form.kind === 'drop-connections')
      return () => gateway.dropConnections(form.shard_ids, form.half_open);
    if (form.kind === 'reconnect') return () => gateway.reconnect(form.shard_ids);
    if (form.kind === 'invalidate-sessions')
      return () => gateway.invalidateSessions(form.resumable, form.shard_ids);
    if (form.kind === 'revoke-token') return () => gateway.revokeToken(form.gateway_only);
    return undefined;
  }

  #repeat(fault: Fault, act: () => number, everyMs: number): void {
    const timer = setInterval(() => {
      act();
      this.#parts.active.count(fault.id);
    }, everyMs).unref();
    void fault.ended.then(() => clearInterval(timer));
    this.#parts.active.count(fault.id);
  }

  #freeze(fault: Fault, shardIds: readonly number[] | undefined): number {
    const { affected, thaw } = this.#parts.gateway.freeze(shardIds);
    void fault.ended.then(thaw);
    return affected;
  }
}
