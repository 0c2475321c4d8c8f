/** An expression that Prometheus takes: rates over `rateInterval` (a duration of PromQL), and anything for every variable. */
export function concrete(expr: string, rateInterval: string): string {
  return expr
    .replaceAll('$__rate_interval', rateInterval)
    .replaceAll(/\$(?:job|instance)\b/g, '.+')
    .replaceAll(/\$\w+/g, '.*');
}
