import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Values } from './variables.ts';
import { version } from './version.ts';

/** What runs. `revision` tells builds of one version apart; empty where nobody knows it. */
export interface Release {
  readonly version: string;
  readonly revision: string;
}

const clone = path.join(import.meta.dirname, '../..');

/**
 * Of the process that asks: a variable of the manager's would also be that of shards which it moves to a newer release. An image, which has
 * no clone, is replaced as a whole, and has REVISION from its build.
 */
export function releaseOf({ REVISION: revision }: Values<'REVISION'>): Release {
  return { version, revision: revision ?? checkedOut(clone) };
}

/**
 * The commit that is checked out in a folder, short, or nothing. Read as git keeps it (gitrepository-layout): git itself need not be there,
 * and no process is started for it.
 */
export function checkedOut(folder: string): string {
  const git = (name: string) => textOf(path.join(folder, '.git', name));
  const head = git('HEAD');
  const ref = /^ref: (refs\/\S+)$/.exec(head)?.[1];
  const packed = () =>
    git('packed-refs')
      .split('\n')
      .find((line) => line.endsWith(` ${ref}`)) ?? '';
  const commit = ref === undefined ? head : git(ref) || packed();
  return /^[0-9a-f]{12}(?=[0-9a-f]{28})/.exec(commit)?.[0] ?? '';
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
