/** `--rounds=9` of the command line. */
export function numberFlag(name: string, otherwise: number): number {
  const found = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  return found === undefined ? otherwise : Number(found.slice(name.length + 3));
}
