import assert from 'node:assert/strict';
import { loadavg } from 'node:os';
import type { Report } from '../../src/sandbox/client.ts';
import type { Outcome } from './stage.ts';

type Lost = Report['lost'][number];

/** One line: what a scenario measured, and how busy the machine was. */
export function say(scene: string, figures: Readonly<Record<string, string | number>>): void {
  const told = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`);
  process.stdout.write(`${scene}: ${told.join(', ')}, load average ${(loadavg()[0] ?? 0).toFixed(1)}\n`);
}

/** What every scenario under load tells. */
export function figuresOf({ report, perSecond, calmMs }: Outcome): Record<string, string | number> {
  const { counts, lost, doubleAnswers, doubleOwners, identifies, resumes, firstAnswerMs } = report;
  return {
    sent: `${counts.interactions} (${Math.round(perSecond)}/s)`,
    lost: lost.length === 0 ? 0 : `${lost.length} (${reasonsOf(lost)})`,
    doubled: doubleAnswers.length,
    'double owners': doubleOwners.length,
    identifies,
    resumes,
    'refused identifies': report.identifyViolations.length,
    slowest: `${Math.round(firstAnswerMs?.max ?? Number.NaN)} ms`,
    'slowest before': `${Math.round(calmMs)} ms`,
    gaps: `${gapsMs(report).join(' ')} ms`,
  };
}

/** `12 away, 3 unanswered`; see `why` in the sandbox's report. */
function reasonsOf(lost: readonly Lost[]): string {
  const reasons = Map.groupBy(lost, ({ why }) => why);
  return [...reasons].map(([why, those]) => `${those.length} ${why}`).join(', ');
}

/** The longest time without a connected session, of each shard. */
export function gapsMs({ absences }: Report): number[] {
  return absences
    .toSorted((one, other) => one.shardId - other.shardId)
    .map(({ longestMs }) => Math.round(longestMs));
}

/**
 * Those that were younger than 3 s when their shard was connected (again). `slackMs`: what a busy machine needs from there to the
 * answers; those that had less left are not counted.
 */
export function answerable(lost: readonly Lost[], slackMs = 0): Lost[] {
  return lost.filter(({ backAfterMs }) => backAfterMs !== null && backAfterMs < 3_000 - slackMs);
}

/** Fails with what was lost, and why. */
export function assertNoneLost(lost: readonly Lost[]): void {
  if (lost.length === 0) return;
  const shown = lost.length <= 10 ? lost : [...lost.slice(0, 5), ...lost.slice(-5)];
  const lines = shown.map((each) => JSON.stringify(each));
  assert.fail(`${lost.length} were lost, the first and last of them:\n${lines.join('\n')}`);
}

/** None was answered twice, no shard had two owners, and no IDENTIFY came too early. */
export function assertOneOwner({ doubleAnswers, doubleOwners, identifyViolations, complete }: Report): void {
  assert.ok(complete, 'the sandbox has forgotten a part of it');
  assert.deepEqual(doubleAnswers, []);
  assert.deepEqual(doubleOwners, []);
  assert.deepEqual(identifyViolations, []);
}
