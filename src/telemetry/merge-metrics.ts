interface Family {
  readonly head: string;
  readonly isGauge: boolean;
  readonly values: Map<string, number>;
}

/** What one process said of itself: Prometheus text. */
export interface MetricsPart {
  readonly text: string;
  /** Whether it also stands for how things are now; otherwise for what was counted alone. */
  readonly gauges: boolean;
}

/**
 * One Prometheus text of several: families in one piece each, counters and histograms of the same series added up. Lines that are none
 * (of a broken process, or another release) are left out.
 */
export function mergeMetrics(parts: readonly MetricsPart[]): string {
  const families = new Map<string, Family>();
  for (const { text, gauges } of parts) add(families, text, gauges);
  let merged = '';
  for (const { head, values } of families.values()) {
    if (values.size === 0) continue;
    merged += head;
    for (const [series, value] of values) merged += `${series} ${value}\n`;
  }
  return merged;
}

/**
 * One Prometheus text of several that have no series in common. It looks at whole families alone, which is cheap. The first text's words
 * about a family stand for all: two releases may serve side by side, and Prometheus refuses a family that comes twice.
 */
export function joinMetrics(texts: readonly string[]): string {
  const families = new Map<string, string>();
  for (const text of texts)
    for (const family of text.split(/^(?=# HELP )/m)) {
      const [head, name = ''] = /^# HELP .*\n# TYPE (\S+) .*\n/.exec(family) ?? [];
      if (head === undefined) continue;
      const before = families.get(name);
      families.set(name, before === undefined ? family : before + family.slice(head.length));
    }
  return [...families.values()].join('');
}

function add(families: Map<string, Family>, text: string, gauges: boolean): void {
  let help = '';
  let family: Family | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith('# HELP ')) help = line;
    else if (line.startsWith('# TYPE ')) family = familyOf(families, help, line);
    else if (family !== undefined && (gauges || !family.isGauge)) addSample(family, line);
  }
}

function familyOf(families: Map<string, Family>, help: string, type: string): Family {
  const [name = '', kind] = type.slice('# TYPE '.length).split(' ');
  let family = families.get(name);
  if (family === undefined) {
    family = { head: `${help}\n${type}\n`, isGauge: kind === 'gauge', values: new Map() };
    families.set(name, family);
  }
  return family;
}

function addSample({ isGauge, values }: Family, line: string): void {
  const space = line.lastIndexOf(' ');
  const value = Number(line.slice(space + 1));
  if (space < 1 || Number.isNaN(value)) return;
  const series = line.slice(0, space);
  values.set(series, isGauge ? value : (values.get(series) ?? 0) + value);
}
