import { parse, stringify } from 'yaml';

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

interface RuleGroups {
  readonly groups: readonly { readonly rules: readonly { readonly expr: string; readonly for?: string }[] }[];
}

interface Pace {
  /** All durations are divided by it. */
  readonly factor: number;
  /** No range becomes shorter, in ms: a rate needs some scrapes. */
  readonly shortestMs: number;
}

/**
 * A duration of PromQL (`5m`, `1h30m`), divided, in ms. Throws for anything else.
 * https://prometheus.io/docs/prometheus/latest/querying/basics/#time-durations
 */
export function scaleDuration(text: string, factor: number, shortestMs = 1): string {
  if (!/^(?:\d+(?:ms|[smhdwy]))+$/.test(text)) throw new TypeError(`${text} is no duration`);
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  const ms = parts.reduce((sum, [, count = '', unit = '']) => sum + Number(count) * (unitMs[unit] ?? 0), 0);
  return `${Math.max(Math.round(ms / factor), shortestMs)}ms`;
}

/** Ranges and offsets of an expression; what is compared with a threshold stays as it is. */
export function scaleExpression(expr: string, { factor, shortestMs }: Pace): string {
  return expr.replaceAll(
    /(?<before>\[|\boffset )(?<duration>\d\w*)/g,
    (_, before: string, duration: string) => before + scaleDuration(duration, factor, shortestMs),
  );
}

/** A file of rules with every `for`, range and offset divided. */
export function scaleRules(yaml: string, pace: Pace): string {
  const { groups } = parse(yaml) as RuleGroups;
  const scaled = groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ({
      ...rule,
      expr: scaleExpression(rule.expr, pace),
      ...(rule.for && { for: scaleDuration(rule.for, pace.factor) }),
    })),
  }));
  return stringify({ groups: scaled });
}

/** Alertmanager's configuration with its waits divided. */
export function scaleRoutes(yaml: string, factor: number): string {
  return yaml.replaceAll(
    /\b(group_wait|group_interval|repeat_interval): (\d\w*)/g,
    (_, name: string, duration: string) => `${name}: ${scaleDuration(duration, factor, 0)}`,
  );
}
