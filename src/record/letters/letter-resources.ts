import { createHash } from 'node:crypto';
import type { Binary, DocumentReference, Provenance } from '@medplum/fhirtypes';
import { mustBeLetIn, staffOf } from '../../access/index.ts';
import { kindOfResource, newId, type Resource, type Stored } from '../../fhir/index.ts';
import { fillTemplate, invalid, Problem } from '../../platform/index.ts';
import type { LetterBody } from '../contract/wire-letters.ts';
import { dateLabel, dayOf } from '../dates.rules.ts';
import type { Entered } from '../read/enter.ts';
import { author, stamped, subjectOf } from '../write/author.ts';
import { type LetterMade, letterResource, sensitivityFrom } from './letter.rules.ts';
import { letterheadOf } from './letterhead.ts';
import { drawLetter } from './paper.ts';
import { lateValues, type Signer, signerOf } from './signer.ts';
import { administrativeOf, cannotSign, type Desk, type Origin } from './letter-desk.ts';

interface Writing {
  id: string;
  base?: Stored<'DocumentReference'> | undefined;
  origin: Origin;
  body: LetterBody;
  signed: boolean;
  replaces?: Stored<'DocumentReference'> | undefined;
  reason?: string | undefined;
  /** The request that it carries outside, when it is new: its next versions keep it. */
  carries?: { id?: string } | null;
}
/** The resources of a letter: its DocumentReference, and when it is signed the PDF/A and where it comes from. */
export async function resourcesOf(
  desk: Desk,
  { id, base, origin, body, signed, replaces, reason, carries }: Writing,
): Promise<{ letter: DocumentReference; beside: Resource[]; provenance: Provenance[] }> {
  const { entered } = desk;
  const administrative = administrativeOf(entered, origin, body);
  const sensitive = sensitivityFrom(body);
  const me = author(entered);
  const before = base ? (base.resource.author ?? []) : [];
  const asked = body.signatory === null || signed ? entered.caller.practitioner : body.signatory;
  const signer = await signerOf(entered, asked);
  if (!signer)
    throw invalid('La personne qui doit signer n’est pas dans l’annuaire de la structure. Rien n’a été enregistré.', {
      signatory: 'Choisissez une personne de la structure.',
    });
  const words = signed ? signedWords(desk, origin, body, signer) : body;
  const pdf = signed ? await draw(desk, id, words, signer, replaces) : undefined;
  const binaryId = newId();
  const from = base ?? replaces;
  const made: LetterMade = {
    id,
    body: words,
    administrative,
    template: origin.template,
    signers: origin.signers,
    plain: origin.administrative,
    subject: subjectOf(entered),
    related: carries ? [{ reference: `ServiceRequest/${carries.id}` }] : from?.resource.context?.related || [],
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
  const named = new Set([signer.id, ...body.recipients.map(({ practitioner }) => practitioner)]);
  named.delete(entered.caller.practitioner);
  await entered.store.sql(async (sql) => {
    const people = (await staffOf(sql, entered.caller.tenant)).filter((one) => named.has(one.practitioner));
    const nothing = 'Rien n’a été enregistré ; votre texte est conservé.';
    await mustBeLetIn(sql, entered.patientId, [kindOfResource(letter)], people, nothing);
  });
  if (!pdf) return { letter, beside: [], provenance: [] };
  const binary: Binary = {
    resourceType: 'Binary',
    id: binaryId,
    contentType: 'application/pdf',
    securityContext: { reference: `DocumentReference/${id}` },
    data: pdf.toString('base64'),
  };
  return {
    letter,
    beside: [stamped(entered, binary, { sensitive, administrative })],
    provenance: entered.rights.add.has('summary') ? [signatureOf(entered, id, before, replaces)] : [],
  };
}
/** Who answers for the letter, who wrote it with them, and what it replaces. */
function signatureOf(
  entered: Entered,
  id: string,
  before: NonNullable<DocumentReference['author']>,
  replaces: Stored<'DocumentReference'> | undefined,
): Provenance {
  const me = author(entered);
  const participant = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';
  return {
    resourceType: 'Provenance',
    id: newId(),
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
      { type: { coding: [{ system: participant, code: 'legal' }] }, who: me },
      ...before
        .filter(({ reference }) => reference !== me.reference)
        .map((who) => ({ type: { coding: [{ system: participant, code: 'author' }] }, who: who as typeof me })),
    ],
    ...(replaces && {
      entity: [{ role: 'revision' as const, what: { reference: `DocumentReference/${replaces.id}` } }],
    }),
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
  replaces: Stored<'DocumentReference'> | undefined,
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
          ? `Annule et remplace le courrier ${referenceOf(replaces.id)} du ${dateLabel(replaces.resource.date)}`
          : null,
      },
    },
    entered.now,
  );
}
