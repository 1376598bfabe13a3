import * as Y from 'yjs';

/** XML and PDF know no control characters but tab and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g;
export const printable = (text: string): string => text.replace(control, '').toWellFormed();

export const merged = (updates: readonly Uint8Array[]): Uint8Array => Y.mergeUpdates([...updates]);

/** Is this an update of the kind our screens send: one that a document can take? Anything else is refused before it is kept. */
export function isUpdate(bytes: Uint8Array): boolean {
  try {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, bytes);
    doc.destroy();
    return true;
  } catch {
    return false;
  }
}

/** What the parts of a text written together say, whatever the order in which the updates came. */
export function textsOf<Part extends string>(
  updates: readonly Uint8Array[],
  parts: readonly Part[],
): Record<Part, string> {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const texts = Object.fromEntries(
    parts.map((name) => [name, printable(doc.getText(name).toString().replace(/\r\n?/g, '\n')).trim()]),
  ) as Record<Part, string>;
  doc.destroy();
  return texts;
}

/** An update that adds these words at the end of the parts of a text. */
export function appended(updates: readonly Uint8Array[], texts: Readonly<Record<string, string>>): Uint8Array {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const before = Y.encodeStateVector(doc);
  for (const [name, words] of Object.entries(texts)) doc.getText(name).insert(doc.getText(name).length, words);
  const update = Y.encodeStateAsUpdate(doc, before);
  doc.destroy();
  return update;
}

/** The document that begins with these words. The client number is fixed, so that two servers make the same. */
export function documentOf(texts: Readonly<Record<string, string>>): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  for (const [name, text] of Object.entries(texts)) if (text) doc.getText(name).insert(0, text);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}
