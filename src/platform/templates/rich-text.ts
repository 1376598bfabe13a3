import { guard } from './fill-template.ts';
import { parseTemplate } from './parse-template.ts';

/** A run of words; `open`: a field that still waits for its value. */
export interface Span {
  text: string;
  bold?: true;
  open?: true;
}
export type Block =
  | { kind: 'p'; lines: Span[][] }
  | { kind: 'h'; spans: Span[] }
  | { kind: 'ul' | 'ol'; items: Span[][] };

/** `**gras**`, `- puce`, `1. numéro`, `# titre`, a blank line between paragraphs. Anything else is words. */
export function richText(text: string, sayOpen: (inside: string) => string): Block[] {
  const blocks: Block[] = [];
  let last: Block | undefined;
  for (const line of text.split(/\r\n?|[\n\u2028\u2029]/)) {
    const heading = /^\s*#{1,3}\s+(.+)$/.exec(line);
    const bullet = /^\s*[-•]\s+(.+)$/.exec(line);
    const number = /^\s*\d+[.)]\s+(.+)$/.exec(line);
    const kind = bullet ? 'ul' : number ? 'ol' : undefined;
    if (!line.replaceAll(guard, '').trim()) last = undefined;
    else if (heading) {
      blocks.push({ kind: 'h', spans: spansOf(heading[1]!, sayOpen) });
      last = undefined;
    } else if (kind) {
      if (last?.kind !== kind) blocks.push((last = { kind, items: [] }));
      last.items.push(spansOf((bullet ?? number)![1]!, sayOpen));
    } else {
      if (last?.kind !== 'p') blocks.push((last = { kind: 'p', lines: [] }));
      last.lines.push(spansOf(line.trim(), sayOpen));
    }
  }
  return blocks;
}
function spansOf(line: string, sayOpen: (inside: string) => string): Span[] {
  const spans: Span[] = [];
  const add = (text: string, bold: boolean) => {
    let done = 0;
    const plain = (to: number) => {
      const words = text.slice(done, to).replaceAll(guard, '');
      if (words) spans.push({ text: words, ...(bold && { bold: true }) });
    };
    for (const tag of text.matchAll(/\{\{([^{}\n]*)\}\}/g)) {
      plain(tag.index);
      spans.push({ text: sayOpen(tag[1]!.trim()), open: true });
      done = tag.index + tag[0].length;
    }
    plain(text.length);
  };
  let done = 0;
  for (const run of line.matchAll(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g)) {
    add(line.slice(done, run.index), false);
    add(run[1]!, true);
    done = run.index + run[0].length;
  }
  add(line.slice(done), false);
  return spans;
}
/** Does a text still hold a field, a condition or a sign of one? */
export const isOpen = (text: string): boolean =>
  parseTemplate(text).nodes.some((node) => node.kind !== 'text') || text.includes('{{');
