import * as Y from 'yjs';
import type { Section } from '../contract/meetings.ts';
import { printable } from './minutes-text.ts';

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

/** What the minutes say, whatever the order in which the updates came. */
export function textsOf(updates: readonly Uint8Array[]): Record<Section, string> {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const say = (name: Section) => printable(doc.getText(name).toString().replace(/\r\n?/g, '\n')).trim();
  const texts = { situation: say('situation'), discussion: say('discussion'), decisions: say('decisions') };
  doc.destroy();
  return texts;
}

/** The document that begins with these words: a reopened meeting whose updates are gone. The client number is fixed, so that two servers make the same. */
export function documentOf(texts: Record<Section, string>): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  for (const [name, text] of Object.entries(texts)) if (text) doc.getText(name).insert(0, text);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}
