import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../src/local/free-port.ts';
import { eventually } from '../helpers/eventually.ts';
import { findOnPath } from '../../src/local/find-program.ts';
import { programPath, type OpsProgram } from './programs.ts';

/** A server of Debian's that listens on a port of its own; disposing of it ends it. */
export interface Running extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
}

/** Starts it and waits until `path` answers. `argsOf` gets its port. Throws with what it printed when it ends before. */
export async function run(
  program: OpsProgram,
  path: string,
  argsOf: (port: number) => readonly string[] | Promise<readonly string[]>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const port = await freePort();
  // It ends with this process even where that is killed.
  const setpriv = findOnPath('setpriv', process.env);
  const [command = '', ...args] = [
    ...(setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL']),
    programPath(program),
    ...(await argsOf(port)),
  ];
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const closed = once(child, 'close');
  const url = `http://127.0.0.1:${port}`;
  try {
    await eventually(`${program} answers`, async () => {
      if (child.exitCode !== null) throw new Error(printed);
      return (await fetch(url + path)).ok;
    });
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    port,
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
