import fhirpath from 'fhirpath';

/** What a calculation may call: pure, and over in a time that grows with the answers. Nothing asks a server, nothing turns round for ever. */
const allowed = new Set(
  'where select exists empty not all any allTrue anyTrue sum count min max avg first last tail skip take distinct union combine intersect exclude isDistinct iif repeat descendants children ofType is as extension abs ceiling exp floor ln log power round sqrt truncate toDecimal toInteger toString toQuantity toBoolean toDate hasValue ordinal weight lower upper trim length contains startsWith endsWith today now single'.split(
    ' ',
  ),
);
const walks = new Set(['repeat', 'descendants', 'children']);
/** Functions whose argument is worked out once for each element. */
const each = new Set(['where', 'select', 'all', 'exists', 'repeat']);

interface Node {
  type: string;
  text?: string;
  children?: Node[];
}
const argumentsOf = (call: Node): Node[] =>
  call.children?.[0]?.children?.find(({ type }) => type === 'ParamList')?.children ?? [];

/** `inside`: worked out for each element already; `walked`: what comes before in the chain has gone through the whole tree. */
function fine(node: Node, inside: boolean): boolean {
  if (node.type === 'FunctionInvocation') {
    const name = node.text ?? '';
    const args = argumentsOf(node);
    if (!allowed.has(name) || (inside && walks.has(name))) return false;
    // Only down the items of the answers: any other repetition could make its own food.
    if (name === 'repeat' && !(args.length === 1 && args[0]!.text === 'item' && args[0]!.type === 'TermExpression'))
      return false;
    if (each.has(name) && args.length > 0 && inside) return false;
    return args.every((one) => fine(one, inside || each.has(name)));
  }
  if (node.type === 'InvocationExpression' && walksIn(node) > 1) return false;
  return (node.children ?? []).every((one) => fine(one, inside));
}
/** How often one chain goes through the whole tree: once is enough for anybody. */
function walksIn(node: Node): number {
  if (node.type !== 'InvocationExpression') return 0;
  const [before, call] = node.children ?? [];
  return (before ? walksIn(before) : 0) + (call?.type === 'FunctionInvocation' && walks.has(call.text ?? '') ? 1 : 0);
}

const known = new Map<string, boolean>();
/** May this FHIRPath be worked out where everyone works? It comes from whoever writes a section, or brings one from elsewhere. */
export function harmless(expression: string): boolean {
  const before = known.get(expression);
  if (before !== undefined) return before;
  let answer = false;
  try {
    answer = expression.length <= 4000 && fine(fhirpath.parse(expression) as Node, false);
  } catch {
    // What does not parse is not worked out.
  }
  if (known.size > 2000) known.clear();
  known.set(expression, answer);
  return answer;
}
