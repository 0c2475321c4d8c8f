/** The metrics of a process as prom-client sends them between processes. */
export function textAsData(text: string): object[] {
  const families: { name: string; help: string; type: string; aggregator: string; values: object[] }[] = [];
  for (const line of text.trimEnd().split('\n')) {
    const [, , name = '', type = ''] = line.split(' ');
    if (line.startsWith('# TYPE')) families.push({ name, help: name, type, aggregator: 'sum', values: [] });
    else if (!line.startsWith('#')) families.at(-1)?.values.push(sampleOf(line));
  }
  return families;
}

function sampleOf(line: string): object {
  const [metricName, labels = ''] = line.slice(0, line.lastIndexOf(' ')).split('{');
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value]);
  return {
    metricName,
    labels: Object.fromEntries(pairs) as object,
    value: Number(line.slice(line.lastIndexOf(' ') + 1)),
  };
}
