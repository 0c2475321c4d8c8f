import type { Limits, Panel, Unit } from '../../grafana/source/source.ts';
import { levelOf, type Answered, type Level, type Named } from './answers.ts';
import { chart, dashes } from './chart.ts';
import { described, escaped } from './html.ts';
import type { Range } from './prometheus.ts';
import { valueText } from './value-text.ts';

/** A sign beside the word, so that neither colour nor reading is needed. */
const signs: Readonly<Record<Level, string>> = { good: '✓', warn: '!', bad: '✕' };
const words: Readonly<Record<Level, string>> = { good: '', warn: 'Worth a look', bad: 'Bad' };

/** A panel of which something is known, as a figure. */
export function panelHtml(answered: Answered, range: Range): string {
  const { panel } = answered;
  const level = panel.states === undefined ? levelOf(answered) : 'good';
  const flag = level === 'good' ? '' : `<span class="flag ${level}">${signs[level]} ${words[level]}</span>`;
  return `<figure class="panel">
<figcaption><h3>${escaped(panel.title)}</h3>${flag}<p>${described(panel.description)}${limitText(panel)}</p></figcaption>
${bodies[panel.kind ?? 'graph'](answered, range)}
</figure>`;
}

/** One state of the first row: a part, and how it is. */
export function stateHtml(answered: Answered): string {
  const { panel, found } = answered;
  const known = found.length > 0;
  const level = levelOf(answered);
  const word = known ? panel.states?.[{ good: 0, warn: 1, bad: 2 }[level]] : 'Unknown';
  return `<li class="state ${known ? level : 'unknown'}"><h3>${escaped(panel.title)}</h3>
<strong><span aria-hidden="true">${known ? signs[level] : '?'}</span> ${escaped(word ?? '')}</strong>
<p>${described(panel.description)}</p></li>`;
}

const bodies: Readonly<Record<NonNullable<Panel['kind']>, (answered: Answered, range: Range) => string>> = {
  graph,
  timeline,
  table,
  number: ({ panel, found }, range) => {
    const values = found.map(({ name, now }) => {
      const label = name === 'all' ? '' : `<span>${escaped(name)}</span>`;
      return `<div class="number">${escaped(valueText(now, panel.unit))}${label}</div>`;
    });
    return `<div class="numbers">${values.join('')}</div>${graph({ panel, found }, range)}`;
  },
  state: stateHtml,
};

function graph({ panel, found }: Answered, range: Range): string {
  // As many as there are lines that can be told apart; the largest of them.
  const shown = found.toSorted((a, b) => most(b) - most(a)).slice(0, dashes.length);
  const more = found.length - shown.length;
  const { title, unit, limits, stacked = false } = panel;
  const drawing = chart(shown, { title, unit, limits, stacked, range });
  if (panel.kind === 'number') return drawing;
  const rows = shown.map((named, index) => legendRow(named, index, unit));
  const rest = more > 0 ? `<p>The ${more} smallest are not shown.</p>` : '';
  return `${drawing}
<table class="legend"><thead><tr><th scope="col">Series</th><th scope="col">now</th><th scope="col">most</th></tr></thead><tbody>${rows.join('')}</tbody></table>${rest}`;
}

function legendRow(named: Named, index: number, unit: Unit): string {
  const swatch = `<svg class="swatch" viewBox="0 0 28 6" aria-hidden="true"><path class="line s${index}" stroke-dasharray="${dashes[index]}" d="M0 3L28 3"/></svg>`;
  const cells = [named.now, most(named)].map((value) => `<td>${escaped(valueText(value, unit))}</td>`);
  return `<tr><th scope="row">${swatch}${escaped(named.name)}</th>${cells.join('')}</tr>`;
}

function most({ series: { points } }: Named): number {
  const finite = points.map(([, value]) => value).filter((value) => !Number.isNaN(value));
  return finite.reduce((highest, value) => Math.max(highest, value), -Infinity);
}

/** States over time: a strip for each series, the word for now, and how long it was not well. */
function timeline({ panel, found }: Answered, range: Range): string {
  const rows = found.map((named) => {
    const { points } = named.series;
    const segments = stretches(points, range).map(({ value, from, to }) => {
      const x = ((from - range.start) / (range.end - range.start)) * 100;
      const width = ((to - from) / (range.end - range.start)) * 100;
      // Not well is also higher.
      const [y, height] = value >= 1 ? [0, 10] : [6, 4];
      return `<rect class="${levelOfState(value)}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" y="${y}" height="${height}"/>`;
    });
    const now = levelOfState(named.now);
    const unwell = points.filter(([, value]) => value >= 1).length / points.length;
    const word = panel.states?.[{ good: 0, warn: 1, bad: 2 }[now]] ?? '';
    return `<tr><th scope="row">${escaped(named.name)}</th>
<td class="strip"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${segments.join('')}</svg></td>
${Number.isNaN(named.now) ? '<td>–</td>' : `<td class="${now}-text">${signs[now]} ${escaped(word)}</td>`}<td>${valueText(1 - unwell, 'percentunit')}</td></tr>`;
  });
  return `<table class="timeline"><thead><tr><th scope="col">Which</th><th scope="col">Over time (high: not well)</th><th scope="col">Now</th><th scope="col">Well for</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** Points of one value that follow each other, as one; each lasts a step. */
function stretches(
  points: Named['series']['points'],
  { step }: Range,
): { value: number; from: number; to: number }[] {
  const found: { value: number; from: number; to: number }[] = [];
  for (const [at, value] of points) {
    const last = found.at(-1);
    if (last?.value === value && last.to >= at) last.to = at + step;
    else found.push({ value, from: at, to: at + step });
  }
  return found;
}

function levelOfState(value: number): Level {
  return value >= 2 ? 'bad' : value >= 1 ? 'warn' : 'good';
}

/** A row for each series: its labels, then its value. */
function table({ panel, found }: Answered): string {
  const labels = [...new Set(found.flatMap(({ series }) => Object.keys(series.labels)))];
  const head = [...labels, panel.queries[0]?.legend ?? ''].map(
    (text) => `<th scope="col">${escaped(text)}</th>`,
  );
  const rows = found.map(({ series, now }) => {
    const cells = [...labels.map((label) => series.labels[label] ?? ''), valueText(now, panel.unit)];
    return `<tr>${cells.map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`;
  });
  return `<div class="wide"><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function limitText({ limits, unit }: { readonly limits?: Limits; readonly unit: Unit }): string {
  if (limits === undefined) return '';
  const { warn, bad, low } = limits;
  const side = low === true ? 'below' : 'from';
  const parts = [
    ...(warn === undefined ? [] : [`worth a look ${side} ${valueText(warn, unit)}`]),
    ...(bad === undefined ? [] : [`bad ${side} ${valueText(bad, unit)}`]),
  ].join(', ');
  return ` <em>${escaped(parts.charAt(0).toUpperCase() + parts.slice(1))}.</em>`;
}
