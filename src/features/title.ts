import type { Asker } from './context.ts';

/** What members call a feature, in their language; the name itself for one that this release does not have. */
export function titleOf({ features, speech }: Pick<Asker, 'features' | 'speech'>, name: string): string {
  return features.find((feature) => feature.name === name)?.title[speech.language] ?? name;
}
