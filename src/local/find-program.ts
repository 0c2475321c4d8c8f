import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from './environment.ts';

/** Where Debian puts servers (pgbouncer); an ordinary user's PATH leaves these out. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The path of an executable on PATH, else in a system folder; `undefined` when there is none. */
export function findProgram(name: string, environment: Environment): string | undefined {
  return findIn([...pathFolders(environment), ...systemFolders], name);
}

/** The same for PATH alone: what the caller takes out of PATH is not found. */
export function findOnPath(name: string, environment: Environment): string | undefined {
  return findIn(pathFolders(environment), name);
}

function pathFolders(environment: Environment): string[] {
  return (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
}

function findIn(folders: readonly string[], name: string): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isExecutableFile);
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
