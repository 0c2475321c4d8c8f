import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';

/**
 * Which process owns which folder below WRITE_QUEUE_DIR. `<owner>~<n>` belongs to the process that listens on the unix socket
 * `<owner>.lock`: the kernel closes it with the process, however that ends, and no pid is taken for another's. A folder without
 * such a process is taken over by renaming it, which succeeds for one alone.
 */
export class Folders {
  readonly #root: string;
  readonly #owner: string;
  #claimed: Promise<Server> | undefined;
  #taken = 0;

  /** `label` is for people: `shard-0`. */
  constructor(root: string, label: string) {
    this.#root = root;
    this.#owner = `${label}.${randomBytes(4).toString('hex')}`;
  }

  /** This process's own. */
  get own(): string {
    return path.join(this.#root, `${this.#owner}~0`);
  }

  /** Makes this process the owner, and `own` exist; once, and again after a failure. */
  async claim(): Promise<void> {
    this.#claimed ??= this.#claim();
    try {
      await this.#claimed;
    } catch (error) {
      this.#claimed = undefined;
      throw error;
    }
  }

  /** The folders of processes that have ended; they are this process's from now on. */
  async takeLeft(): Promise<string[]> {
    await this.claim();
    const names = (await readdir(this.#root)).filter((name) => /~\d+$/.test(name));
    const left = Object.groupBy(names, (name) => name.slice(0, name.lastIndexOf('~')));
    const taken: string[] = [];
    for (const [owner, folders = []] of Object.entries(left)) {
      if (owner === this.#owner || (await isHeld(this.#lockOf(owner)))) continue;
      for (const folder of folders) taken.push(...(await this.#take(folder)));
      await rm(this.#lockOf(owner), { force: true });
    }
    return taken;
  }

  /** What is still in them is for whoever comes next. */
  async release(): Promise<void> {
    await this.#claimed?.then((lock) => lock.close()).catch(() => {});
    await rm(this.#lockOf(this.#owner), { force: true });
  }

  /** The lock comes first: a folder is never nobody's. */
  async #claim(): Promise<Server> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const lock = await listen(this.#lockOf(this.#owner));
    try {
      await mkdir(this.own, { mode: 0o700 });
      return lock;
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  async #take(name: string): Promise<string[]> {
    const target = path.join(this.#root, `${this.#owner}~${++this.#taken}`);
    try {
      await rename(path.join(this.#root, name), target);
      return [target];
    } catch (error) {
      // Another process was faster.
      if (isCode(error, 'ENOENT')) return [];
      throw error;
    }
  }

  #lockOf(owner: string): string {
    return path.join(this.#root, `${owner}.lock`);
  }
}

export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function listen(socketPath: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  server.listen(socketPath);
  await once(server, 'listening');
  return server.unref();
}

/** In doubt (a process that is stopped and whose queue of callers is full) it is. */
async function isHeld(socketPath: string): Promise<boolean> {
  const socket = connect(socketPath);
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    return !isCode(error, 'ECONNREFUSED', 'ENOENT');
  } finally {
    socket.destroy();
  }
}
