/** What a command of the admin command line works with. */
export interface AdminContext {
  readonly socketPath: string;
  /** Writes to standard output, a newline added. */
  readonly print: (line: string) => void;
  /** Whether colours and redrawing make sense: standard output is a terminal, and NO_COLOR is not set. */
  readonly terminal: boolean;
  /** Aborted when nobody reads standard output any more. */
  readonly stop: AbortSignal;
}

export interface AdminCommand {
  /** What follows the command's name: `[all | ID …]`. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Everything else that `--help` says. */
  readonly help: readonly string[];
  /** Resolves with the exit code. Throws a `Failure`: exit 64 for a wrong command line, 69 when the manager does not answer or refuses. */
  run(argv: readonly string[], context: AdminContext): Promise<number>;
}
