import { createLogger, onLogLine, type Logger } from '../../src/telemetry/log.ts';

type Line = Readonly<Record<string, unknown>>;

/** A real logger, and every line that this process logged since. */
export function recordingLog(): { readonly log: Logger; readonly lines: () => readonly Line[] } {
  const lines: Line[] = [];
  onLogLine((line) => lines.push(JSON.parse(line) as Line));
  const log = createLogger({ process: 'test', level: 'info', pretty: false, secrets: [] });
  return { log, lines: () => lines };
}
