/** @import { FaultRequest } from '../../../control/fault-forms.ts' */

/**
 * A fault as the panel offers it. `byShard` says whether it can be kept to one shard.
 * @typedef {{ label: string, detail: string, byShard: boolean, fault: FaultRequest }} Preset
 */

/** Each happens once. @type {readonly Preset[]} */
export const shocks = [
  {
    label: 'Drop connections',
    detail: 'without a close frame; shards resume',
    byShard: true,
    fault: { kind: 'drop-connections' },
  },
  { label: 'Ask to reconnect', detail: 'op 7; shards resume', byShard: true, fault: { kind: 'reconnect' } },
  {
    label: 'Invalidate, resumable',
    detail: 'op 9, d: true',
    byShard: true,
    fault: { kind: 'invalidate-sessions', resumable: true },
  },
  {
    label: 'Invalidate for good',
    detail: 'op 9, d: false; shards identify afresh',
    byShard: true,
    fault: { kind: 'invalidate-sessions', resumable: false },
  },
];

/** Each lasts until it is switched off or its time is over. @type {readonly Preset[]} */
export const switches = [
  {
    label: 'Slow gateway',
    detail: '500 ms and up to 200 more',
    byShard: true,
    fault: { kind: 'gateway-latency', ms: 500, jitter_ms: 200 },
  },
  {
    label: 'Frozen gateway',
    detail: 'sockets stay open, nothing moves',
    byShard: true,
    fault: { kind: 'freeze' },
  },
  {
    label: 'Refused connections',
    detail: '503 on connecting',
    byShard: false,
    fault: { kind: 'refuse-connections' },
  },
  {
    label: 'No heartbeat answers',
    detail: 'clients must notice',
    byShard: true,
    fault: { kind: 'no-heartbeat-ack' },
  },
  {
    label: 'Reconnect storm',
    detail: 'op 7 every 5 s',
    byShard: true,
    fault: { kind: 'reconnect', every_ms: 5_000 },
  },
  {
    label: 'Duplicated events',
    detail: 'three of ten come twice',
    byShard: true,
    fault: { kind: 'duplicate-dispatch', share: 0.3 },
  },
  {
    label: 'Reordered events',
    detail: 'three of ten change places',
    byShard: true,
    fault: { kind: 'reorder-dispatch', share: 0.3 },
  },
  {
    label: 'Slow REST',
    detail: 'every answer 1.5 s later',
    byShard: false,
    fault: { kind: 'rest-latency', ms: 1_500 },
  },
  {
    label: 'Rate limited REST',
    detail: '429 for three of ten',
    byShard: false,
    fault: { kind: 'rest-limit', share: 0.3 },
  },
  {
    label: 'Failing REST',
    detail: '503 for three of ten',
    byShard: false,
    fault: { kind: 'rest-error', status: 503, share: 0.3 },
  },
  { label: 'Hanging REST', detail: 'no answer at all', byShard: false, fault: { kind: 'rest-hang' } },
  {
    label: 'Slow lookups',
    detail: 'weather, GitHub, … 3 s later',
    byShard: false,
    fault: { kind: 'upstream', mode: 'slow' },
  },
  {
    label: 'Failing lookups',
    detail: '503 from every service',
    byShard: false,
    fault: { kind: 'upstream', mode: 'status' },
  },
  { label: 'Clock ahead', detail: 'a minute', byShard: false, fault: { kind: 'clock-skew', ms: 60_000 } },
];
