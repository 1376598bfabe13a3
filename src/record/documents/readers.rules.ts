import type { DocumentReference, Extension, Reference } from '@medplum/fhirtypes';
import { idOf } from '../fhir-words.ts';
import { extensionText, readUrl } from '../read/labels.ts';

/** Who is asked to read or sign a document: on the document itself, so that it goes with it. */
export const readerUrl = 'urn:estran:reader';
export const signedUrl = 'urn:estran:signed';
export const toReadUrl = 'urn:estran:to-read';
/** Whoever takes care of the patient. */
export const anyone = '*';

export interface Awaited {
  reader: string;
  sign: boolean;
  since: string;
  /** What whoever asks said to them. */
  words: string | null;
  by: Reference | null;
  /** The task that follows it, when it was confided. */
  task: string | null;
}
const part = (extension: Extension, url: string): Extension | undefined =>
  extension.extension?.find((one) => one.url === url);
const all = (document: DocumentReference, url: string): Extension[] =>
  (document.extension ?? []).filter((one) => one.url === url);
/** Whom a mark counts for: who made it, or the one they stood in for. */
const countsFor = (mark: Extension): string | undefined =>
  idOf(part(mark, 'for')?.valueReference, 'Practitioner') ?? idOf(part(mark, 'by')?.valueReference, 'Practitioner');

/** Who has still to read or sign it. What was replaced or entered in error waits for nobody. */
export function awaitedOf(document: DocumentReference): Awaited[] {
  if (document.status !== 'current' || !document.subject) return [];
  const signed = new Set(all(document, signedUrl).map(countsFor));
  const read = new Set([...all(document, readUrl).map(countsFor), ...signed]);
  const asked = all(document, readerUrl);
  if (asked.length === 0)
    return extensionText(document, toReadUrl) === 'true' && read.size === 0
      ? [
          {
            reader: anyone,
            sign: false,
            since: document.content?.[0]?.attachment?.creation ?? document.date ?? '',
            words: null,
            by: null,
            task: null,
          },
        ]
      : [];
  const found = asked.flatMap((one): Awaited[] => {
    const reader = readerIn(one);
    const sign = part(one, 'sign')?.valueBoolean === true;
    const done =
      reader === anyone
        ? markedSince(document, sign, part(one, 'since')?.valueDateTime ?? '')
        : (sign ? signed : read).has(reader);
    return reader && !done
      ? [
          {
            reader,
            sign,
            since: part(one, 'since')?.valueDateTime ?? '',
            words: part(one, 'words')?.valueString ?? null,
            by: part(one, 'by')?.valueReference ?? null,
            task: taskIn(one) ?? null,
          },
        ]
      : [];
  });
  // Two who give it back: it waits once for the others.
  return found.filter((one, at) => found.findIndex(({ reader }) => reader === one.reader) === at);
}
/** @param who null: whoever takes care of the patient */
export const readerExtension = (
  who: Reference | null,
  sign: boolean,
  since: string,
  by: Reference | undefined,
  words?: string | null,
  task?: string | null,
): Extension => ({
  url: readerUrl,
  extension: [
    ...(who ? [{ url: 'who', valueReference: who }] : []),
    { url: 'sign', valueBoolean: sign },
    { url: 'since', valueDateTime: since },
    ...(by ? [{ url: 'by', valueReference: by }] : []),
    ...(words ? [{ url: 'words', valueString: words }] : []),
    ...(task ? [{ url: 'task', valueReference: { reference: `Task/${task}` } }] : []),
  ],
});
/** @param stoodIn whom one reads for while they are away */
export const markExtension = (
  url: string,
  by: Reference,
  at: string,
  comment?: string | null,
  stoodIn?: Reference,
): Extension => ({
  url,
  extension: [
    { url: 'by', valueReference: by },
    { url: 'at', valueDateTime: at },
    ...(comment ? [{ url: 'comment', valueString: comment }] : []),
    ...(stoodIn ? [{ url: 'for', valueReference: stoodIn }] : []),
  ],
});
/** Nobody in particular: whoever was asked gave it back, and who asked cannot read it. */
export const readerIn = (extension: Extension): string | undefined =>
  part(extension, 'who') ? idOf(part(extension, 'who')?.valueReference, 'Practitioner') : anyone;
const markedSince = (document: DocumentReference, sign: boolean, since: string): boolean =>
  marksOf(document).some((mark) => (mark.signed || !sign) && (mark.at ?? '') >= since);

export const taskIn = (extension: Extension): string | undefined =>
  idOf(part(extension, 'task')?.valueReference, 'Task');
/** Does this very reader still have to read or sign it? */
export const isAwaited = (document: DocumentReference, entry: Extension): boolean =>
  awaitedOf(document).some(({ reader }) => reader === readerIn(entry));
/** The same document asked of someone else than `entry` asks, once each. `task` null: nothing follows it any more. */
export function withReader(
  document: DocumentReference,
  entry: Extension,
  { who, since, task }: { who: Reference | null; since: string; task: string | null },
): Extension[] {
  const next = readerExtension(
    who,
    part(entry, 'sign')?.valueBoolean === true,
    since,
    part(entry, 'by')?.valueReference ?? who ?? undefined,
    null,
    task,
  );
  return [
    ...(document.extension ?? []).filter(
      (one) => one !== entry && !(one.url === readerUrl && who && readerIn(one) === readerIn(next)),
    ),
    next,
  ];
}

export interface Mark {
  by: Reference | undefined;
  at: string | null;
  comment: string | null;
  signed: boolean;
  stoodIn: Reference | undefined;
}
/** Who has read and signed it, oldest first. */
export const marksOf = (document: DocumentReference): Mark[] =>
  (document.extension ?? [])
    .filter((one) => one.url === readUrl || one.url === signedUrl)
    .map((one) => ({
      by: part(one, 'by')?.valueReference,
      at: part(one, 'at')?.valueDateTime ?? null,
      comment: part(one, 'comment')?.valueString ?? null,
      signed: one.url === signedUrl,
      stoodIn: part(one, 'for')?.valueReference,
    }));
/** What was asked of and said by the readers of one record is no word of another. */
export const withoutReaders = (document: DocumentReference): Extension[] =>
  (document.extension ?? []).filter((one) => ![readUrl, signedUrl, readerUrl, toReadUrl].includes(one.url));
