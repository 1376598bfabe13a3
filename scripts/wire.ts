import { isNode, type Node, within } from './syntax.ts';

const keyOf = ({ type, key }: Node): string | undefined =>
  type === 'Property' && isNode(key) && key.type === 'Identifier' ? (key.name as string) : undefined;
/** Text put in place of what stands from `start` to `end`. */
type Change = [start: number, end: number, put: string];

/** The parts of entries that one side has no use for, cut out. Lines stay where they are. */
function* cuts(program: Node, code: string, unused: ReadonlySet<string>): Generator<Change> {
  for (const node of within(program)) {
    if (node.type !== 'ObjectExpression') continue;
    const properties = node.properties as Node[];
    const keys = properties.map(keyOf);
    if (['method', 'path', 'may', 'does'].every((key) => keys.includes(key)))
      for (const [at, { start, end }] of properties.entries())
        if (unused.has(keys[at] ?? '')) {
          const next = properties[at + 1]?.start ?? (code[end] === ',' ? end + 1 : end);
          yield [start, next, code.slice(start, next).replaceAll(/[^\n]/g, '')];
        }
  }
}
/** Constants of the file that call something, marked: they are left out with all they call when nobody uses them. */
function* marks(program: Node & { body: Node[] }, code: string, which: (init: Node) => boolean): Generator<Change> {
  const pure = (words: string) => `/*#__PURE__*/(() => (${words}))()`;
  for (const statement of program.body) {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (!isNode(declared) || declared.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declared.declarations as { id: Node; init: Node | null }[]) {
      if (!init || /Function/.test(init.type)) continue;
      const parts =
        id.type === 'ObjectPattern' ? (id.properties as Node[]).map((part) => [keyOf(part), part.value] as const) : [];
      if (parts.length > 0 && parts.every(([key, name]) => key && isNode(name) && name.type === 'Identifier'))
        yield [
          id.start,
          init.end,
          parts
            .map(([key, name]) => `${(name as Node).name} = ${pure(`(${code.slice(init.start, init.end)}).${key}`)}`)
            .join(', '),
        ];
      else if (id.type === 'Identifier' && which(init))
        yield* [
          [init.start, init.start, '/*#__PURE__*/(() => ('],
          [init.end, init.end, '))()'],
        ] as Change[];
    }
  }
}

/**
 * What contracts declare is a shape of what comes and goes, for two sides that each use a part of it. `unused` are the parts of entries that
 * this side never reads; constants of the file whose value `which` picks are declarations: one that nothing uses any more goes, whatever it calls.
 */
export function wireWithout(
  unused: ReadonlySet<string>,
  code: string,
  program: Node & { body: Node[] },
  which: (init: Node) => boolean,
): string {
  const changes = [...cuts(program, code, unused), ...marks(program, code, which)];
  return changes
    .toSorted((a, b) => b[0] - a[0] || b[1] - a[1])
    .reduce((text, [start, end, put]) => text.slice(0, start) + put + text.slice(end), code);
}

/** Whether a file has shapes, and whether a value is made of them. */
export const hasShapes = (code: string): boolean => /import \{ z \} from ["']zod["']/.test(code);
export const isOfShapes = (init: Node): boolean =>
  [...within(init)].some(({ type, name }) => type === 'Identifier' && name === 'z');
