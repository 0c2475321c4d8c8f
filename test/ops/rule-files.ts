import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../helpers/processes.ts';

/** A rule as Prometheus reads it: an alert, or a recorded series. */
export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
export type Alert = Rule & { readonly alert: string };

/** A case as promtool reads it. */
export interface Case {
  readonly name: string;
  readonly interval: string;
  readonly input_series?: readonly { readonly series: string }[];
  readonly alert_rule_test?: readonly Check[];
  readonly promql_expr_test?: readonly { readonly expr: string }[];
}
interface Check {
  readonly eval_time: string;
  readonly alertname: string;
  readonly exp_alerts: readonly { readonly exp_labels: Readonly<Record<string, string>> }[];
}
export interface TestFile {
  readonly evaluation_interval: string;
  readonly tests: readonly Case[];
}

export const prometheusFolder = path.join(root, 'prometheus');
export const testFiles: readonly string[] = filesOf('tests');
export const ruleFiles: readonly string[] = filesOf('rules');

export const rules: readonly Rule[] = ruleFiles.flatMap((file) => {
  const { groups } = read(file) as { groups: readonly { rules: readonly Rule[] }[] };
  return groups.flatMap((group) => group.rules);
});
export const alerts: readonly Alert[] = rules.filter((rule) => rule.alert !== undefined) as Alert[];
export const alertNames: readonly string[] = [...new Set(alerts.map(({ alert }) => alert))];
export const recordNames: readonly string[] = rules.flatMap(({ record }) => record ?? []);

export function readTests(): readonly TestFile[] {
  return testFiles.map((file) => read(file) as TestFile);
}

function filesOf(folder: string): string[] {
  const inside = path.join(prometheusFolder, folder);
  return readdirSync(inside).map((name) => path.join(inside, name));
}

function read(file: string): unknown {
  return parse(readFileSync(file, 'utf8'));
}
