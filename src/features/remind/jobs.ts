import { isFamilyOn } from '../../settings/family-on.ts';
import { remindersSentTotal } from '../../telemetry/reminders.ts';
import { defineJob } from '../job.ts';
import { definePruneJob } from '../prune-job.ts';
import { deliver, type Delivery } from './deliver.ts';
import { fireKind } from './fire-kind.ts';
import { nextTime } from './rules/repeat.ts';
import { claimReminder, endReminder, pruneReminders, scheduleFire, type Reminder } from './store.ts';

/** One that repeats is given up when it has reached nobody this many times in a row. */
const failuresMax = 5;

/** Sends a reminder that is due, and with that in one transaction ends it or has it wait for its next time. */
export const fire = defineJob({
  kind: fireKind,
  async run(context) {
    const reminder = await claimReminder(context.db, context.payload.reminderId, context.id);
    if (reminder === undefined) return;
    const nextAt = timeAfter(reminder, Date.now());
    const { guildId } = reminder;
    const isOff = guildId !== null && !(await isFamilyOn(context.db, guildId, 'remind'));
    const delivery = await deliver(context, reminder, { nextAt, isOff }).catch((error: unknown): Delivery => {
      if (context.attempt <= fireKind.retries) throw error;
      context.log.error({ err: error }, 'a reminder is given up: Discord did not answer');
      return { to: 'nobody', reason: 'unanswered' };
    });
    const failures = delivery.to === 'nobody' ? (context.payload.failures ?? 0) + 1 : 0;
    await context.commit(async (tx) => {
      if (nextAt === undefined || isOver(delivery, failures))
        await endReminder(tx, reminder.id, delivery.to === 'nobody' ? delivery.reason : undefined);
      else await scheduleFire(tx, reminder.userId, reminder.id, nextAt, { failures });
    });
    remindersSentTotal.inc({ to: delivery.to });
    if (delivery.to === 'nobody') context.log.info({ reason: delivery.reason }, 'a reminder reached nobody');
  },
});

/** Of what repeats. */
function isOver(delivery: Delivery, failures: number): boolean {
  return delivery.to === 'nobody' && (delivery.reason === 'channelGone' || failures >= failuresMax);
}

/** Of what repeats; times that nobody was up for are left out. */
function timeAfter({ repeat, firstAt, dueAt, timeZone }: Reminder, nowMs: number): Date | undefined {
  if (repeat === null) return undefined;
  const afterMs = Math.max(nowMs, dueAt.getTime());
  return new Date(nextTime(repeat, firstAt.getTime(), afterMs, timeZone));
}

export const prune = definePruneJob('remind.prune', pruneReminders);
