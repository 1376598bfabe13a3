import { parseTemplate, type TemplateNode, type Test } from './parse-template.ts';

/** A line of a list: as a whole, and its parts by their short names. */
export interface ListLine {
  text: string;
  parts: Readonly<Record<string, string>>;
}
/**
 * What a field holds. `known`: `lines` when it is a list. `missing`: nothing is written down; `words` say what. `hidden`: closed to who fills. `late`: known only at the end
 * (who signs). A field that nobody knows is `undefined`.
 */
export type FieldValue =
  | { state: 'known'; text: string; lines?: readonly ListLine[] }
  | { state: 'missing'; words: string }
  | { state: 'hidden'; words: string }
  | { state: 'late'; words: string };
export type Resolve = (key: string) => FieldValue | undefined;
export interface OpenField {
  key: string;
  state: 'missing' | 'hidden' | 'late' | 'unknown';
  words: string;
}
export interface Filled {
  text: string;
  /** Fields whose value went into the text, once each. */
  used: { key: string; value: string }[];
  /** What stays as a field in the text, to be completed before it leaves. */
  open: OpenField[];
}

/** Invisible, and taken out of every PDF (platform/pdf): words of a record are never read as fields, bold, titles or bullets. */
export const guard = '\u200B';
export const guarded = (value: string): string =>
  value
    .replaceAll(guard, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\{(?=\{|$)/g, `{${guard}`)
    .replace(/\*(?=\*|$)/g, `*${guard}`)
    .replace(/^(?=[{*])/, guard)
    .replace(/^(?=\s*(?:[-•#]|\d+[.)]))/gm, guard);

type Truth = boolean | undefined;
function truthOf(test: Test, resolve: Resolve): Truth {
  const found = test.terms.map(({ key, not }): Truth => {
    const value = resolve(key);
    if (!value || value.state === 'hidden' || value.state === 'late') return undefined;
    return (value.state === 'known' && (value.lines ? value.lines.length > 0 : value.text.trim() !== '')) !== not;
  });
  const ends = test.join === 'or';
  if (found.includes(ends)) return ends;
  return found.includes(undefined) ? undefined : !ends;
}

/**
 * Fills a text. What is missing or hidden stays in the text as its field, so that it is seen, and so that someone who may read it can fill the same text again; a
 * part whose condition cannot be answered stays whole.
 */
export function fillTemplate(text: string, resolve: Resolve): Filled {
  const used = new Map<string, string>();
  const open = new Map<string, OpenField>();
  const leave = (key: string, value: FieldValue | undefined) => {
    if (value?.state !== 'known')
      open.set(key, { key, state: value?.state ?? 'unknown', words: value?.words ?? 'ce champ n’existe pas' });
  };
  const own = (line: ListLine | null, key: string): FieldValue | undefined => {
    return line && Object.hasOwn(line.parts, key) ? { state: 'known', text: line.parts[key]! } : undefined;
  };
  const walk = (nodes: readonly TemplateNode[], line: ListLine | null): string =>
    nodes
      .map((node) => {
        if (node.kind === 'text') return node.text;
        const find: Resolve = (key) => own(line, key) ?? resolve(key);
        if (node.kind === 'field') {
          const value = find(node.key);
          if (value?.state !== 'known') {
            leave(node.key, value);
            return node.raw;
          }
          const shown =
            node.alone && value.lines
              ? value.lines.map((one) => `- ${guarded(one.text).replace(/\n+/g, ' ')}`).join('\n')
              : guarded(value.text);
          // What a line of a list lacks is said: nothing is silently empty.
          if (own(line, node.key)) return shown.trim() || 'non renseigné';
          used.set(node.key, value.lines ? value.lines.map((one) => one.text).join('\n') : value.text);
          return shown;
        }
        if (node.kind === 'when') {
          const truth = truthOf(node.test, find);
          if (truth === undefined) {
            for (const { key } of node.test.terms) leave(key, find(key));
            return node.raw;
          }
          return walk(truth ? node.yes : node.no, line);
        }
        const list = find(node.key);
        if (list?.state !== 'known' || !list.lines) {
          if (list?.state === 'known')
            open.set(node.key, { key: node.key, state: 'unknown', words: 'ce champ n’est pas une liste' });
          else leave(node.key, list);
          return node.raw;
        }
        used.set(node.key, list.lines.map((one) => one.text).join('\n'));
        return list.lines.map((one) => walk(node.body, one)).join('');
      })
      .join('');
  const filled = walk(parseTemplate(text).nodes, null);
  return {
    text: filled
      .replace(/[^\S\n]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    used: [...used].map(([key, value]) => ({ key, value })),
    open: [...open.values()],
  };
}
