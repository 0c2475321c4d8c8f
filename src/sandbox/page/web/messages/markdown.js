/**
 * Discord's Markdown as a tree; pure. Nothing in it is HTML, whatever was typed.
 * @typedef {{ kind: string, text?: string, children?: readonly Node[], level?: number, id?: string, style?: string, ordered?: boolean, items?: readonly (readonly Node[])[] }} Node
 */

/** Deeper nesting stays text; real messages never come near. */
const maxDepth = 8;

/** @typedef {readonly [RegExp, (match: RegExpExecArray, depth: number) => Node]} Rule */

/** @param {string} kind @returns {(match: RegExpExecArray, depth: number) => Node} */
const nested = (kind) => (match, depth) => ({ kind, children: inline(match[1] ?? '', depth + 1) });

/** @param {string} kind @returns {(match: RegExpExecArray) => Node} */
const named = (kind) => (match) => ({ kind, id: match[2] ?? match[1] ?? '', text: match[1] ?? '' });

/** In order of precedence; each is tried where the text before it ended. @type {readonly Rule[]} */
const inlineRules = [
  [/\\([^\p{L}\p{N}\s])/uy, (match) => ({ kind: 'text', text: match[1] ?? '' })],
  [/``(.+?)``(?!`)/sy, (match) => ({ kind: 'code', text: match[1] ?? '' })],
  [/`([^`\n]+)`/y, (match) => ({ kind: 'code', text: match[1] ?? '' })],
  [/<@!?(\d+)>/y, named('user')],
  [/<@&(\d+)>/y, named('role')],
  [/<#(\d+)>/y, named('channel')],
  [/<\/([^:>]{1,100}):(\d+)>/y, named('command')],
  [/<a?:(\w{2,32}):(\d+)>/y, named('emoji')],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y,
    (match) => ({ kind: 'time', id: match[1] ?? '', style: match[2] ?? 'f' }),
  ],
  [/@(everyone|here)\b/y, (match) => ({ kind: 'everyone', text: match[0] })],
  [/<(https?:\/\/[^\s<>]+)>/y, (match) => ({ kind: 'link', id: match[1] ?? '', text: match[1] ?? '' })],
  [
    /\[([^\]\n]+)\]\(<?(https?:\/\/[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)>?\)/y,
    (match, depth) => ({ kind: 'link', id: match[2] ?? '', children: inline(match[1] ?? '', depth + 1) }),
  ],
  [/https?:\/\/[^\s<>]*[^\s<>.,:;"')\]]/y, (match) => ({ kind: 'link', id: match[0], text: match[0] })],
  [
    /\*\*\*(?=\S)(.+?)\*\*\*/sy,
    (match, depth) => ({
      kind: 'bold',
      children: [{ kind: 'italic', children: inline(match[1] ?? '', depth + 1) }],
    }),
  ],
  [/\*\*(?=\S)(.+?)\*\*(?!\*)/sy, nested('bold')],
  [/__(?=\S)(.+?)__(?!_)/sy, nested('underline')],
  [/~~(?=\S)(.+?)~~/sy, nested('strike')],
  [/\|\|(?=\S)(.+?)\|\|/sy, nested('spoiler')],
  [/\*(?=[^\s*])((?:[^*]|\*\*.+?\*\*)+?)\*(?!\*)/sy, nested('italic')],
  [/_(?=[^\s_])([^_]+?)_(?!\w)/sy, nested('italic')],
];

/** @param {string} text @param {number} [depth] @returns {Node[]} */
export function inline(text, depth = 0) {
  if (depth > maxDepth) return [{ kind: 'text', text }];
  /** @type {Node[]} */
  const nodes = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const found = ruleAt(text, at, depth);
    if (!found) {
      plain += text[at++];
      continue;
    }
    if (plain !== '') nodes.push({ kind: 'text', text: plain });
    plain = '';
    nodes.push(found.node);
    at = found.end;
  }
  return plain === '' ? nodes : [...nodes, { kind: 'text', text: plain }];
}

/** @param {string} text @param {number} at @param {number} depth */
function ruleAt(text, at, depth) {
  if (!/[\\`<@[h*_~|]/.test(text[at] ?? '')) return undefined;
  for (const [pattern, build] of inlineRules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match && !(match[0].startsWith('_') && /\w/.test(text[at - 1] ?? ''))) {
      return { node: build(match, depth), end: at + match[0].length };
    }
  }
  return undefined;
}
