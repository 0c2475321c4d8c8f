import { isRecord } from './frames.ts';

/**
 * THREAD_MEMBERS_UPDATE as a session without the Guild Members intent gets it: only where the bot itself came or went, and
 * of that alone (events/gateway.mdx, List of Intents). `undefined` where it is about others.
 */
export function ownThreadMembership(data: unknown, botId: string): object | undefined {
  if (!isRecord(data)) return undefined;
  const { added_members, removed_member_ids, ...rest } = data;
  const added = listOf(added_members).filter((member) => isRecord(member) && member['user_id'] === botId);
  const removed = listOf(removed_member_ids).filter((id) => id === botId);
  if (added.length + removed.length === 0) return undefined;
  return {
    ...rest,
    ...(added.length > 0 && { added_members: added }),
    ...(removed.length > 0 && { removed_member_ids: removed }),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
