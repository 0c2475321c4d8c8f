import { capacity } from './capacity.ts';
import { data } from './data.ts';
import { interactions } from './interactions.ts';
import { jobs } from './jobs.ts';
import { overview } from './overview.ts';
import type { Dashboard } from './panel.ts';
import { shards } from './shards.ts';
import { upstreams } from './upstreams.ts';

export { concrete } from './concrete.ts';
export type { Dashboard, Limits, Panel, Query, Unit } from './panel.ts';

/** Every dashboard; Grafana's JSON and the report are made from these. */
export const dashboards: readonly Dashboard[] = [
  overview,
  shards,
  interactions,
  data,
  upstreams,
  jobs,
  capacity,
];
