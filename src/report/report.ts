import { writeFile } from 'node:fs/promises';
import { dashboards } from '../../grafana/source/source.ts';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { readFlags } from '../lib/flags.ts';
import { answered } from './answers.ts';
import { page } from './page.ts';
import { Prometheus, type Range } from './prometheus.ts';

/** What a panel of the page can show, a point for two pixels. */
const points = 180;

const help = `usage: npm run report -- [--prometheus URL] [--out FILE] [--hours HOURS]

Writes what the Grafana dashboards show as one HTML page, for who has no Grafana.
  --prometheus URL   default http://127.0.0.1:9090
  --out FILE         default report.html
  --hours HOURS      up to now, from 0.05 to 720; default 1

Exit codes: 0 written, 64 wrong usage, 65 Prometheus refuses a query, 69 no Prometheus answers, or the file cannot be written.`;

/** `npm run report`: asks what the dashboards ask and writes the page. Throws a `Failure`. */
export async function runReport(argv: readonly string[], print: (line: string) => void): Promise<void> {
  const flags = readFlags(argv, {
    prometheus: { type: 'string', default: 'http://127.0.0.1:9090' },
    out: { type: 'string', default: 'report.html' },
    hours: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  });
  if (flags.help) return print(help);
  const prometheus = new Prometheus(address(flags.prometheus));
  const text = await report(prometheus, rangeOf(hours(flags.hours)));
  await writeFile(flags.out, text).catch((error: unknown) => {
    throw new Failure(`cannot write ${flags.out}: ${errorText(error)}; --out names another file`);
  });
  print(flags.out);
}

async function report(prometheus: Prometheus, range: Range): Promise<string> {
  // As Grafana reckons $__rate_interval: four scrapes, or a step where that is longer.
  const rateInterval = `${Math.ceil(Math.max(4 * (await prometheus.scrapeInterval()), range.step))}s`;
  const sections = [];
  for (const dashboard of dashboards) {
    const rows = dashboard.rows.map(async ({ title, panels }) => ({
      title,
      panels: await Promise.all(panels.map((panel) => answered(panel, prometheus, range, rateInterval))),
    }));
    sections.push({ dashboard, rows: await Promise.all(rows) });
  }
  return page(sections, range, prometheus.url.origin);
}

function rangeOf(forHours: number): Range {
  const end = Math.floor(Date.now() / 1000);
  const step = Math.max(1, Math.ceil((forHours * 3_600) / points));
  return { start: end - step * Math.floor((forHours * 3_600) / step), end, step };
}

function address(text: string): URL {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new Failure(`--prometheus must be an http address, not ${JSON.stringify(text)}`, exitCodes.usage);
}

function hours(text: string): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0.05 && value <= 720) return value;
  throw new Failure(`--hours must be from 0.05 to 720, not ${JSON.stringify(text)}`, exitCodes.usage);
}
