import { type messages, type PGlite, parse, protocol } from '@electric-sql/pglite';
import { createNames, manner } from './prepared.ts';

const { serialize } = protocol;
type Message = messages.BackendMessage;

/** What the engine says of a statement that it holds by name: what its parameters are (oids), and its columns where it has any. */
interface Held {
  parameters: number[];
  columns: messages.RowDescriptionMessage[];
}

/** What reads and writes rows; anything else may change the tables that held statements speak of. */
const rowsOnly = /^\s*(select|insert|update|delete|with)\b/i;
const bounds = /^\s*(begin|commit|savepoint|release|set|reset)\b/i;
const undone = /^\s*rollback\b/i;

/**
 * Runs statements on the embedded engine. The library's own way asks the engine six times a statement and has each one parsed and planned
 * anew, which costs three times what most of them take: here a text that comes back is held by name, and asked in one message (docs/adr/0064).
 * One at a time: callers wait for the answer before they ask again.
 */
export async function preparing(
  engine: PGlite,
): Promise<(text: string, params: readonly unknown[]) => Promise<unknown[]>> {
  await engine.exec(manner);
  const held = new Map<string, Held>();
  const nameOf = createNames(400);
  const send = (...parts: Uint8Array[]): Promise<Message[]> =>
    engine.execProtocolStream(Buffer.concat([...parts, serialize.sync()]));

  async function hold(name: string, text: string): Promise<Held> {
    const said = await send(serialize.parse({ name, text }), serialize.describe({ type: 'S', name }));
    const one = { parameters: parse.parseDescribeStatementResults(said), columns: said.filter(isColumns) };
    held.set(name, one);
    return one;
  }

  // Whether tables may have changed since the transaction began: what is undone changes them back.
  let changed = false;
  async function followTables(text: string): Promise<void> {
    if (bounds.test(text)) {
      if (/^\s*(begin|commit)\b/i.test(text)) changed = false;
      return;
    }
    if (undone.test(text) && !changed) return;
    changed = !undone.test(text);
    held.clear();
    await engine.exec('deallocate all');
  }

  return async (text, params) => {
    const reads = rowsOnly.test(text);
    const name = reads ? nameOf(text) : undefined;
    if (!name) {
      const { rows } = await engine.query(text, [...params]);
      if (!reads) await followTables(text);
      return rows;
    }
    const { parameters, columns } = held.get(name) ?? (await hold(name, text));
    const values = params.map((value, at) => asText(engine, value, parameters[at]!));
    const said = await send(serialize.bind({ statement: name, values }), serialize.execute());
    return parse.parseResults([...columns, ...said], engine.parsers)[0]!.rows;
  };
}

const isColumns = (message: Message): message is messages.RowDescriptionMessage => message.name === 'rowDescription';

const asText = (engine: PGlite, value: unknown, oid: number): string | null =>
  value === null || value === undefined ? null : (engine.serializers[oid]?.(value) ?? String(value));
