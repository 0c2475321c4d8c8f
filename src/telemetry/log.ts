import { levels, pino, type Logger as PinoLogger, type LogFn } from 'pino';
import { PinoPretty } from 'pino-pretty';
import { createScrubber } from '../lib/scrub.ts';
import { loggedError } from './logged-error.ts';
import { Repeats } from './repeats.ts';

export type Logger = PinoLogger;
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A logger's threshold. Its children share it, which pino's own level does not: each child copies that when it is made. */
interface Threshold {
  value: number;
}
const thresholds = new WeakMap<Logger, Threshold>();

/** Of what was logged, for who wants to hear it: finished, clean lines. */
type Listener = (line: string) => void;
const listeners = new Set<Listener>();

/**
 * The process's logger: JSON lines on standard output, or readable lines where `pretty` is set (a terminal).
 * Every line passes a scrubber that removes `secrets` and whatever looks like a credential. Warnings and errors that repeat are sampled
 * (`Repeats`); information never is: there is one line for each interaction.
 */
export function createLogger(options: {
  readonly process: string;
  readonly level: LogLevel;
  readonly pretty: boolean;
  readonly secrets: readonly string[];
}): Logger {
  const scrub = createScrubber(options.secrets);
  const threshold = { value: severity(options.level) };
  const repeats = new Repeats();
  process.once('exit', () => repeats.flush());
  const settings = {
    level: 'trace',
    base: { process: options.process, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: loggedError },
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: {
      streamWrite(line: string) {
        const clean = scrub(line);
        for (const listener of listeners) listener(clean);
        return clean;
      },
      logMethod(this: Logger, args: Parameters<LogFn>, write: LogFn, level: number) {
        if (level < threshold.value) return;
        if (level < severity('warn')) write.apply(this, args);
        else
          repeats.tell(repeatKey(this, args), (leftOut) => {
            write.apply(this, leftOut === 0 ? args : withCount(args, leftOut));
          });
      },
    },
  };
  const log = pino(
    settings,
    options.pretty
      ? PinoPretty({ colorize: true, ignore: 'pid', sync: true, translateTime: 'SYS:HH:MM:ss.l' })
      : pino.destination({ dest: 1, sync: true }),
  );
  thresholds.set(log, threshold);
  return log;
}

/** Changes the level of a logger that `createLogger` made, and of all its children. */
export function changeLogLevel(log: Logger, level: LogLevel): void {
  const threshold = thresholds.get(log);
  if (threshold === undefined) throw new TypeError('only a logger of createLogger can change its level');
  threshold.value = severity(level);
}

/** `listener` hears every line that this process logs, after the scrubber. */
export function onLogLine(listener: Listener): void {
  listeners.add(listener);
}

/**
 * What makes two lines the same. Sentences are constants, what differs stands in the object before them: of that a command, a query and an
 * error each have a cause of their own, which a storm of another one must not hide.
 */
function repeatKey(log: Logger, [first, second]: Parameters<LogFn>): string {
  if (typeof first === 'string') return first;
  const { err, query } = first as { readonly err?: unknown; readonly query?: unknown };
  const { command } = log.bindings();
  const error = err instanceof Error ? [err.name, (err as { readonly code?: unknown }).code] : [];
  return [second, command, query, ...error].join(' ');
}

function withCount(args: Parameters<LogFn>, leftOut: number): Parameters<LogFn> {
  const [first, ...rest] = args as unknown as readonly unknown[];
  if (typeof first === 'string') return [{ leftOut }, first, ...rest] as unknown as Parameters<LogFn>;
  return [{ ...(first as object), leftOut }, ...rest] as unknown as Parameters<LogFn>;
}

function severity(level: LogLevel): number {
  return level === 'silent' ? Infinity : (levels.values[level] ?? Infinity);
}
