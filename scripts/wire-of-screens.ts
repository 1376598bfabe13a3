import type { Plugin } from 'vite';
import { isNode, type Node, within } from './syntax.ts';

const keyOf = ({ type, key }: Node): string | undefined =>
  type === 'Property' && isNode(key) && key.type === 'Identifier' ? (key.name as string) : undefined;

/** What of an entry the server reads; screens read its method and its path, and the compiler its types. */
const ofServer = new Set(['may', 'does', 'params', 'query', 'body', 'reply']);
const declarations = /[\\/]src[\\/](?:[^?]*[\\/])?(?:contract|data)(?:[\\/][^?]*|\.[^?]*)?\.ts$/;
/** Text put in place of what stands from `start` to `end`. */
type Change = [start: number, end: number, put: string];

/** The parts of entries that are the server's, cut out. */
function* cuts(program: Node): Generator<Change> {
  for (const node of within(program)) {
    if (node.type !== 'ObjectExpression') continue;
    const properties = node.properties as Node[];
    const keys = properties.map(keyOf);
    if (['method', 'path', 'may', 'does'].every((key) => keys.includes(key)))
      for (const [at, { start, end }] of properties.entries())
        if (ofServer.has(keys[at] ?? '')) yield [start, properties[at + 1]?.start ?? end, ''];
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
 * Screens call the same contract as the server mounts, and never check what comes or goes: the server does. So the files sent to browsers have of each entry its method and its path, and neither its schemas nor
 * the library that runs them; and of the plain data beside a contract, what a page uses. Contracts and data are declarations: what is not used is left out, whatever it calls.
 */
export const wireOfScreens: Plugin = {
  name: 'wire-of-screens',
  apply: 'build',
  enforce: 'post',
  transform: {
    filter: { id: /[\\/]src[\\/][^?]*\.tsx?$/ },
    handler(code, file) {
      const plain = declarations.test(file);
      const schemas = /import \{ z \} from ["']zod["']/.test(code);
      if (!plain && !schemas) return null;
      const program = this.parse(code) as unknown as Node & { body: Node[] };
      const which = (init: Node) =>
        [...within(init)].some(({ type, name }) =>
          plain ? type === 'CallExpression' || type === 'NewExpression' : type === 'Identifier' && name === 'z',
        );
      const changes = [...cuts(program), ...marks(program, code, which)].toSorted((a, b) => b[0] - a[0] || b[1] - a[1]);
      return {
        code: changes.reduce((text, [start, end, put]) => text.slice(0, start) + put + text.slice(end), code),
        map: null,
        ...(plain && { moduleSideEffects: false }),
      };
    },
  },
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk' && Object.keys(file.modules).some((id) => /[\\/]node_modules[\\/]zod[\\/]/.test(id)))
        this.error(
          `zod would be sent to browsers, in ${file.fileName}: a screen uses a schema for more than its type.`,
        );
  },
};
