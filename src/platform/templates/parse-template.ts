/**
 * A text with fields, written by people without a developer:
 * `{{patient.nom}}` a field · `{{si ald}}…{{sinon}}…{{fin}}` a conditional part (`si non x`, `si x et y`, `si x ou y`) · `{{pour traitements}}…{{fin}}` a part repeated for each
 * line of a list, in which the fields of the line have their short names.
 */
export type TemplateNode =
  | { kind: 'text'; text: string }
  | { kind: 'field'; key: string; raw: string /** Nothing else stands on its line. */; alone: boolean }
  | { kind: 'when'; test: Test; yes: TemplateNode[]; no: TemplateNode[]; raw: string }
  | { kind: 'each'; key: string; body: TemplateNode[]; raw: string };
export interface Test {
  join: 'and' | 'or';
  terms: { key: string; not: boolean }[];
}
export interface TemplateFlaw {
  /** Line of the text, from 1. */
  line: number;
  words: string;
}
export interface Template {
  nodes: TemplateNode[];
  flaws: TemplateFlaw[];
}

const key = /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,119}$/u;
/** Deeper than anyone writes: a text that goes on is refused, not followed. */
const deepest = 12;

interface Tag {
  at: number;
  end: number;
  inside: string;
}
function* tagsOf(text: string): Generator<Tag> {
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', at + 2);
    const line = text.indexOf('\n', at);
    if (close < 0 || (line >= 0 && line < close)) {
      yield { at, end: at + 2, inside: '' };
      at += 2;
      continue;
    }
    yield {
      at,
      end: close + 2,
      inside: text
        .slice(at + 2, close)
        .trim()
        .replace(/\s+/g, ' '),
    };
    at = close + 2;
  }
}
function testOf(words: string): Test | undefined {
  const join = / ou /.test(words) ? 'or' : 'and';
  if (join === 'or' && / et /.test(words)) return undefined;
  const terms = words.split(join === 'or' ? ' ou ' : ' et ').map((term) => {
    const not = term.startsWith('non ');
    return { key: (not ? term.slice(4) : term).trim(), not };
  });
  return terms.every((term) => key.test(term.key)) ? { join, terms } : undefined;
}

interface Open {
  tag: Tag;
  /** Where the part begins in the text, its line included when it stands alone. */
  from: number;
  nodes: TemplateNode[];
  otherwise?: TemplateNode[];
  test?: Test;
  key?: string;
}
/** Never throws: what cannot be read stays as text and is a flaw with its line. */
export function parseTemplate(text: string): Template {
  const flaws: TemplateFlaw[] = [];
  const say = (at: number, words: string) => {
    if (flaws.length < 50) flaws.push({ line: text.slice(0, at).split('\n').length, words });
  };
  const root: TemplateNode[] = [];
  const open: Open[] = [];
  let done = 0;
  const into = (): TemplateNode[] => open.at(-1)?.otherwise ?? open.at(-1)?.nodes ?? root;
  const keep = (to: number) => {
    if (to > done) into().push({ kind: 'text', text: text.slice(done, to) });
    done = Math.max(done, to);
  };
  /** A tag of a part that has its line to itself takes the line with it. */
  const span = ({ at, end }: Tag): { from: number; to: number; alone: boolean } => {
    const start = text.lastIndexOf('\n', at - 1) + 1;
    const stop = text.indexOf('\n', end);
    const alone = text.slice(start, at).trim() === '' && text.slice(end, stop < 0 ? undefined : stop).trim() === '';
    return { from: start, to: stop < 0 ? text.length : stop + 1, alone };
  };
  const close = (part: Open, to: number) => {
    open.pop();
    const raw = text.slice(part.from, to);
    into().push(
      part.test
        ? { kind: 'when', test: part.test, yes: part.nodes, no: part.otherwise ?? [], raw }
        : { kind: 'each', key: part.key!, body: part.nodes, raw },
    );
  };
  for (const tag of tagsOf(text)) {
    const { inside } = tag;
    const line = span(tag);
    if (inside === 'fin' || inside === 'sinon') {
      const part = open.at(-1);
      if (!part || (inside === 'sinon' && (!part.test || part.otherwise))) {
        say(
          tag.at,
          inside === 'fin' ? '« fin » sans « si » ni « pour » avant.' : '« sinon » n’est pas dans une partie « si ».',
        );
        continue;
      }
      keep(line.alone ? Math.max(done, line.from) : tag.at);
      done = line.alone ? line.to : tag.end;
      if (inside === 'sinon') part.otherwise = [];
      else close(part, done);
    } else if (inside.startsWith('si ') || inside.startsWith('pour ')) {
      const test = inside.startsWith('si ') ? testOf(inside.slice(3)) : undefined;
      const list = inside.startsWith('pour ') ? inside.slice(5).replace(/^chaque /, '') : undefined;
      if ((!test && list === undefined) || (list !== undefined && !key.test(list))) {
        say(
          tag.at,
          `« ${inside} » : condition illisible. Écrivez « si champ », « si non champ », « si champ et champ » ou « pour liste ».`,
        );
        continue;
      }
      if (list !== undefined && open.some((part) => part.key !== undefined)) {
        // One list inside another would grow without end.
        say(tag.at, 'Une partie « pour » ne se met pas dans une autre.');
        continue;
      }
      if (open.length >= deepest) {
        say(tag.at, `Parties emboîtées trop profondément (${deepest} au plus).`);
        continue;
      }
      const from = line.alone ? Math.max(done, line.from) : tag.at;
      keep(from);
      done = line.alone ? line.to : tag.end;
      open.push({ tag, from, nodes: [], ...(test ? { test } : { key: list! }) });
    } else if (key.test(inside)) {
      keep(tag.at);
      done = tag.end;
      into().push({ kind: 'field', key: inside, raw: text.slice(tag.at, tag.end), alone: line.alone });
    } else
      say(tag.at, inside ? `« ${inside.slice(0, 60)} » n’est pas un champ.` : '« {{ » sans « }} » sur la même ligne.');
  }
  while (open.length > 0) {
    const part = open.at(-1)!;
    say(part.tag.at, `« ${part.tag.inside} » n’a pas de « fin ».`);
    keep(text.length);
    close(part, text.length);
  }
  keep(text.length);
  return { nodes: root, flaws };
}

/** Every field a text names, those of its conditions included; `inside`: short names of the line of the list they stand in. */
export function keysIn(
  nodes: readonly TemplateNode[],
  list: string | null = null,
): { key: string; list: string | null; use: 'field' | 'test' | 'list' }[] {
  return nodes.flatMap((node): ReturnType<typeof keysIn> => {
    if (node.kind === 'field') return [{ key: node.key, list, use: 'field' }];
    if (node.kind === 'when')
      return [
        ...node.test.terms.map((term) => ({ key: term.key, list, use: 'test' as const })),
        ...keysIn(node.yes, list),
        ...keysIn(node.no, list),
      ];
    return node.kind === 'each' ? [{ key: node.key, list, use: 'list' as const }, ...keysIn(node.body, node.key)] : [];
  });
}
