import { parser } from '@prometheus-io/lezer-promql';

/** A duration as long as `$__rate_interval`, so that what is found in the text stands where it stood. */
const sameLength = '000000000000005m';

/**
 * The expression with `job=~"$job", instance=~"$instance"` on every series. Recorded series and alerts stay as they are: they
 * are of all targets.
 */
export function withMatchers(expr: string): string {
  let text = expr;
  for (const { name, start, end } of selectorsOf(expr).toReversed()) {
    if (!isScraped(name)) continue;
    const matchers = 'job=~"$job", instance=~"$instance"';
    const rest = text.slice(start + name.length, end);
    const inside = rest === '' ? `{${matchers}}` : rest.replace('{', `{${matchers}, `);
    text = text.slice(0, start + name.length) + inside + text.slice(end);
  }
  return text;
}

/** The names of the series that an expression reads. */
export function seriesNames(expr: string): string[] {
  return selectorsOf(expr).map(({ name }) => name);
}

/** Whether a series comes from a target, and so has a job and an instance. */
export function isScraped(name: string): boolean {
  return !name.includes(':') && name !== 'ALERTS';
}

function selectorsOf(expr: string): { name: string; start: number; end: number }[] {
  const text = expr.replaceAll('$__rate_interval', sameLength);
  const found: { name: string; start: number; end: number }[] = [];
  parser.parse(text).iterate({
    enter({ name, node }) {
      const identifier = name === 'VectorSelector' && node.getChild('Identifier');
      if (!identifier) return;
      found.push({ name: text.slice(identifier.from, identifier.to), start: node.from, end: node.to });
    },
  });
  return found;
}
