import { noteInSpan } from '../telemetry/tracing.ts';

/** A look-up's span ends with the last tier that was asked: that has answered. */
export function noteTier(tier: 'l1' | 'l2' | 'load', result: 'hit' | 'stale' | 'miss' | 'error'): void {
  noteInSpan(() => ({ attributes: { 'shoal.cache.tier': tier, 'shoal.cache.result': result } }));
}
