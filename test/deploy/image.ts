import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { root } from '../helpers/processes.ts';

export interface Instruction {
  readonly stage: string;
  readonly name: string;
  readonly text: string;
}

/** The Dockerfile's instructions, continued lines joined, comments left out. */
export function dockerfile(): readonly Instruction[] {
  const text = readFileSync(path.join(root, 'Dockerfile'), 'utf8');
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line !== '');
  let stage = '';
  return lines.map((line) => {
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/s.exec(line) ?? [];
    if (name === 'FROM') stage = / AS (\S+)$/.exec(rest)?.[1] ?? '';
    return { stage, name, text: rest.replaceAll(/\s+/g, ' ') };
  });
}

/** What a stage copies from the repository: sources and the target below the working directory. */
export function copies(stage: string): readonly { readonly from: readonly string[]; readonly to: string }[] {
  return dockerfile()
    .filter(({ name, stage: here, text }) => here === stage && name === 'COPY' && !text.startsWith('--'))
    .map(({ text }) => {
      const words = text.split(' ');
      return { from: words.slice(0, -1), to: words.at(-1) ?? '' };
    });
}

type Texts = Readonly<Record<string, string>>;

/** The variables that a stage sets when it is built with `args`; `$NAME` is one of those, or else its default. */
export function stageEnvironment(stage: string, args: Texts = {}): Texts {
  const known = { ...assigned(stage, 'ARG'), ...args };
  const variables = Object.entries(assigned(stage, 'ENV'));
  return Object.fromEntries(
    variables.map(([name, text]) => [name, text.replace(/^\$(\w+)$/, (_, arg: string) => known[arg] ?? '')]),
  );
}

/** What a stage's instructions of one name (ARG, ENV) give to names. */
export function assigned(stage: string, instruction: 'ARG' | 'ENV'): Texts {
  const words = dockerfile()
    .filter(({ name, stage: here }) => here === stage && name === instruction)
    .flatMap(({ text }) => text.split(' '));
  return Object.fromEntries(words.map((word) => word.split('=') as [string, string]));
}

interface Ignore {
  readonly kept: readonly string[];
  readonly left: readonly string[];
}

/** .dockerignore: everything but the kept paths, and of those not the paths after them; nothing else is written there. */
export function dockerignore(): Ignore {
  const lines = readFileSync(path.join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return {
    kept: lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1)),
    left: lines.filter((line) => !line.startsWith('!') && line !== '*'),
  };
}

/** The folder /app of the image `bot`: the files that the Dockerfile copies, and the packages that `npm ci` would install there. */
export function makeApp(folder: string): void {
  const { left } = dockerignore();
  const absolute = left.map((file) => path.join(root, file));
  for (const { from, to } of copies('bot')) {
    for (const source of from)
      cpSync(path.join(root, source), path.join(folder, to.endsWith('/') ? path.join(to, source) : to), {
        recursive: true,
        filter: (file) => !absolute.includes(file),
      });
  }
  for (const name of productionPackages()) {
    const place = path.join(folder, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.join(root, 'node_modules', name), place);
  }
}

/** The top-level packages that `npm ci --omit=dev --omit=optional` installs, by npm's own marks in the lockfile. */
function productionPackages(): readonly string[] {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: true; optional?: true; devOptional?: true }>;
  };
  return Object.entries(lock.packages)
    .filter(([, { dev, optional, devOptional }]) => !dev && !optional && !devOptional)
    .map(([place]) => /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place)?.[1])
    .filter((name) => name !== undefined);
}
