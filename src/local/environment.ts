/** Environment variables as the caller hands them in; this folder reads none of its own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a child process needs of it: where programs, temporary files and compiled modules are, and nothing that is secret. */
export function childEnvironment(environment: Environment): Record<string, string> {
  const names = ['PATH', 'TMPDIR', 'NODE_COMPILE_CACHE'];
  const pairs = names.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // C: messages in English, whatever the machine's language; the port retry reads them.
  return { ...Object.fromEntries(pairs), LC_ALL: 'C' };
}
