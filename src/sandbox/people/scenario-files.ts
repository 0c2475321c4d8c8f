import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, isMap, isNode, isScalar, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { planForm, type Plan } from '../control/scenario-forms.ts';
import { Refusal } from '../driver/refusal.ts';

const folder = path.join(import.meta.dirname, '../../../sandbox/scenarios');
const extension = '.yaml';

/** The built-in scenarios, by name. */
export function scenarioNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .map((file) => path.basename(file, extension))
    .toSorted();
}

/** A built-in scenario. Throws `Refusal`, which lists them all, for another name. */
export function namedScenario(name: string): Plan {
  const names = scenarioNames();
  if (!names.includes(name)) {
    throw new Refusal(`there is no scenario ${JSON.stringify(name)}; there are: ${names.join(', ')}`, 404);
  }
  return scenarioFromFile(path.relative('.', path.join(folder, `${name}${extension}`)));
}

/** Throws `Refusal` for a file that cannot be read, and as `scenarioFromText` does. */
export function scenarioFromFile(file: string): Plan {
  return scenarioFromText(textOf(file), file);
}

/** Throws `Refusal`, which names the file, the line and what to do, for a text that is no scenario. */
export function scenarioFromText(text: string, file: string): Plan {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) throw new Refusal(`${file}:${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`);
  const parsed = planForm.safeParse(valueOf(document, file));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const line = lines.linePos(offsetOf(document, issue)).line;
    return `${file}:${line}: ${issue.path.join('.') || 'the scenario'}: ${issue.message}${adviceOn(issue)}`;
  });
  throw new Refusal(problems.join('\n'));
}

/** What the document says. An alias may stand for too much of it. */
function valueOf(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new Refusal(`${file}: ${(error as Error).message}`);
  }
}

/** Where in the text the problem is: at the unknown key, at the value, or at the nearest thing around what is missing. */
function offsetOf(document: Document.Parsed, issue: z.core.$ZodIssue): number {
  const at = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const map = document.getIn(at, true);
    const pair = isMap(map)
      ? map.items.find(({ key }) => isScalar(key) && issue.keys.includes(String(key.value)))
      : undefined;
    if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
  }
  for (let depth = at.length; depth >= 0; depth -= 1) {
    const node = document.getIn(at.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function adviceOn({ code }: z.core.$ZodIssue): string {
  return code === 'unrecognized_keys' ? '; correct its name, or remove it' : '';
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refusal(`cannot read the scenario ${file}: ${(error as Error).message}`, 404);
  }
}
