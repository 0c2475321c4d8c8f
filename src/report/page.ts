import { readFileSync } from 'node:fs';
import type { Dashboard } from '../../grafana/source/source.ts';
import type { Answered } from './answers.ts';
import { clockTime } from './chart.ts';
import { described, escaped } from './html.ts';
import { panelHtml, stateHtml } from './panel-html.ts';
import type { Range } from './prometheus.ts';

export interface AnsweredDashboard {
  readonly dashboard: Dashboard;
  readonly rows: readonly { readonly title: string; readonly panels: readonly Answered[] }[];
}

const style = readFileSync(new URL('page.css', import.meta.url), 'utf8');

/** The whole report: one file that needs nothing else. `source`: the address of Prometheus, to be shown. */
export function page(sections: readonly AnsweredDashboard[], range: Range, source: string): string {
  const links = sections.map(
    ({ dashboard: { uid, title } }) => `<li><a href="#${uid}">${escaped(shortTitle(title))}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Shoal: report</title>
<style>
${style}</style>
</head>
<body>
<header>
<h1>Shoal: report</h1>
<p>${day(range.start)} ${clockTime(range.start)} to ${clockTime(range.end)} UTC, from ${escaped(source)}</p>
<nav aria-label="Sections"><ul>${links.join('')}</ul></nav>
</header>
<main>
${sections.map((section) => sectionHtml(section, range)).join('\n')}
</main>
</body>
</html>
`;
}

function sectionHtml({ dashboard, rows }: AnsweredDashboard, range: Range): string {
  const silent = rows.flatMap(({ panels }) => panels).filter((each) => !isShown(each));
  return `<section id="${dashboard.uid}" aria-labelledby="${dashboard.uid}-title">
<h2 id="${dashboard.uid}-title">${escaped(shortTitle(dashboard.title))}</h2>
<p>${escaped(dashboard.description)}</p>
${rows.map(({ title, panels }) => rowHtml(title, panels, range)).join('\n')}
${silent.length === 0 ? '' : silentHtml(silent)}
</section>`;
}

function rowHtml(title: string, panels: readonly Answered[], range: Range): string {
  const shown = panels.filter(isShown);
  if (shown.length === 0) return '';
  const states = shown.filter(({ panel }) => panel.kind === 'state');
  const others = shown.filter(({ panel }) => panel.kind !== 'state');
  const cards = states.length === 0 ? '' : `<ul class="states">${states.map(stateHtml).join('')}</ul>`;
  return `<h3 class="row">${escaped(title)}</h3>${cards}
<div class="panels">${others.map((each) => panelHtml(each, range)).join('\n')}</div>`;
}

/** Nothing happened that they would show, or nothing was asked for long enough. A state says itself that it is unknown. */
function silentHtml(silent: readonly Answered[]): string {
  const items = silent.map(
    ({ panel }) => `<li><strong>${escaped(panel.title)}</strong> ${described(panel.description)}</li>`,
  );
  return `<details><summary>Nothing to show in this time: ${silent.length}</summary><ul>${items.join('')}</ul></details>`;
}

function isShown({ panel, found }: Answered): boolean {
  return panel.kind === 'state' || found.length > 0;
}

function shortTitle(title: string): string {
  const text = title.replace('Shoal: ', '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function day(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 10);
}
