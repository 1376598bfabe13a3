import type { DocumentReference } from '@medplum/fhirtypes';
import { type FhirStore, newId, type Stored } from '../../fhir/index.ts';
import { conflict, forbidden } from '../../platform/index.ts';
import type { Written } from '../contract.ts';
import { type LetterBody, letterWays } from '../contract/wire-letters.ts';
import { correctedByUrl, statusOf } from '../read/reading.ts';
import { author } from '../write/author.ts';
import { tellAuthor, whyNotReplaced } from '../write/own-words.ts';
import { replace, written } from '../write/save.ts';
import { givenExtension, pdfOf } from './letter.rules.ts';
import { secureMailFor } from './secure-mail.ts';
import { demandWriter, type Desk, letterOf, originIn, originOf } from './letter-desk.ts';
import { resourcesOf } from './letter-resources.ts';
import { requestAsked } from './request-letter.ts';

/** What another part of the record says on the DocumentReference of a letter, and writes in its transaction. */
export interface Along {
  about(letter: DocumentReference): DocumentReference;
  after(store: FhirStore, letter: Stored<'DocumentReference'>): Promise<void>;
}
/** Keeps a letter in preparation, or signs it at once. */
export async function writeLetter(
  desk: Desk,
  { act, request, ...body }: LetterBody & { act: 'keep' | 'sign'; request?: string | null },
  along?: Along,
): Promise<Written> {
  const { entered } = desk;
  demandWriter(entered);
  const origin = await originOf(desk, body.template);
  const carries = request ? await requestAsked(entered, request) : null;
  const made = await resourcesOf(desk, { id: newId(), origin, body, signed: act === 'sign', carries });
  const stored = await entered.store.transaction(async (store) => {
    const [letter] = await store.createMany([along ? along.about(made.letter) : made.letter]);
    if (made.beside.length > 0) await store.createMany([...made.beside, ...made.provenance]);
    await along?.after(store, letter!);
    return letter!;
  });
  return written(entered, [stored]);
}
const notADraft = () =>
  conflict(
    'Ce courrier est déjà signé : il ne se change plus. Corrigez-le : la nouvelle version le remplacera, et les deux resteront lisibles.',
    { code: 'not-a-draft' },
  );

/** Changes a letter in preparation, or signs it: who prepared it stays named. */
export async function changeLetter(
  desk: Desk,
  id: string,
  { act, version, ...body }: LetterBody & { act: 'keep' | 'sign'; version: number },
): Promise<Written> {
  const { entered } = desk;
  demandWriter(entered);
  const base = await letterOf(entered, id);
  if (statusOf(base.resource) !== 'draft') throw notADraft();
  const letter = base.resource;
  const origin = originIn(letter);
  // What the secretariat began from a template of care becomes a letter of care with the first person who may write one.
  const made = await resourcesOf(desk, { id, base, origin, body, signed: act === 'sign' });
  const stored = await entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const saved = await replace(
      within,
      base,
      version,
      { ...made.letter, id },
      act === 'sign' ? 'courrier signé' : null,
    );
    if (made.beside.length > 0) await store.createMany([...made.beside, ...made.provenance]);
    return saved;
  });
  return written(entered, [stored]);
}

/** Signs a letter that takes the place of a signed one; the one before is marked as replaced and stays as it was. */
export async function amendLetter(
  desk: Desk,
  id: string,
  { version, reason, ...body }: LetterBody & { version: number; reason: string },
): Promise<Written> {
  const { entered } = desk;
  demandWriter(entered);
  const base = await letterOf(entered, id);
  const letter = base.resource;
  if (!['final', 'amended'].includes(statusOf(base.resource)))
    throw conflict('Seul un courrier signé se corrige ainsi. Rien n’a été modifié.', { code: 'not-signed' });
  if (letter.status === 'superseded')
    throw conflict('Ce courrier a déjà été remplacé : corrigez la version en vigueur. Rien n’a été modifié.', {
      code: 'superseded',
    });
  const why = await whyNotReplaced(entered, base);
  if (why) throw forbidden(`${why} Rien n’a été modifié ; votre texte est conservé.`);
  const origin = originIn(letter);
  const made = await resourcesOf(desk, { id: newId(), origin, body, signed: true, replaces: base, reason });
  const old = {
    ...base.resource,
    status: 'superseded',
    extension: [
      ...(letter.extension ?? []).filter(({ url }) => url !== correctedByUrl),
      { url: correctedByUrl, valueReference: author(entered) },
    ],
  };
  const lines = await entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const before = await replace(within, base, version, old, reason);
    const [next] = await store.createMany([made.letter]);
    await store.createMany([...made.beside, ...made.provenance]);
    await tellAuthor(within, store, base, { kind: 'letter-replaced', reason });
    return [next!, before];
  });
  return written(entered, lines);
}

export async function dropLetter({ entered }: Desk, id: string, { version }: { version: number }): Promise<void> {
  const stored = await letterOf(entered, id);
  if (statusOf(stored.resource) !== 'draft') throw notADraft();
  if (stored.version !== version)
    throw conflict(
      'Ce courrier a été modifié par quelqu’un d’autre depuis que vous l’avez ouvert. Rechargez-le : rien n’a été jeté.',
      { code: 'edited-meanwhile' },
    );
  await entered.store.delete('DocumentReference', id, {
    ifMatch: `W/"${version}"`,
    reason: 'courrier en préparation jeté',
  });
}

/** Where a signed letter went: on paper, as one says; by the secure mail, through its queue. */
export async function giveLetter(
  desk: Desk,
  id: string,
  { version, way, to }: { version: number; way: keyof typeof letterWays; to: string },
): Promise<Written> {
  const { entered } = desk;
  demandWriter(entered);
  const stored = await letterOf(entered, id);
  const letter = stored.resource;
  if (pdfOf(letter) === null || !['final', 'amended'].includes(statusOf(stored.resource)))
    throw conflict('Un courrier part une fois signé. Rien n’a été noté.', { code: 'not-signed' });
  const address = way === 'mssante' ? secureMailFor(desk.secureMail, letter, to) : '';
  const mark = givenExtension({
    way,
    to,
    address,
    at: entered.now.toISOString(),
    by: author(entered),
    state: way === 'mssante' ? 'waiting' : 'done',
    failure: '',
  });
  const kept = (letter.extension ?? []).filter(({ url }) => url !== correctedByUrl);
  const saved = await entered.store.transaction(async (store) => {
    const one = await replace(
      { ...entered, store },
      stored,
      version,
      { ...stored.resource, extension: [...kept, { url: correctedByUrl, valueReference: author(entered) }, mark] },
      letterWays[way].toLowerCase(),
    );
    if (way === 'mssante') await desk.secureMail!.enqueue(store, { letter: id, at: entered.now.toISOString() });
    return one;
  });
  return written(entered, [saved]);
}
