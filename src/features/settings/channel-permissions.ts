import { OverwriteType, PermissionFlagsBits, type APIOverwrite, type APIRole } from 'discord-api-types/v10';

/** What a member with these roles may do in a channel with these overwrites (topics/permissions, "Permission Overwrites"). */
export function permissionsInChannel(options: {
  readonly guildId: string;
  readonly userId: string;
  readonly roleIds: readonly string[];
  readonly roles: readonly Pick<APIRole, 'id' | 'permissions'>[];
  readonly overwrites: readonly APIOverwrite[];
}): bigint {
  const { guildId, userId, roleIds, roles, overwrites } = options;
  const held = roles.filter(({ id }) => id === guildId || roleIds.includes(id));
  const base = held.reduce((bits, { permissions }) => bits | BigInt(permissions), 0n);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return base;
  const steps = [
    overwrites.filter(({ id }) => id === guildId),
    overwrites.filter(
      ({ id, type }) => type === OverwriteType.Role && id !== guildId && roleIds.includes(id),
    ),
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === userId),
  ];
  return steps.reduce((bits, step) => (bits & ~union(step, 'deny')) | union(step, 'allow'), base);
}

function union(overwrites: readonly APIOverwrite[], side: 'allow' | 'deny'): bigint {
  return overwrites.reduce((bits, overwrite) => bits | BigInt(overwrite[side]), 0n);
}
