import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '../../src/local/run-command.ts';
import { changesOf, durationSeconds } from './changed-expression.ts';
import { programPath } from './programs.ts';
import { readTests, rules, type Case, type Rule, type TestFile } from './rule-files.ts';

/** The rules of one name, with one of them changed or all as they are. They get a name of their own, so that one file tries many. */
interface Trial {
  readonly id: string;
  /** Undefined where nothing is changed. */
  readonly what?: string;
  readonly rules: readonly Rule[];
}

type Tried = { readonly name: string; readonly trials: readonly Trial[] };

/**
 * The changes of the rules with these names (alerts, or recorded series) that promtool's cases for them do not notice, and what is wrong
 * with the cases themselves.
 */
export async function survivors(names: readonly string[]): Promise<readonly string[]> {
  const tried = names.map((name) => ({ name, trials: trialsOf(name) }));
  const failed = await failing(tried);
  return tried.flatMap(({ name, trials }) =>
    trials
      .filter(({ id, what }) => (what === undefined) === failed.has(id))
      .map(({ what }) => `${name}: ${what ?? 'its cases fail as it is'}`),
  );
}

function trialsOf(name: string): Trial[] {
  const own = rules.filter((rule) => nameOf(rule) === name);
  const changed = own.flatMap((rule) =>
    mutantsOf(rule).map(({ what, mutant }) => ({
      what,
      rules: own.map((other) => (other === rule ? mutant : other)),
    })),
  );
  return [{ rules: own }, ...changed].map((trial, index) => ({ ...trial, id: `${name}__${index}` }));
}

function nameOf({ alert, record }: Rule): string {
  return alert ?? record ?? '';
}

/** What its expression reads and compares, and the duration of an alert, each changed. */
function mutantsOf(rule: Rule): { readonly what: string; readonly mutant: Rule }[] {
  const expressions = changesOf(rule.expr).map(({ what, expr }) => ({ what, mutant: { ...rule, expr } }));
  const durations = (rule.alert === undefined ? [] : otherDurations(rule.for)).map((text) => ({
    what: `for: ${rule.for ?? '0s'} → ${text}`,
    mutant: { ...rule, for: text },
  }));
  return [...expressions, ...durations];
}

function otherDurations(text: string | undefined): string[] {
  if (text === undefined) return ['5m'];
  const seconds = durationSeconds(text);
  return [`${seconds / 2}s`, `${seconds * 1.5}s`];
}

/** The ids of the trials whose cases fail. */
async function failing(tried: readonly Tried[]): Promise<ReadonlySet<string>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shoal-mutants-'));
  try {
    const tests = readTests();
    const files = await Promise.all(tried.map((each, index) => writeTrials(folder, index, each, tests)));
    const args = ['test', 'rules', ...files.flat()];
    const { output } = await runCommand(programPath('promtool'), args, { environment: process.env });
    // It stops a case there, and what it says of the others is worth nothing.
    assert.doesNotMatch(output, /\berr: /);
    return new Set(output.match(/[\w:]+__\d+/g));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeTrials(
  folder: string,
  index: number,
  { name, trials }: Tried,
  tests: readonly TestFile[],
): Promise<string[]> {
  const renamed = trials.flatMap(({ id, rules: own }) => own.map((rule) => withName(rule, id)));
  const groups = [{ name: 'mutants', rules: renamed }];
  await writeFile(path.join(folder, `${index}-rules.yml`), JSON.stringify({ groups }));
  const written: string[] = [];
  for (const [n, file] of tests.entries()) {
    const own = file.tests.flatMap((test) => casesFor(test, name, trials));
    if (own.length === 0) continue;
    const target = path.join(folder, `${index}-${n}.yml`);
    await writeFile(target, JSON.stringify({ ...file, rule_files: [`${index}-rules.yml`], tests: own }));
    written.push(target);
  }
  return written;
}

function withName(rule: Rule, id: string): Rule {
  return rule.alert === undefined ? { ...rule, record: id } : { ...rule, alert: id };
}

/**
 * The case with its checks of that name alone, once for each trial, and with what the rules read. Of a recorded series the checks are
 * expressions that begin with it, or round it.
 */
function casesFor(test: Case, name: string, trials: readonly Trial[]): Case[] {
  const { alert_rule_test: alerts = [], promql_expr_test: exprs = [], input_series: series = [] } = test;
  const own = alerts.filter(({ alertname }) => alertname === name);
  const recorded = exprs.filter(({ expr }) => wordOf(expr.replace('round(', '')) === name);
  if (own.length + recorded.length === 0) return [];
  const expressions = trials.flatMap((trial) => trial.rules.map(({ expr }) => expr));
  return [
    {
      ...test,
      input_series: series.filter((each) => expressions.some((expr) => expr.includes(wordOf(each.series)))),
      alert_rule_test: trials.flatMap(({ id }) => own.map((check) => ({ ...check, alertname: id }))),
      promql_expr_test: trials.flatMap(({ id }) =>
        recorded.map((check) => ({ ...check, expr: check.expr.replace(name, id) })),
      ),
    },
  ];
}

/** The name that the text begins with. */
function wordOf(text: string): string {
  return /^[\w:]*/.exec(text)?.[0] ?? '';
}
