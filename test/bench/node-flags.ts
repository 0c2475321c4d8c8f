/** `--node-flags="--max-semi-space-size=16"` of the command line: for our shard process, after those that it ships with, so that these count. */
export const nodeFlags: readonly string[] = process.argv
  .filter((argument) => argument.startsWith('--node-flags='))
  .flatMap((argument) => argument.slice('--node-flags='.length).split(' '))
  .filter((flag) => flag !== '');
