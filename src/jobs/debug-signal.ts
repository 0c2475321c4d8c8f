import { changeLogLevel, type Logger, type LogLevel } from '../telemetry/log.ts';

/** From now on each SIGUSR2 turns `debug` on, or back to `level`: a jobs process has no admin socket. */
export function debugOnSignal(log: Logger, level: LogLevel): void {
  let now = level;
  process.on('SIGUSR2', () => {
    now = now === 'debug' ? level : 'debug';
    changeLogLevel(log, now);
    log.warn({ to: now }, 'log level changed');
  });
}
