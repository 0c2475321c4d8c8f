import { dashboardFiles } from '../../grafana/source/files.ts';
import { capacityPage } from './capacity-page.ts';
import { configurationPage } from './configuration-page.ts';

/** What is generated: path from the root of the repository, and text. */
export function generatedPages(): Readonly<Record<string, string>> {
  return {
    'docs/configuration.md': configurationPage(),
    'docs/capacity.md': capacityPage(),
    ...dashboardFiles(),
  };
}
