import { parser } from '@prometheus-io/lezer-promql';

/** A part of an expression, and other text in its place. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
interface Changed {
  readonly what: string;
  readonly expr: string;
}
type Node = ReturnType<typeof parser.parse>['topNode'];

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** The expression with one thing changed: each number, each range and offset, and each branch of `or`, `unless` and `and` left out. */
export function changesOf(expr: string): readonly Changed[] {
  const changes: Change[] = [];
  parser.parse(expr).iterate({
    enter({ name, node }) {
      if (name === 'NumberDurationLiteral') changes.push(...otherNumbers(expr, node));
      if (name === 'NumberDurationLiteralInDurationContext')
        changes.push(...otherRanges(textOf(expr, node)).map((text) => inPlaceOf(node, text)));
      if (name === 'BinaryExpr') changes.push(...branchesLeftOut(expr, node));
    },
  });
  const changed = changes.filter(({ from, to, text }) => text !== expr.slice(from, to));
  return changed.map(({ from, to, text }) => ({
    what: `${expr.slice(from, to)} → ${text}`,
    expr: expr.slice(0, from) + text + expr.slice(to),
  }));
}

/** A duration as PromQL and rules write it, in seconds. NaN for anything but a number and a unit. */
export function durationSeconds(text: string): number {
  const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return Number(count) * (secondsOf[unit] ?? Number.NaN);
}

/** A bound with its comparison, since looser and stricter than 0 is said by another one. */
function otherNumbers(expr: string, node: Node): Change[] {
  const value = Number(textOf(expr, node));
  const before = node.prevSibling;
  const sign = before === null ? '' : textOf(expr, before);
  if (before !== null && (sign === '==' || (['<', '>'].includes(sign) && value === 0)))
    return otherBounds(sign, value).map((text) => ({ from: before.from, to: node.to, text }));
  return [value * 1.25, value * 0.8].map((other) => inPlaceOf(node, String(other)));
}

function otherBounds(sign: string, value: number): string[] {
  if (sign === '==') return [`== ${value + 1}`, `!= ${value}`];
  return sign === '>' ? ['> 1e15', '>= 0'] : ['< -1e15', '< 1e15'];
}

function otherRanges(text: string): string[] {
  const seconds = durationSeconds(text);
  return [`${seconds / 4}s`, `${seconds * 4}s`].map((other) => other.replace(/(\d+)\.\d+s/, '$1s'));
}

function branchesLeftOut(expr: string, node: Node): Change[] {
  const { firstChild: left, lastChild: right } = node;
  if (left === null || right === null) return [];
  if (node.getChild('Or') !== null) return [left, right].map((kept) => inPlaceOf(node, textOf(expr, kept)));
  const narrowed = node.getChild('Unless') ?? node.getChild('And');
  return narrowed === null ? [] : [inPlaceOf(node, textOf(expr, left))];
}

function inPlaceOf({ from, to }: Node, text: string): Change {
  return { from, to, text };
}

function textOf(expr: string, { from, to }: Node): string {
  return expr.slice(from, to);
}
