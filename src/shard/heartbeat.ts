import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { BEAT_MS } from '../../config/liveness.ts';
import { sendBeat, type Port } from '../ipc/ipc.ts';
import { onLogLine } from '../telemetry/log.ts';

/** Of each line, and of each beat, so much goes to the manager: a killed process leaves them as its last words. */
const lineLength = 300;
const linesPerBeat = 5;

/** The monitor's own timer: what it measures includes it. */
const resolutionMs = 10;

/**
 * Tells the manager every second that the event loop runs, from the start of the process to its end; and whether the gateway is
 * deaf, from when `watch` says how to find out.
 */
export function startHeartbeat(manager: Port): { watch(deaf: () => boolean): void } {
  let deaf: (() => boolean) | undefined;
  const loop = monitorEventLoopDelay({ resolution: resolutionMs });
  loop.enable();
  const lines = newestLines();
  const beat = () => {
    sendBeat(manager, {
      loopP99Ms: Math.max(Math.round(loop.percentile(99) / 1e6) - resolutionMs, 0),
      rssBytes: process.memoryUsage.rss(),
      heapUsedBytes: process.memoryUsage().heapUsed,
      heapLimitBytes: getHeapStatistics().heap_size_limit,
      deaf: deaf?.() ?? false,
      lines: lines(),
    });
    loop.reset();
  };
  beat();
  setInterval(beat, BEAT_MS).unref();
  return { watch: (ask) => (deaf = ask) };
}

/** The newest lines that were logged since the call before. */
function newestLines(): () => readonly string[] {
  let lines: string[] = [];
  onLogLine((line) => {
    lines.push(line.trimEnd().slice(0, lineLength));
    if (lines.length > linesPerBeat) lines.shift();
  });
  return () => {
    const newest = lines;
    lines = [];
    return newest;
  };
}
