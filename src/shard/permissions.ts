import { PermissionFlagsBits } from 'discord-api-types/v10';

/**
 * The permissions of `needed` that a member with `held` (a decimal bit set, as in the payload) lacks, as Discord's client
 * calls them; empty when nothing is missing. Administrators have them all.
 */
export function lackingPermissions(needed: bigint, held: string): string {
  const bits = BigInt(held);
  if ((bits & PermissionFlagsBits.Administrator) !== 0n) return '';
  const lacking = needed & ~bits;
  return Object.entries(PermissionFlagsBits)
    .filter(([, bit]) => (lacking & bit) !== 0n)
    .map(([name]) => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replace('Guild', 'Server'))
    .join(', ');
}
