import { parser } from '@prometheus-io/lezer-promql';

/** Each series that an expression reads, as it names it: `up{job="jobs"}`. Throws a `SyntaxError` where it is no PromQL. */
export function selectorsOf(expr: string): readonly string[] {
  const found = new Set<string>();
  parser.parse(expr).iterate({
    enter({ type, name, from, to }) {
      if (type.isError) throw new SyntaxError(`no PromQL at ${expr.slice(from)}: ${expr}`);
      if (name === 'VectorSelector') found.add(expr.slice(from, to));
    },
  });
  return [...found];
}
