/** Series and values of a Prometheus text, of the families of these kinds; a series as it is written, with its labels. */
export function samplesOf(
  text: string,
  kinds: readonly ('counter' | 'gauge' | 'histogram')[],
): Map<string, number> {
  const samples = new Map<string, number>();
  let wanted = false;
  for (const line of text.trimEnd().split('\n')) {
    if (line.startsWith('# TYPE ')) wanted = kinds.some((kind) => line.endsWith(` ${kind}`));
    else if (wanted && !line.startsWith('#'))
      samples.set(line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1)));
  }
  return samples;
}
