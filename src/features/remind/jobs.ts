import { z } from 'zod';
import { remindersSentTotal } from '../../telemetry/reminders.ts';
import { defineJob } from '../job.ts';
import { deliver, type Delivery } from './deliver.ts';
import { fireKind } from './fire-kind.ts';
import { nextTime } from './rules/repeat.ts';
import { claimReminder, endReminder, pruneReminders, scheduleFire, type Reminder } from './store.ts';

/** Sends a reminder that is due, and with that in one transaction ends it or has it wait for its next time. */
export const fire = defineJob({
  kind: fireKind,
  async run(context) {
    const reminder = await claimReminder(context.db, context.payload.reminderId, context.id);
    if (reminder === undefined) return;
    const nextAt = timeAfter(reminder, Date.now());
    const delivery = await deliver(context, reminder, nextAt).catch((error: unknown): Delivery => {
      if (context.attempt <= fireKind.retries) throw error;
      context.log.error({ err: error }, 'a reminder is given up: Discord did not answer');
      return { to: 'nobody', reason: 'unanswered' };
    });
    await context.commit(async (tx) => {
      if (delivery.to === 'nobody') await endReminder(tx, reminder.id, delivery.reason);
      else if (nextAt === undefined) await endReminder(tx, reminder.id);
      else await scheduleFire(tx, reminder.userId, reminder.id, nextAt);
    });
    remindersSentTotal.inc({ to: delivery.to });
    if (delivery.to === 'nobody') context.log.info({ reason: delivery.reason }, 'a reminder reached nobody');
  },
});

/** Of what repeats; times that nobody was up for are left out. */
function timeAfter({ repeat, firstAt, dueAt, timeZone }: Reminder, nowMs: number): Date | undefined {
  if (repeat === null) return undefined;
  const afterMs = Math.max(nowMs, dueAt.getTime());
  return new Date(nextTime(repeat, firstAt.getTime(), afterMs, timeZone));
}

export const prune = defineJob({
  kind: {
    name: 'remind.prune',
    schema: z.object({}),
    concurrency: 1,
    timeLimitMs: 30_000,
    retries: 5,
    retryFirstMs: 60_000,
    retryMaxMs: 600_000,
  },
  everyMs: 86_400_000,
  async run({ db }) {
    await pruneReminders(db);
  },
});
