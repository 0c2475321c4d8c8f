import { exitCodes, type ExitCode } from './exit-codes.ts';

/**
 * An expected reason to end the process: its message is one line for the person at the terminal
 * (what is wrong, with which value, what to do) and needs no stack trace.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.unavailable, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
