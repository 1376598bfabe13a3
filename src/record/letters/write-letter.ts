import { createHash } from 'node:crypto';
import type { Binary, DocumentReference, Provenance } from '@medplum/fhirtypes';
import { isProfession, professions } from '../../access/index.ts';
import { type FhirStore, newId, type Resource, type Stored } from '../../fhir/index.ts';
import { conflict, fillTemplate, forbidden, invalid, isOpen, notFound, Problem } from '../../platform/index.ts';
import type { Written } from '../contract.ts';
import { type LetterBody, letterWays } from '../contract/wire-letters.ts';
import { dateLabel, dayOf } from '../dates.rules.ts';
import { as } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { correctionUrl, extensionText } from '../read/labels.ts';
import { correctedByUrl, kindOfStored, statusOf } from '../read/reading.ts';
import { author, stamped, subjectOf } from '../write/author.ts';
import { tellAuthor, whyNotReplaced } from '../write/own-words.ts';
import { entryOf, replace, written } from '../write/save.ts';
import {
  begunPlain,
  givenExtension,
  isLetter,
  type LetterMade,
  letterResource,
  pdfOf,
  sensitivityFrom,
  signersOf,
  staysAdministrative,
  templateOf,
} from './letter.rules.ts';
import { letterheadOf } from './letterhead.ts';
import { drawLetter } from './paper.ts';
import { secureMailFor, type SecureMailPort } from './secure-mail.ts';
import { type LetterShelf, templateHeld } from './template-library.ts';
import { lateValues, type Signer, signerOf } from './values.ts';

/** One person, one record, the practice's templates. */
export interface Desk {
  entered: Entered;
  shelf: LetterShelf;
  /** Name of the practice. */
  practice: string;
  secureMail: SecureMailPort | undefined;
}
export const mayWriteLetters = ({ rights }: Entered): boolean =>
  rights.add.has('documents') || rights.add.has('administrative');
function demandWriter(entered: Entered): void {
  if (!mayWriteLetters(entered))
    throw forbidden('Vos droits ne permettent pas d’écrire de courrier pour ce patient. Rien n’a été enregistré.');
}
/** A letter of this patient; 404 for anything else. */
export async function letterOf(entered: Entered, id: string): Promise<Stored> {
  const stored = await entryOf(entered, 'DocumentReference', id);
  if (!isLetter(stored.resource) || kindOfStored(stored) === 'private-notes') throw notFound('Ce courrier');
  return stored;
}

interface Origin {
  template: LetterMade['template'];
  signers: readonly string[];
  /** Of the template: nothing about health. */
  administrative: boolean;
}
async function originOf({ shelf, entered }: Desk, template: string | null): Promise<Origin> {
  // What the secretariat writes without a template is nothing about health.
  if (template === null) return { template: null, signers: [], administrative: !entered.rights.add.has('documents') };
  const { stored, library, body } = await templateHeld(shelf, template);
  if (library.status === 'draft')
    throw conflict(
      'Ce modèle est encore un brouillon : mettez-le en service, ou écrivez sans modèle. Rien n’a été enregistré.',
    );
  return {
    template: { id: stored.id, edition: library.version ?? '', title: body.title },
    signers: body.signers,
    administrative: body.administrative,
  };
}
/** A letter goes on as it was begun: its template, whoever takes it up. */
export const originIn = (letter: DocumentReference): Origin => ({
  template: templateOf(letter),
  signers: signersOf(letter),
  administrative: begunPlain(letter),
});

/** Whoever may write documents writes a letter of care, unless all of it is administrative; others write for the secretariat only. */
function administrativeOf({ rights }: Entered, origin: Origin, body: LetterBody): boolean {
  const stays = staysAdministrative(body.fields);
  if (rights.add.has('documents'))
    return origin.administrative && stays && !body.reserved && sensitivityFrom(body) === null;
  if (!stays || sensitivityFrom(body) !== null)
    throw forbidden(
      'Ce courrier reprend des informations de soins : vos droits ne permettent pas de l’enregistrer. Rien n’a été modifié.',
    );
  return true;
}
const sayProfessions = (codes: readonly string[]): string =>
  codes
    .filter(isProfession)
    .map((code) => professions[code].fr.toLowerCase())
    .join(', ');
/** Why this person may not sign this, or nothing. */
export function cannotSign(
  entered: Entered,
  origin: Pick<Origin, 'template' | 'signers' | 'administrative'>,
  body: Pick<LetterBody, 'text' | 'title'>,
): string | null {
  if (!mayWriteLetters(entered)) return 'Vos droits ne permettent pas de signer de courrier pour ce patient.';
  if (origin.signers.length > 0 && !origin.signers.includes(entered.caller.profession))
    return `Ce courrier se signe par : ${sayProfessions(origin.signers)}. Confiez-le à la signature.`;
  if (!entered.rights.add.has('documents') && origin.template !== null && !origin.administrative)
    return 'Ce courrier parle de soins : confiez-le à la signature d’un soignant.';
  if (!body.text.trim()) return 'Le courrier n’a pas encore de texte.';
  const left = fillTemplate(`${body.title}\n\n${body.text}`, (key) =>
    key.startsWith('signataire.') ? { state: 'known', text: 'x' } : undefined,
  );
  if (isOpen(left.text))
    return 'Des champs ou des parties restent à compléter ou à retirer du texte avant la signature.';
  return null;
}

interface Writing {
  id: string;
  base?: Stored | undefined;
  origin: Origin;
  body: LetterBody;
  signed: boolean;
  replaces?: Stored | undefined;
  reason?: string | undefined;
}
/** The resources of a letter: its DocumentReference, and when it is signed the PDF/A and where it comes from. */
async function resourcesOf(
  desk: Desk,
  { id, base, origin, body, signed, replaces, reason }: Writing,
): Promise<{ letter: Resource; beside: Resource[]; provenance: Provenance[] }> {
  const { entered } = desk;
  const administrative = administrativeOf(entered, origin, body);
  const sensitive = sensitivityFrom(body);
  const me = author(entered);
  const before = base ? (as<DocumentReference>(base).author ?? []) : [];
  const asked = body.signatory === null || signed ? entered.caller.practitioner : body.signatory;
  const signer = await signerOf(entered, asked);
  if (!signer)
    throw invalid('La personne qui doit signer n’est pas dans l’annuaire de la structure. Rien n’a été enregistré.', {
      signatory: 'Choisissez une personne de la structure.',
    });
  const words = signed ? signedWords(desk, origin, body, signer) : body;
  const pdf = signed ? await draw(desk, id, words, signer, replaces) : undefined;
  const [binaryId, provenanceId] = [newId(), newId()];
  const made: LetterMade = {
    id,
    body: words,
    administrative,
    template: origin.template,
    signers: origin.signers,
    plain: origin.administrative,
    subject: subjectOf(entered),
    at: entered.now.toISOString(),
    author: signed
      ? [me, ...before.filter(({ reference }) => reference !== me.reference)]
      : before.length > 0
        ? before
        : [me],
    signatory: signed ? me : body.signatory ? { reference: `Practitioner/${signer.id}`, display: signer.name } : null,
    ...(pdf && {
      signed: {
        pdf: { id: binaryId, size: pdf.length, hash: createHash('sha1').update(pdf).digest('base64') },
        replaces: replaces?.id ?? null,
      },
    }),
  };
  const letter = stamped(entered, letterResource(made), {
    sensitive,
    administrative,
    reason,
    ...(base && { base: base.resource }),
  });
  if (!pdf) return { letter, beside: [], provenance: [] };
  const binary: Binary = {
    resourceType: 'Binary',
    id: binaryId,
    contentType: 'application/pdf',
    securityContext: { reference: `DocumentReference/${id}` },
    data: pdf.toString('base64'),
  };
  const provenance: Provenance = {
    resourceType: 'Provenance',
    id: provenanceId,
    target: [{ reference: `DocumentReference/${id}` }],
    recorded: entered.now.toISOString(),
    activity: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion',
          code: 'LA',
          display: 'legally authenticated',
        },
      ],
    },
    agent: [
      {
        type: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'legal' }],
        },
        who: me,
      },
      ...before
        .filter(({ reference }) => reference !== me.reference)
        .map((who) => ({
          type: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'author' }],
          },
          who: who as typeof me,
        })),
    ],
    ...(replaces && {
      entity: [{ role: 'revision' as const, what: { reference: `DocumentReference/${replaces.id}` } }],
    }),
  };
  return {
    letter,
    beside: [stamped(entered, binary, { sensitive, administrative })],
    provenance: entered.rights.add.has('summary') ? [provenance] : [],
  };
}
function signedWords({ entered }: Desk, origin: Origin, body: LetterBody, signer: Signer): LetterBody {
  const why = cannotSign(entered, origin, body);
  if (why)
    throw new Problem(422, 'Signature impossible', `${why} Rien n’a été signé ; votre texte est conservé.`, {
      fields: { text: why },
      extra: { code: 'cannot-sign' },
    });
  const late = lateValues(signer);
  return { ...body, title: fillTemplate(body.title, late).text, text: fillTemplate(body.text, late).text };
}
export const referenceOf = (id: string): string =>
  id
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-8)
    .toUpperCase();
async function draw(
  { entered, shelf, practice }: Desk,
  id: string,
  body: LetterBody,
  signer: Signer,
  replaces: Stored | undefined,
): Promise<Buffer> {
  return drawLetter(
    {
      patient: entered.patient,
      today: entered.reading.today,
      head: await letterheadOf(shelf, practice),
      signer,
      recipients: body.recipients,
      subject: body.title,
      text: body.text,
      on: dayOf(entered.now.toISOString()),
      reference: referenceOf(id),
      standing: {
        kind: 'signed',
        words: `Signé dans Estran le ${dateLabel(entered.now.toISOString(), true)}`,
        replaces: replaces
          ? `Annule et remplace le courrier ${referenceOf(replaces.id)} du ${dateLabel(as<DocumentReference>(replaces).date)}`
          : null,
      },
    },
    entered.now,
  );
}

/** What another part of the record says on the DocumentReference of a letter, and writes in its transaction. */
export interface Along {
  about(letter: Resource): Resource;
  after(store: FhirStore, letter: Stored): Promise<void>;
}
/** Keeps a letter in preparation, or signs it at once. */
export async function writeLetter(
  desk: Desk,
  { act, ...body }: LetterBody & { act: 'keep' | 'sign' },
  along?: Along,
): Promise<Written> {
  const { entered } = desk;
  demandWriter(entered);
  const origin = await originOf(desk, body.template);
  const made = await resourcesOf(desk, { id: newId(), origin, body, signed: act === 'sign' });
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
  const letter = as<DocumentReference>(base);
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
  const letter = as<DocumentReference>(base);
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
  const letter = as<DocumentReference>(stored);
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
export const reasonOf = (letter: DocumentReference): string | null => extensionText(letter, correctionUrl) ?? null;
