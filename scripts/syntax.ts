/** A node of the tree that Vite's own parser makes (ESTree). */
export interface Node {
  type: string;
  start: number;
  end: number;
  [part: string]: unknown;
}
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
/** The nodes right under this one, with the part of it in which each stands. */
export function* parts(node: Node): Generator<[part: string, child: Node]> {
  for (const [part, value] of Object.entries(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield [part, child];
}
/** This node and all under it. */
export function* within(node: Node): Generator<Node> {
  yield node;
  for (const [, child] of parts(node)) yield* within(child);
}
