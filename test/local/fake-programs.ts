import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts an executable shell script into a folder; returns its path. */
export function writeProgram(folder: string, name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
