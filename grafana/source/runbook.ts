import { readFileSync } from 'node:fs';
import path from 'node:path';

const file = path.join(import.meta.dirname, '../../docs/runbook.md');

/** The runbook's section for an alert, as Markdown without its title; links within the runbook become plain words. */
export function runbookSection(alert: string): string {
  const [, section] = readFileSync(file, 'utf8').split(`\n## ${alert}\n`);
  if (section === undefined) throw new Error(`docs/runbook.md has no section ${alert}`);
  const [text = ''] = section.split('\n## ');
  return text.trim().replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1');
}
