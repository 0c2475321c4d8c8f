import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { namesOf, type Names } from './names.ts';
import { featureFiles } from './templates.ts';

const registry = 'src/features/features.ts';

/**
 * Adds a feature with one command to the clone at `root`: its folder, its test, and its line in `features.ts`. Returns the paths of what
 * it wrote. Throws a `Failure` (exit 64), and writes nothing, for a name that does not do or is taken.
 */
export function scaffoldFeature(root: string, name: string): string[] {
  const names = namesOf(name);
  if (names === undefined)
    throw new Failure(
      `${JSON.stringify(name)} does not do as a name: up to 32 lower-case letters, digits and single hyphens, a letter first, like coin-flip`,
      exitCodes.usage,
    );
  const files = featureFiles(names);
  const objection = takenBy(root, names, Object.keys(files));
  if (objection !== undefined) throw new Failure(`${name} is taken: ${objection}`, exitCodes.usage);
  const registered = withFeature(readFileSync(path.join(root, registry), 'utf8'), names);
  for (const [file, text] of Object.entries({ ...files, [registry]: registered })) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return [...Object.keys(files), registry];
}

function takenBy(root: string, { name, camel }: Names, files: readonly string[]): string | undefined {
  const file = files.find((each) => existsSync(path.join(root, each)));
  if (file !== undefined) return `there is ${file}`;
  const features = path.join(root, 'src/features');
  if (new RegExp(`\\b${camel}\\b`).test(readFileSync(path.join(root, registry), 'utf8')))
    return `${registry} uses it already`;
  const command = readdirSync(features, { recursive: true, encoding: 'utf8' })
    .filter((each) => each.endsWith('.ts'))
    .find((each) =>
      new RegExp(`^  name: '${name}',$`, 'm').test(readFileSync(path.join(features, each), 'utf8')),
    );
  return command === undefined ? undefined : `src/features/${command} defines it`;
}

/** Before the import that follows in the alphabet, and at the end of the list. */
function withFeature(text: string, { name, camel }: Names): string {
  const line = `import { ${camel} } from './${name}/${name}.ts';\n`;
  const doors = [...text.matchAll(/^import \{ \w+ \} from '\.\/([\w-]+)\/\1\.ts';\n/gm)];
  const next = doors.find(([, door = '']) => door > name);
  const last = doors.at(-1);
  const at = next?.index ?? (last === undefined ? -1 : last.index + last[0].length);
  const imported = text.slice(0, at) + line + text.slice(at);
  const listed = imported.replace(/(features: readonly Feature\[\] = \[[^\]]*?)(,?\s*)\]/, `$1, ${camel}$2]`);
  if (at < 0 || listed === imported)
    throw new Failure(
      `${registry} is not as expected: it imports the doors and lists them as \`features\``,
      exitCodes.data,
    );
  return listed;
}
