import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { runCommand } from '../../src/local/run-command.ts';
import { programPath } from './programs.ts';
import { alerts, readTests, type Alert, type Case } from './rule-files.ts';

interface Mutant {
  readonly what: string;
  readonly rule: Alert;
}

/** The changes of the rules called `name` that promtool's cases for it do not notice, and what is wrong with the cases themselves. */
export async function survivors(name: string): Promise<readonly string[]> {
  const own = alerts.filter(({ alert }) => alert === name);
  const mutants = own.flatMap((rule) => mutantsOf(rule).map((mutant) => ({ ...mutant, instead: rule })));
  const variants = mutants.map(({ rule, instead }) => own.map((other) => (other === instead ? rule : other)));
  const [sound = false, ...passed] = await passing(name, [own, ...variants]);
  if (!sound) return [`${name}: its cases fail as it is`];
  return mutants.filter((_, index) => passed[index]).map(({ what }) => `${name}: ${what}`);
}

/** Thresholds and durations, each loosened and tightened. */
function mutantsOf(rule: Alert): Mutant[] {
  const thresholds = [...rule.expr.matchAll(/(?<sign>[<>]|==) (?<value>\d[\d.e]*)/g)].flatMap((match) => {
    const { sign = '', value = '' } = match.groups ?? {};
    return otherThresholds(sign, Number(value)).map((text) => ({
      what: `${match[0]} → ${text}`,
      rule: {
        ...rule,
        expr: rule.expr.slice(0, match.index) + text + rule.expr.slice(match.index + match[0].length),
      },
    }));
  });
  const durations = otherDurations(rule.for).map((text) => ({
    what: `for: ${rule.for ?? '0s'} → ${text}`,
    rule: { ...rule, for: text },
  }));
  return [...thresholds, ...durations];
}

function otherThresholds(sign: string, value: number): string[] {
  if (sign === '==') return [`== ${value + 1}`, `!= ${value}`];
  if (value === 0) return sign === '>' ? ['> 1e15', '>= 0'] : ['< -1e15', '< 1e15'];
  return [`${sign} ${value * 1.25}`, `${sign} ${value * 0.8}`];
}

function otherDurations(text: string | undefined): string[] {
  if (text === undefined) return ['5m'];
  const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * ({ s: 1, m: 60, h: 3_600, d: 86_400 }[unit] ?? Number.NaN);
  return [`${seconds / 2}s`, `${seconds * 1.5}s`];
}

/** Of each set of rules, whether the cases for the alert pass. */
async function passing(name: string, sets: readonly (readonly Alert[])[]): Promise<boolean[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shoal-mutants-'));
  try {
    const files = await Promise.all(sets.map((rules, index) => writeSet(folder, index, name, rules)));
    const args = ['test', 'rules', ...files.flat()];
    const { output } = await runCommand(programPath('promtool'), args, { environment: process.env });
    // Of each file: `Unit Testing:  FILE`, then SUCCESS or FAILED.
    const failed = new Set(
      output
        .split('Unit Testing:')
        .filter((part) => !part.includes('SUCCESS'))
        .map((part) => part.trim().split('\n')[0]?.trim()),
    );
    return files.map((ofSet) => ofSet.every((file) => !failed.has(file)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeSet(
  folder: string,
  index: number,
  name: string,
  rules: readonly Alert[],
): Promise<string[]> {
  await writeFile(
    path.join(folder, `${index}-rules.yml`),
    stringify({ groups: [{ name: 'mutants', rules }] }),
  );
  const written: string[] = [];
  for (const [n, file] of readTests().entries()) {
    const tests = file.tests.filter((test) => isAbout(test, name));
    if (tests.length === 0) continue;
    const target = path.join(folder, `${index}-${n}.yml`);
    await writeFile(target, stringify({ ...file, rule_files: [`${index}-rules.yml`], tests }));
    written.push(target);
  }
  return written;
}

function isAbout({ alert_rule_test: checks = [] }: Case, name: string): boolean {
  return checks.some(({ alertname }) => alertname === name);
}
