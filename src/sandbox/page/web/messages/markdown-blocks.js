import { inline } from './markdown.js';

/** @import { Node } from './markdown.js' */

/** How Discord's client shows code: a block starts and ends anywhere, even in a line. */
const codeBlock = /```(?:([\w+#.-]+)\n)?\n?(.*?)\n?```/s;

/**
 * A whole text: code blocks first, then what begins lines.
 * @param {string} text
 * @returns {Node[]}
 */
export function blocks(text) {
  const match = codeBlock.exec(text);
  if (!match) return lines(text);
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  /** @type {Node} */
  const code = { kind: 'codeBlock', text: match[2] ?? '', style: match[1] ?? '' };
  return [...lines(before.replace(/\n$/, '')), code, ...blocks(after.replace(/^\n/, ''))];
}

/** @param {string} text @returns {Node[]} */
function lines(text) {
  if (text === '') return [];
  const all = text.split('\n');
  /** @type {Node[]} */
  const nodes = [];
  for (let at = 0; at < all.length;) {
    const { node, taken } = block(all, at);
    nodes.push(node);
    at += taken;
  }
  return nodes;
}

/** @param {readonly string[]} all @param {number} at @returns {{ node: Node, taken: number }} */
function block(all, at) {
  const line = all[at] ?? '';
  const heading = /^(#{1,3}) (.+)/.exec(line);
  if (heading)
    return one({ kind: 'heading', level: heading[1]?.length ?? 1, children: inline(heading[2] ?? '') });
  if (line.startsWith('-# ')) return one({ kind: 'small', children: inline(line.slice(3)) });
  if (line.startsWith('>>> ')) {
    const rest = [line.slice(4), ...all.slice(at + 1)];
    return { node: { kind: 'quote', children: blocks(rest.join('\n')) }, taken: rest.length };
  }
  if (line.startsWith('> '))
    return run(all, at, /^> ?/, (texts) => ({ kind: 'quote', children: lines(texts.join('\n')) }));
  if (/^ *[-*] /.test(line)) return run(all, at, /^ *[-*] /, list(false));
  if (/^ *\d{1,9}\. /.test(line)) return run(all, at, /^ *\d{1,9}\. /, list(true));
  return paragraph(all, at);
}

/** Lines up to the next that begins something; a line break is one, as typed. @param {readonly string[]} all @param {number} at */
function paragraph(all, at) {
  const starts = /^(?:#{1,3} .|-# |>>> |> | *[-*] | *\d{1,9}\. )/;
  let end = at + 1;
  while (end < all.length && !starts.test(all[end] ?? '')) end += 1;
  return { node: { kind: 'paragraph', children: inline(all.slice(at, end).join('\n')) }, taken: end - at };
}

/**
 * The lines from `at` on that begin with `mark`, without it.
 * @param {readonly string[]} all
 * @param {number} at
 * @param {RegExp} mark
 * @param {(texts: string[]) => Node} build
 */
function run(all, at, mark, build) {
  let end = at;
  while (mark.test(all[end] ?? '')) end += 1;
  return { node: build(all.slice(at, end).map((line) => line.replace(mark, ''))), taken: end - at };
}

/** @param {boolean} ordered @returns {(texts: string[]) => Node} */
function list(ordered) {
  return (texts) => ({ kind: 'list', ordered, items: texts.map((text) => inline(text)) });
}

/** @param {Node} node */
function one(node) {
  return { node, taken: 1 };
}
