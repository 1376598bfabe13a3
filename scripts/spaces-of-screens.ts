import type { Plugin } from 'vite';
import { something, tied } from '../src/platform/text/tied.rules.ts';
import { isNode, type Node, parts } from './syntax.ts';

const nameOf = (node: unknown): string => (isNode(node) ? String(node.name ?? node.value ?? '') : '');
/** Calls that look for a text or take one apart. */
const handling =
  /^(?:split|includes|startsWith|endsWith|indexOf|lastIndexOf|replace|replaceAll|match|matchAll|search|test|has|get|RegExp|localeCompare)$/;
/** Parts of an element or of an object that nobody reads, or that follow what one types. */
const unread = /^(?:className|style|id|key|value|code|queryKey|type|kind|href|src|to|suffix|data-.*)$/;

/** Whether what stands in this part of a node is compared, looked for, sent or worked on, rather than shown. */
function isTool(node: Node, part: string): boolean {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return part === 'source';
    case 'TaggedTemplateExpression':
      return part === 'quasi';
    case 'SwitchCase':
      return part === 'test';
    case 'BinaryExpression':
      return node.operator !== '+';
    case 'Property':
      return part === 'key' || unread.test(nameOf(node.key));
    case 'CallExpression':
    case 'NewExpression':
      return (
        part === 'arguments' &&
        handling.test(
          nameOf(isNode(node.callee) && node.callee.type === 'MemberExpression' ? node.callee.property : node.callee),
        )
      );
    default:
      return false;
  }
}

/** A text of the source: the pieces it is written in, each with what it says. */
interface Written {
  pieces: { start: number; end: number; says: string }[];
  /** Stands between elements or other texts of a page. */
  child: boolean;
}
/** `names.join(' ; ')`: words come on both sides. */
const isJoin = ({ type, callee }: Node): boolean =>
  type === 'CallExpression' && isNode(callee) && nameOf(callee.property) === 'join';
function* texts(node: Node, child = false): Generator<Written> {
  for (const [part, one] of parts(node)) {
    const text = (one.type === 'Literal' && typeof one.value === 'string') || one.type === 'TemplateLiteral';
    // A text that is worked on where it stands is on its way to something else.
    if (text && (isTool(node, part) || node.type === 'MemberExpression')) continue;
    if (one.type === 'Literal' && text)
      yield {
        pieces: [{ start: one.start, end: one.end, says: one.value as string }],
        child: child || nameOf(node.key) === 'children' || isJoin(node),
      };
    if (one.type === 'TemplateLiteral')
      yield {
        pieces: (one.quasis as Node[]).map(({ start, end, value }) => ({
          start,
          end,
          says: (value as { cooked: string | null }).cooked ?? '',
        })),
        child,
      };
    yield* texts(
      one,
      nameOf(node.key) === 'children' || (child && /^(?:Array|Conditional|Logical)Expression$/.test(one.type)),
    );
  }
}

/** The source of a screen with its French texts tied (tied.rules.ts): as long as before, and different in nothing but spaces. */
export function withTiedTexts(program: Node, code: string): string {
  let out = code;
  for (const { pieces, child } of texts(program)) {
    const said = pieces.map(({ says }) => says).join(something);
    // French: a letter, or what a template or a page puts beside, a space and a sign.
    if (!child && pieces.length === 1 && !/\p{L}/u.test(said)) continue;
    const put = tied(something + said + something).slice(1, -1);
    if (put === said) continue;
    let at = 0;
    for (const { start, end, says } of pieces) {
      const spaces = [...put.slice(at, at + says.length)].filter((_, index) => says[index] === ' ');
      at += says.length + 1;
      const written = out.slice(start, end);
      if (written.split(' ').length - 1 === spaces.length)
        out = out.slice(0, start) + written.replace(/ /g, () => spaces.shift()!) + out.slice(end);
    }
  }
  return out;
}

/** Screens are sent with the spaces of French typography (docs/adr/0039). Only what stands under `web/`: contracts and data are the server's too, and some of their words are written into records. */
export const spacesOfScreens: Plugin = {
  name: 'spaces-of-screens',
  enforce: 'post',
  transform: {
    filter: { id: /[\\/]src[\\/](?:[^?]*[\\/])?web[\\/][^?]*\.tsx?$/ },
    // Nothing moves: the map of before holds.
    handler(code) {
      return { code: withTiedTexts(this.parse(code) as unknown as Node, code), map: null };
    },
  },
};
