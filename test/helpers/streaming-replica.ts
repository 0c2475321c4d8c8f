import { appendFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { makeServerDirectory, writeServerFile } from '../../src/local/data-directory.ts';
import { runCommand, type Account } from '../../src/local/run-command.ts';
import { runSql } from '../../src/local/run-sql.ts';
import { startServer, type RunningServer } from '../../src/local/running-server.ts';
import { serverAccount } from '../../src/local/server-account.ts';
import { ServerProcess } from '../../src/local/server-process.ts';
import { baseBackup, openToSuperuser, slotName } from './base-backup.ts';
import type { TestServers } from './servers.ts';

interface Copy {
  readonly program: string;
  readonly directory: string;
  readonly account: Account | undefined;
  /** Of the primary's superuser; the replica has the same. */
  readonly superuserUrl: string;
}

/** A streaming replica of the PostgreSQL of `testServers`, from the same program; one for each. Disposing of it ends it, its data goes with the servers'. */
export class StreamingReplica implements AsyncDisposable {
  readonly #copy: Copy;
  #server: RunningServer | undefined;

  private constructor(copy: Copy) {
    this.#copy = copy;
  }

  /** Resolves when it answers. */
  static async of(servers: Pick<TestServers, 'pid' | 'directUrl'>): Promise<StreamingReplica> {
    const pid = servers.pid('postgres');
    const [primary, program] = await Promise.all([
      readlink(`/proc/${pid}/cwd`),
      readlink(`/proc/${pid}/exe`),
    ]);
    const account = await serverAccount(process.env);
    const directory = await makeServerDirectory(path.dirname(primary), 'replica', account);
    const from = { pid, directory: primary, url: servers.directUrl, account };
    const superuserUrl = await openToSuperuser(from);
    await baseBackup(superuserUrl, from, directory);
    await follow(superuserUrl, directory, account);
    const replica = new StreamingReplica({ program, directory, account, superuserUrl });
    await replica.start();
    return replica;
  }

  /** The same user and database here as `url` says there. */
  urlOf(url: string): string {
    return at(url, this.#server?.port ?? 0);
  }

  get superuserUrl(): string {
    return this.urlOf(this.#copy.superuserUrl);
  }

  /** On the same port, if it ran before. */
  async start(): Promise<void> {
    const port = this.#server?.port;
    this.#server = await startServer({
      run: (on) => this.#process(on),
      probe: (on, signal) => runSql(at(this.#copy.superuserUrl, on), 'select 1', signal),
      signal: new AbortController().signal,
      ...(port !== undefined && { nextPort: () => Promise.resolve(port) }),
    });
  }

  async stop(): Promise<void> {
    await this.#server?.process.stop();
  }

  /** By the command of the runbook; from then on it takes writes. */
  async promote(): Promise<void> {
    const { program, directory, account } = this.#copy;
    const command = path.join(path.dirname(program), 'pg_ctl');
    const options = { environment: process.env, account, cwd: directory };
    const { code, output } = await runCommand(command, ['promote', '-D', directory], options);
    if (code !== 0) throw new Error(`pg_ctl promote ended with ${code}: ${output}`);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #process(port: number): ServerProcess {
    const { program, directory, account } = this.#copy;
    return new ServerProcess({
      name: 'replica',
      program,
      args: ['-D', directory, '-p', String(port)],
      directory,
      account,
      environment: process.env,
      stopSignal: 'SIGQUIT',
      orphanSignal: 'QUIT',
    });
  }
}

/** https://www.postgresql.org/docs/18/warm-standby.html#STANDBY-SERVER-SETUP */
async function follow(primaryUrl: string, directory: string, account: Account | undefined): Promise<void> {
  const { hostname, port, username, password } = new URL(primaryUrl);
  const connection = `host=${hostname} port=${port} user=${username} password=${password}`;
  await appendFile(
    path.join(directory, 'postgresql.auto.conf'),
    `primary_conninfo = '${connection}'\nprimary_slot_name = '${slotName}'\n`,
  );
  await writeServerFile(path.join(directory, 'standby.signal'), [], account);
}

function at(url: string, port: number): string {
  const there = new URL(url);
  there.port = String(port);
  return there.href;
}
