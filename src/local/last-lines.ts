/** The last non-empty lines of a log, joined to one line so that they fit into an error message. */
export function lastLines(text: string, count = 4): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.slice(-count).join(' | ') || 'it printed nothing';
}
