/** What a command's name becomes in file names and identifiers. */
export interface Names {
  /** `dice`, `coin-flip`: the folder, the feature and the command. */
  readonly name: string;
  /** `dice`, `coinFlip`: the feature's constant. */
  readonly camel: string;
}

/** No name for a constant in a module (ECMAScript, "Reserved Words"), or for one beside what the templates import. */
const reserved = new Set(
  (
    'arguments await break case catch class command const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public return static ' +
    'super switch this throw true try typeof undefined var void while with words yield'
  ).split(' '),
);

/** Words of lower-case letters and digits: fit for a folder, an identifier and Discord (32 characters). `undefined` for anything else. */
export function namesOf(name: string): Names | undefined {
  if (!/^[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(name) || name.length > 32 || reserved.has(name)) return undefined;
  return { name, camel: name.replaceAll(/-([a-z\d])/g, (_, letter: string) => letter.toUpperCase()) };
}
