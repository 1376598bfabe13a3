import type { DocumentReference } from '@medplum/fhirtypes';
import { goneFrom } from '../../access/index.ts';
import { categorySystem, type Stored } from '../../fhir/index.ts';
import { type FieldValue, type Filled, fillTemplate, notFound, type OpenField } from '../../platform/index.ts';
import { openKeysIn } from '../contract/letters/edit.rules.ts';
import type { FilledText, LetterBody, LetterDetail, LetterLine, LetterRecipient } from '../contract/wire-letters.ts';
import { dayOf, today } from '../dates.rules.ts';
import { idOf, labelOf, sensitivityOf } from '../fhir-words.ts';
import { addressLabel, briefOf, homeOf } from '../identity/patient.rules.ts';
import { briefsOf } from '../identity/search-patients.ts';
import { fieldOf } from '../data/letters/fields.ts';
import { letterTypes } from '../data/letters/uses.ts';
import type { Entered } from '../read/enter.ts';
import { headerOf } from '../read/header.ts';
import { correctionUrl, documentTitle, extensionText } from '../read/labels.ts';
import { emptyReading, kindOfStored, lineOf, type Reading, readingAbout, statusOf } from '../read/reading.ts';
import type { Ctx, PersonCaller, Room } from '../room.ts';
import { sendFile } from '../write/documents.ts';
import { whyNotReplaced } from '../write/own-words.ts';
import {
  fieldsOf,
  isAdministrative,
  isLetter,
  pdfOf,
  recipientsOf,
  replacesOf,
  signatoryOf,
  templateOf,
  textOf,
  waitsForSignature,
} from './letter.rules.ts';
import { givenLines } from './given.ts';
import { letterheadOf } from './letterhead.ts';
import { drawLetter } from './paper.ts';
import { notConfigured } from './secure-mail.ts';
import { templateHeld } from './template-library.ts';
import { signerOf } from './signer.ts';
import { valuesFor } from './values.ts';
import { cannotSign, type Desk, letterOf, mayWriteLetters, originIn } from './letter-desk.ts';
import { referenceOf } from './letter-resources.ts';

const labelOfField = (key: string): string => fieldOf(key)?.label ?? key;
const openOf = (open: readonly OpenField[]) => open.map((one) => ({ ...one, label: labelOfField(one.key) }));
const aboutOf = (entered: Entered) => {
  const brief = briefOf(entered.patient, entered.reading.today, false);
  return {
    id: entered.patientId,
    name: brief.name,
    about: [brief.birthName, `${brief.birthDateLabel} (${brief.age})`].filter(Boolean).join(', '),
  };
};

function letterLineOf(
  r: Reading,
  stored: Stored<'DocumentReference'>,
  all: readonly Stored<'DocumentReference'>[],
): LetterLine {
  const letter = stored.resource;
  const line = lineOf(r, stored);
  const signatory = signatoryOf(letter);
  const draft = line.status === 'draft';
  return {
    id: stored.id,
    version: stored.version,
    title: documentTitle(letter),
    typeLabel: labelOf(letter.type, 'Courrier'),
    status: line.status,
    statusLabel:
      letter.status === 'superseded'
        ? 'Remplacé'
        : draft
          ? waitsForSignature(letter)
            ? 'À signer'
            : 'En préparation'
          : line.statusLabel,
    at: letter.date ?? stored.updated,
    recorded: stored.updated,
    who: line.who,
    signatory: signatory ? r.directory.who(r.caller, { reference: `Practitioner/${signatory}` }) : null,
    recipients: recipientsOf(letter).map(({ name }) => name),
    administrative: isAdministrative(letter),
    sensitive: line.sensitive,
    replaces: replacesOf(letter),
    replacedBy:
      all.find((one) => replacesOf(one.resource) === stored.id && statusOf(one.resource) !== 'entered-in-error')?.id ??
      null,
    canEdit: line.canEdit,
  };
}
async function storedLetters(entered: Entered): Promise<Stored<'DocumentReference'>[]> {
  const { resources } = await entered.store.search('DocumentReference', [
    ['patient', `Patient/${entered.patientId}`],
    ['category', `${categorySystem}|letter`],
    ['_sort', '-date'],
    ['_count', '200'],
  ]);
  const letters = resources.filter((one) => isLetter(one.resource) && kindOfStored(one) !== 'private-notes');
  await entered.room.directory.learn(entered.store, letters);
  return letters;
}

/** The letters of a patient, and whom one may write to. */
export async function listLetters({ entered }: Desk) {
  const all = await storedLetters(entered);
  return {
    patient: aboutOf(entered),
    letters: all.map((one) => letterLineOf(entered.reading, one, all)),
    canWrite: mayWriteLetters(entered),
    suggestions: await suggestionsFor(entered, all),
  };
}
/** The patient, the care team, whom letters of this patient went to before. */
async function suggestionsFor(
  entered: Entered,
  letters: readonly Stored<'DocumentReference'>[],
): Promise<LetterRecipient[]> {
  const around = await entered.store.compartment(entered.patientId, { types: ['CareTeam'], each: 20 });
  await entered.room.directory.learn(entered.store, [entered.stored, ...around]);
  const header = headerOf(entered, around);
  const bare = { address: '', phone: '', mssante: '', practitioner: null, copy: false };
  const treating =
    header.treatingPhysician && !header.team.members.some(({ name }) => name === header.treatingPhysician!.name)
      ? [
          {
            ...bare,
            kind: 'team' as const,
            name: header.treatingPhysician.name,
            role: 'Médecin traitant',
            practitioner: header.treatingPhysician.id,
          },
        ]
      : [];
  const found: LetterRecipient[] = [
    ...treating,
    ...header.team.members
      .filter(({ me }) => !me)
      .map(
        (one): LetterRecipient => ({
          ...bare,
          kind: one.inside ? 'team' : 'outside',
          name: one.name,
          role: one.role,
          address: one.organisation ?? '',
          phone: one.phone ?? '',
          practitioner: one.id,
        }),
      ),
    {
      ...bare,
      kind: 'patient',
      name: briefOf(entered.patient, entered.reading.today, false).name,
      role: '',
      address: (addressLabel(homeOf(entered.patient)) ?? '').replace(/, /g, '\n'),
    },
    ...letters
      .flatMap((one) => recipientsOf(one.resource))
      .filter(({ kind }) => kind === 'outside')
      .map((one) => ({ ...one, copy: false })),
  ];
  return [...new Map(found.reverse().map((one) => [`${one.name}|${one.kind === 'patient'}`, one])).values()].reverse();
}

/** A text with its fields taken from the record, under the rights of who fills. */
export async function filled(desk: Desk, subject: string, text: string): Promise<FilledText> {
  const { entered, shelf, practice } = desk;
  const { resolve, leftOut } = await valuesFor(entered, await letterheadOf(shelf, practice), [subject, text]);
  const [title, body]: [Filled, Filled] = [fillTemplate(subject, resolve), fillTemplate(text, resolve)];
  const used = new Map([...title.used, ...body.used].map((one) => [one.key, one]));
  const open = new Map([...title.open, ...body.open].map((one) => [one.key, one]));
  return {
    subject: title.text.slice(0, 200),
    text: body.text.slice(0, 50_000),
    fields: [...used.values()].map(({ key, value }) => ({
      key,
      value: value.slice(0, 20_000),
      label: labelOfField(key),
    })),
    open: openOf([...open.values()]),
    leftOut,
  };
}
export async function startLetter(desk: Desk, id: string) {
  const { stored, library, body } = await templateHeld(desk.shelf, id);
  if (library.status !== 'active') throw notFound('Ce modèle de courrier');
  return {
    ...(await filled(desk, body.subject || body.title, body.text)),
    template: {
      id: stored.id,
      edition: library.version ?? '',
      title: body.title,
      documentType: body.documentType,
      administrative: body.administrative,
      sensitive: body.sensitive,
      signers: [...body.signers],
    },
  };
}
export const fillLetter = (desk: Desk, { subject, text }: { subject: string; text: string }): Promise<FilledText> =>
  filled(desk, subject, text);

const bodyIn = (letter: DocumentReference): LetterBody => {
  const type = letter.type?.coding?.[0]?.code ?? '';
  return {
    template: templateOf(letter)?.id ?? null,
    title: documentTitle(letter),
    documentType: letterTypes.some(({ code }) => code === type) ? type : '34109-9',
    text: textOf(letter).trim() === '' ? '' : textOf(letter),
    recipients: recipientsOf(letter),
    signatory: signatoryOf(letter),
    sensitive: sensitivityOf(letter),
    reserved: false,
    fields: fieldsOf(letter),
  };
};
/** What a text still waits for, as this person may fill it. */
const openField = (key: string, value: FieldValue | undefined) => ({
  key,
  label: labelOfField(key),
  ...(value?.state === 'known'
    ? { state: 'ready' as const, words: 'à reprendre du dossier' }
    : { state: value?.state ?? ('unknown' as const), words: value?.words ?? 'ce champ n’existe pas' }),
});
/** One letter, with what the record says today of what was taken from it. */
export async function readLetter(desk: Desk, id: string): Promise<LetterDetail> {
  const { entered, shelf, practice, secureMail } = desk;
  const stored = await letterOf(entered, id);
  const letter = stored.resource;
  const { reading: r } = entered;
  await entered.room.directory.learn(entered.store, [stored]);
  await entered.room.directory.learnPeople(
    entered.store,
    [signatoryOf(letter)].filter((one) => one !== null),
  );
  const body = bodyIn(letter);
  const draft = statusOf(stored.resource) === 'draft';
  const asked = draft ? [...body.fields.map(({ key }) => `{{${key}}}`), body.text, body.title] : [];
  const { resolve } = draft
    ? await valuesFor(entered, await letterheadOf(shelf, practice), asked)
    : { resolve: () => undefined };
  const now = (key: string, then: string): string | null => {
    const value = resolve(key);
    const text =
      value?.state === 'known'
        ? value.lines
          ? value.lines.map((one) => one.text).join('\n')
          : value.text
        : value?.state === 'missing'
          ? value.words
          : null;
    return text === then ? null : text;
  };
  const why = draft ? cannotSign(entered, originIn(letter), body) : 'Ce courrier est déjà signé.';
  return {
    ...letterLineOf(r, stored, await storedLetters(entered)),
    patient: aboutOf(entered),
    template: templateOf(letter),
    body,
    fields: body.fields.map(({ key, value }) => ({ key, value, label: labelOfField(key), now: now(key, value) })),
    open: draft ? openKeysIn(`${body.title}\n${body.text}`).map((key) => openField(key, resolve(key))) : [],
    canSign: why === null,
    signWords: why ?? '',
    reason: extensionText(letter, correctionUrl) ?? null,
    replaceWords: draft
      ? null
      : ((await whyNotReplaced(entered, stored)) ?? cannotSign(entered, originIn(letter), body)),
    given: givenLines(entered, letter),
    mssante: { configured: secureMail !== undefined, words: secureMail ? '' : notConfigured },
    contentUrl: pdfOf(letter) ? `/api/patients/${entered.patientId}/letters/${stored.id}/pdf` : null,
  };
}

/** What is on the screen, as it would be printed. */
async function drawDraft({ entered, shelf, practice }: Desk, body: LetterBody, reference = 'projet'): Promise<Buffer> {
  const signer = await signerOf(entered, body.signatory ?? entered.caller.practitioner);
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
      reference,
      standing: { kind: 'draft' },
    },
    entered.now,
  );
}
export async function previewLetter(desk: Desk, body: LetterBody, ctx: Ctx): Promise<undefined> {
  return sendFile(ctx, await drawDraft(desk, body), 'application/pdf', body.title);
}
/** The PDF/A that was signed; of a letter in preparation, its preview. */
export async function printLetter(desk: Desk, id: string, ctx: Ctx): Promise<undefined> {
  const stored = await letterOf(desk.entered, id);
  const letter = stored.resource;
  const binary = pdfOf(letter);
  const bytes =
    binary === null
      ? await drawDraft(desk, bodyIn(letter), referenceOf(id))
      : Buffer.from((await desk.entered.store.read('Binary', binary)).resource.data ?? '', 'base64');
  return sendFile(ctx, bytes, 'application/pdf', documentTitle(letter));
}

/** Letters prepared for this person to sign, or for someone who has left the practice, all patients they may open. */
export async function lettersToSign(room: Room, caller: PersonCaller) {
  const store = room.fhirFor(caller);
  const now = room.now();
  const gone = (await store.sql((sql) => goneFrom(sql, caller.tenant))).slice(0, 200);
  const { resources } = await store.search('DocumentReference', [
    ['authenticator', [caller.practitioner, ...gone].map((one) => `Practitioner/${one}`).join(',')],
    ['category', `${categorySystem}|letter-to-sign`],
    ['_sort', '-date'],
    ['_count', '100'],
  ]);
  const waiting = resources.filter((one) => isLetter(one.resource) && statusOf(one.resource) === 'draft');
  await room.directory.learn(store, waiting);
  const patientOf = (one: Stored<'DocumentReference'>) => idOf(one.resource.subject, 'Patient') ?? '';
  const briefs = await briefsOf(store, [...new Set(waiting.map(patientOf))], now);
  const nobody = emptyReading(room.directory, caller, today(now));
  return {
    letters: waiting.flatMap((one) => {
      const patient = briefs.get(patientOf(one));
      return patient ? [{ ...letterLineOf(readingAbout(nobody, patient), one, []), patient }] : [];
    }),
  };
}
