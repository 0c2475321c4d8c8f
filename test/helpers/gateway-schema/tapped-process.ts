import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Tap = AsyncDisposable & {
  /** For the environment of the sandbox's process. */
  readonly env: { readonly NODE_OPTIONS: string; readonly GATEWAY_FRAMES_FILE: string };
  frames(): Promise<readonly string[]>;
};

/** Listens to the gateway of a sandbox that runs as a process. */
export async function makeTap(): Promise<Tap> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shoal-frames-'));
  const file = path.join(folder, 'frames.jsonl');
  await writeFile(file, '');
  const module = path.join(import.meta.dirname, 'frame-tap.ts');
  return {
    env: { NODE_OPTIONS: `--import ${module}`, GATEWAY_FRAMES_FILE: file },
    frames: async () => (await readFile(file, 'utf8')).split('\n').filter((line) => line !== ''),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
