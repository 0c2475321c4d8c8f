import { z } from 'zod';

/** A command's or family's name, as its definition has it. */
const name = z.string().regex(/^[a-z][\w-]{0,31}$/);
const roleId = z.string().regex(/^[1-9]\d{14,18}$/);

export const cooldownMaxSec = 86_400;
/** Also what one select menu offers to choose. */
export const rolesMax = 25;
/** Discord registers 100 commands of an application; with `rolesMax` it keeps a guild's rules below 64 KiB. */
const entriesMax = 100;

/** What is said of one command. A key that is left out changes nothing: it is enabled, has no further cooldown, and is for everybody. */
export const commandRuleShape = {
  enabled: z.boolean().optional(),
  /** Between two uses by one member, in seconds, beside the command's own limits. */
  cooldownSec: z.int().min(1).max(cooldownMaxSec).optional(),
  /** Members need one of these roles. */
  roleIds: z.array(roleId).max(rolesMax).optional(),
} as const;

/** By name. What says no more than the default may be left out. */
export function rulesShape<Rule extends z.ZodType>(commandRule: Rule) {
  return {
    commands: z.record(name, commandRule).refine(fewEnough, `has more than ${entriesMax} entries`),
    /** `false`: switched off. */
    families: z.record(name, z.boolean()).refine(fewEnough, `has more than ${entriesMax} entries`),
  } as const;
}

/** As it is stored: what a later release has added is kept when this one writes. */
export const guildRules = z.looseObject(rulesShape(z.looseObject(commandRuleShape)));

export type GuildRules = z.infer<typeof guildRules>;
export type CommandRule = GuildRules['commands'][string];

export const noRules: GuildRules = { commands: {}, families: {} };

/** `rules` with `change` made to what they say of `command`; what is as without a rule is not kept. */
export function withCommandRule(rules: GuildRules, command: string, change: CommandRule): GuildRules {
  const { [command]: old, ...others } = rules.commands;
  const { enabled, cooldownSec, roleIds, ...more } = { ...old, ...change };
  const rule: CommandRule = {
    ...more,
    ...(enabled === false && { enabled }),
    ...(cooldownSec !== undefined && { cooldownSec }),
    ...(roleIds !== undefined && roleIds.length > 0 && { roleIds }),
  };
  return { ...rules, commands: Object.keys(rule).length === 0 ? others : { ...others, [command]: rule } };
}

export function withFamily(rules: GuildRules, family: string, on: boolean): GuildRules {
  const { [family]: _old, ...others } = rules.families;
  return { ...rules, families: on ? others : { ...others, [family]: false } };
}

function fewEnough(record: object): boolean {
  return Object.keys(record).length <= entriesMax;
}
