export const glyphWidth = 3;
export const glyphHeight = 5;

/** What a chart writes, row by row: numbers need no font and no language. */
const drawings: Readonly<Record<string, string>> = {
  '0': '111 101 101 101 111',
  '1': '010 110 010 010 111',
  '2': '111 001 111 100 111',
  '3': '111 001 111 001 111',
  '4': '101 101 111 001 001',
  '5': '111 100 111 001 111',
  '6': '111 100 111 101 111',
  '7': '111 001 001 010 010',
  '8': '111 101 111 101 111',
  '9': '111 101 111 001 111',
  '-': '000 000 111 000 000',
  '°': '111 101 111 000 000',
};

const glyphs = new Map(
  Object.entries(drawings).map(([character, drawing]) => [
    character,
    drawing
      .replaceAll(' ', '')
      .split('')
      .map((bit) => bit === '1'),
  ]),
);

/** Its bits, row by row; nothing for a character that is not drawn. */
export function glyphOf(character: string): readonly boolean[] {
  return glyphs.get(character) ?? [];
}
