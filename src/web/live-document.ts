import * as Y from 'yjs';
import { Refusal } from './api.ts';

/** Where what I typed is: on the server's disk, on its way, here only because the network is gone, refused. */
export type Kept = 'loading' | 'kept' | 'sending' | 'here-only' | 'closed' | 'gone' | 'refused';
/** The way to the server of one text that is written together. Both throw `Refusal`. */
export interface TextWire {
  /** Updates since a number; `open`: it may be written. */
  pull(since: number): Promise<{ seq: number; updates: string[]; open: boolean }>;
  /** Resolves once it is on the server's disk. */
  push(update: string): Promise<unknown>;
}
// Under the prefix of drafts, which goes at sign-out (web/drafts.ts).
const shadow = (key: string) => `estran-draft:${key}`;
const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/**
 * A text in parts while it is written: a document that several people change at once (Yjs, docs/adr/0015). What is typed is here at once and in this
 * tab's storage, then on the server; what others type is read when a hint says so. Without a network one goes on typing: it merges later.
 */
export class LiveDocument {
  readonly doc = new Y.Doc();
  readonly undo: Y.UndoManager;
  kept: Kept = 'loading';
  seq = 0;
  readonly #key: string;
  readonly #wire: TextWire;
  #pending: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;
  #pulling = false;
  #again = false;
  #held = false;
  #wait = 250;
  #ended = false;
  #listeners = new Set<() => void>();
  /** Of any change that a screen shows: words, or where they are kept. */
  changes = 0;

  /**
   * @param key of the text among all that this browser may hold
   * @param parts names of its texts
   */
  constructor(key: string, parts: readonly string[], wire: TextWire) {
    this.#key = key;
    this.#wire = wire;
    this.undo = new Y.UndoManager(
      parts.map((part) => this.text(part)),
      { trackedOrigins: new Set([this]) },
    );
    const left = sessionStorage.getItem(shadow(key));
    if (left) {
      try {
        const update = bytesOf((JSON.parse(left) as { update: string }).update);
        Y.applyUpdate(this.doc, update, 'server');
        this.#pending.push(update);
      } catch {
        sessionStorage.removeItem(shadow(key));
      }
    }
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') {
        this.#pending.push(update);
        this.#shadow();
        this.#set(this.kept === 'here-only' || this.kept === 'closed' ? this.kept : 'sending');
        this.#later(this.#wait);
      }
      this.#say();
    });
    globalThis.addEventListener('online', this.#online);
    void this.pull().then(() => this.#pending.length > 0 && this.#later(0));
  }
  text(part: string): Y.Text {
    return this.doc.getText(part);
  }
  /** Types: what it does to the words is mine, can be undone by me, and is sent. */
  change(work: () => void): void {
    this.doc.transact(work, this);
  }
  listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  version = (): number => this.changes;
  /** While signs are being composed (accents, other scripts) what others type waits. */
  hold(on: boolean): void {
    this.#held = on;
    if (!on && this.#again) void this.pull();
  }

  #online = () => {
    this.#wait = 250;
    this.#later(0);
    void this.pull();
  };
  #say(): void {
    this.changes++;
    for (const listener of [...this.#listeners]) listener();
  }
  #set(kept: Kept): void {
    if (this.kept === kept) return;
    this.kept = kept;
    this.#say();
  }
  #shadow(): void {
    try {
      if (this.#pending.length > 0)
        sessionStorage.setItem(shadow(this.#key), JSON.stringify({ update: base64(Y.mergeUpdates(this.#pending)) }));
      else sessionStorage.removeItem(shadow(this.#key));
    } catch {}
  }
  #later(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.send(), wait);
  }

  /** Sends what waits; resolves when there is nothing left to send or it cannot be sent now. */
  async send(): Promise<void> {
    if (this.#sending || this.#pending.length === 0) return;
    this.#sending = true;
    const sent = this.#pending.length;
    const update = Y.mergeUpdates(this.#pending);
    try {
      await this.#wire.push(base64(update));
      this.#pending.splice(0, sent);
      this.#shadow();
      this.#wait = 250;
      this.#set(this.#pending.length > 0 ? 'sending' : 'kept');
      if (this.#pending.length > 0) this.#later(this.#wait);
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 0;
      // The session is over, the network or the server are gone: it is kept here and tried again.
      if (status === 0 || status === 401 || status === 423 || status === 429 || status >= 500) {
        this.#set('here-only');
        this.#wait = Math.min(this.#wait * 2, 8_000);
        if (!this.#ended) this.#later(this.#wait);
      } else this.#set(status === 409 ? 'closed' : status === 404 ? 'gone' : 'refused');
    } finally {
      this.#sending = false;
    }
  }
  /** Reads what others typed since what is here. `to`: a hint said so; nothing is read when it is here already. */
  async pull(to?: number): Promise<void> {
    if (to !== undefined && to <= this.seq) return;
    if (this.#pulling || this.#held) {
      this.#again = true;
      return;
    }
    this.#pulling = true;
    this.#again = false;
    try {
      const { seq, updates, open } = await this.#wire.pull(this.seq);
      for (const update of updates) Y.applyUpdate(this.doc, bytesOf(update), 'server');
      this.seq = Math.max(this.seq, seq);
      if (!open) this.#set('closed');
      else if (this.kept === 'closed' && this.#pending.length > 0) {
        this.#set('sending');
        this.#later(0);
      } else if (this.kept === 'loading' || this.kept === 'closed') this.#set('kept');
    } catch (error) {
      if (error instanceof Refusal && (error.status === 404 || error.status === 403)) this.#set('gone');
      else if (this.kept === 'loading') this.#set('here-only');
    } finally {
      this.#pulling = false;
      if (this.#again && !this.#held && !this.#ended) void this.pull();
    }
  }
  /** Leaves the document; what still waits is sent. */
  end(): void {
    this.#ended = true;
    globalThis.removeEventListener('online', this.#online);
    clearTimeout(this.#timer);
    void this.send();
    this.#listeners.clear();
  }
}

/** What became of a text, as one change in one place: same beginning, same end. The caret says which of two equal signs was typed. */
export function changed(before: string, after: string, caret: number): { at: number; gone: number; put: string } {
  const end = Math.max(0, after.length - caret);
  let tail = 0;
  while (tail < Math.min(end, before.length) && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail++;
  let head = 0;
  while (head < Math.min(before.length, after.length) - tail && before[head] === after[head]) head++;
  while (
    tail < Math.min(before.length, after.length) - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  return { at: head, gone: before.length - head - tail, put: after.slice(head, after.length - tail) };
}

/** Ties a field to a text: typing changes the text, others' changes show without moving the caret. Returns the way to untie. */
export function bind(field: HTMLTextAreaElement, live: LiveDocument, part: string): () => void {
  const text = live.text(part);
  let composing = false;
  let caret: { from: Y.RelativePosition; to: Y.RelativePosition } | null = null;
  const typed = () => {
    if (composing) return;
    const { at, gone, put } = changed(text.toString(), field.value, field.selectionEnd);
    if (gone === 0 && put === '') return;
    live.change(() => {
      if (gone > 0) text.delete(at, gone);
      if (put) text.insert(at, put);
    });
  };
  const before = () => {
    caret =
      document.activeElement === field
        ? {
            from: Y.createRelativePositionFromTypeIndex(
              text,
              field.selectionStart,
              field.selectionStart === field.selectionEnd ? -1 : 0,
            ),
            to: Y.createRelativePositionFromTypeIndex(text, field.selectionEnd, -1),
          }
        : null;
  };
  const show = (_: unknown, transaction: Y.Transaction) => {
    const value = text.toString();
    if (transaction.origin === live && value === field.value) return;
    const { scrollTop } = field;
    field.value = value;
    field.scrollTop = scrollTop;
    const place = (position: Y.RelativePosition) =>
      Y.createAbsolutePositionFromRelativePosition(position, live.doc)?.index ?? value.length;
    if (caret) field.setSelectionRange(place(caret.from), place(caret.to));
  };
  const composed = (on: boolean) => () => {
    composing = on;
    if (!on) typed();
    live.hold(on);
  };
  const [start, stop] = [composed(true), composed(false)];
  const keys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    // The browser's own way back would take others' words away.
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) live.undo.redo();
    else live.undo.undo();
  };
  field.value = text.toString();
  field.addEventListener('input', typed);
  field.addEventListener('compositionstart', start);
  field.addEventListener('compositionend', stop);
  field.addEventListener('keydown', keys);
  live.doc.on('beforeTransaction', before);
  text.observe(show);
  return () => {
    field.removeEventListener('input', typed);
    field.removeEventListener('compositionstart', start);
    field.removeEventListener('compositionend', stop);
    field.removeEventListener('keydown', keys);
    live.doc.off('beforeTransaction', before);
    text.unobserve(show);
  };
}
