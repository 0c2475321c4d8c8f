import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

export interface Import {
  /** Repository-relative path of the importing file. */
  readonly from: string;
  /** Repository-relative path for our own files, else the specifier as written. */
  readonly to: string;
  /** `import type`: erased at run time. */
  readonly typeOnly: boolean;
}

/** Every import and re-export, static or dynamic, of the TypeScript files below `folders`. */
export async function importGraph(root: string, folders: readonly string[]): Promise<Import[]> {
  const patterns = folders.map((folder) => `${folder}/**/*.ts`);
  const imports: Import[] = [];
  for await (const file of glob(patterns, { cwd: root })) imports.push(...importsOf(root, file));
  return imports;
}

function importsOf(root: string, file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const stated = [
    ...module.staticImports.map((entry) => ({
      specifier: entry.moduleRequest.value,
      typeOnly: entry.entries.length > 0 && entry.entries.every((name) => name.isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap((entry) =>
        entry.moduleRequest === null ? [] : { specifier: entry.moduleRequest.value, typeOnly: entry.isType },
      ),
    ),
    ...module.dynamicImports
      .map(({ moduleRequest: { start, end } }) => text.slice(start, end))
      // What a variable names is not known here.
      .filter((written) => /^['"`]/.test(written))
      .map((written) => ({ specifier: written.replaceAll(/['"`]/g, ''), typeOnly: false })),
  ];
  return stated.map(({ specifier, typeOnly }) => ({ from: file, to: resolve(file, specifier), typeOnly }));
}

function resolve(file: string, specifier: string): string {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
}

/** `discord.js` of `discord.js/foo`, `@discordjs/ws` of `@discordjs/ws/x`; `undefined` for our own files and Node's modules. */
export function packageOf(to: string): string | undefined {
  if (to.startsWith('node:') || /^(src|config|test|grafana)\//.test(to)) return undefined;
  const [first = '', second = ''] = to.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** The files of one cycle of run-time imports, or `undefined` when there is none. */
export function findCycle(imports: readonly Import[]): string[] | undefined {
  const edges = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) {
    if (!typeOnly && packageOf(to) === undefined) edges.set(from, [...(edges.get(from) ?? []), to]);
  }
  const finished = new Set<string>();
  const visit = (file: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (finished.has(file)) return undefined;
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(file);
    return undefined;
  };
  for (const file of edges.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
