import { pino, type Logger as PinoLogger } from 'pino';
import { PinoPretty } from 'pino-pretty';
import { createScrubber } from '../lib/scrub.ts';

export type Logger = PinoLogger;
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/**
 * The process's logger: JSON lines on standard output, or readable lines where `pretty` is set (a terminal).
 * Every line passes a scrubber that removes `secrets` and whatever looks like a credential.
 */
export function createLogger(options: {
  readonly process: string;
  readonly level: LogLevel;
  readonly pretty: boolean;
  readonly secrets: readonly string[];
}): Logger {
  const scrub = createScrubber(options.secrets);
  const settings = {
    level: options.level,
    base: { process: options.process, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: scrub },
  };
  if (options.pretty) {
    return pino(
      settings,
      PinoPretty({ colorize: true, ignore: 'pid', sync: true, translateTime: 'SYS:HH:MM:ss.l' }),
    );
  }
  return pino(settings, pino.destination({ dest: 1, sync: true }));
}
