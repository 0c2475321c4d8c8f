/** What a process logged, from all that it printed: its whole lines of JSON. */
export function loggedLines(printed: string): Record<string, unknown>[] {
  return printed
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
