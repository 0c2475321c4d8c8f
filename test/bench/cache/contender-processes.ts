import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { ContenderName, ContenderOptions } from './contenders.ts';
import type { Figures, Order } from './orders.ts';

type Answer = { readonly id: number; readonly figures?: Figures; readonly reason?: string };

const script = path.join(import.meta.dirname, 'contender-process.ts');

/** One contender in a process of its own. */
export class ContenderProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #waiting: PromiseWithResolvers<Figures>[] = [];

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', ({ id, figures, reason }: Answer) => {
      if (figures) this.#waiting[id]?.resolve(figures);
      else this.#waiting[id]?.reject(new Error(reason));
    });
    child.on('exit', () => {
      for (const { reject } of this.#waiting) reject(new Error("the contender's process ended"));
    });
  }

  static async start(name: ContenderName, options: ContenderOptions): Promise<ContenderProcess> {
    const child = fork(script, [name, JSON.stringify(options)]);
    const started = new ContenderProcess(child);
    const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
    if (typeof first !== 'object') throw new Error(`the process of ${name} ended before it was ready`);
    return started;
  }

  ask(order: Order): Promise<Figures> {
    const waiting = Promise.withResolvers<Figures>();
    const id = this.#waiting.push(waiting) - 1;
    this.#child.send({ id, order });
    return waiting.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
