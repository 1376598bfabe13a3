import type { DocumentReference, Extension } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { mayReach, type PersonCaller } from '../../access/index.ts';
import { type FhirStore, ifThere, kindOfResource, type Resource, type Stored } from '../../fhir/index.ts';
import { forbidden, invalid, Problem } from '../../platform/index.ts';
import type { ReceivedLine } from '../contract.ts';
import type { sortBody } from '../contract/wire-documents.ts';
import { documentTypeOf } from '../data/choices.ts';
import { instantOf } from '../dates.rules.ts';
import { confidential, loinc, withoutEmpty } from '../fhir-words.ts';
import { isLetter } from '../letters/letter.rules.ts';
import { type Entered, enter } from '../read/enter.ts';
import type { Room } from '../room.ts';
import { author, momentIn, subjectOf } from '../write/author.ts';
import { receivedOf } from './inbox.ts';
import { takeBackResults, writeLabResults } from './lab-results.ts';
import { mayAsk, mustBeReaders } from './who-reads.ts';
import { readerExtension, toReadUrl, withoutReaders } from './readers.rules.ts';
import { mine } from './receive.ts';
import { keepState, type Received, receivedRow } from './received.store.ts';

type Sorting = z.infer<typeof sortBody>;

/** Two who sort the same file: the second is told what the first did, and nothing is done twice. */
function mustStand(row: Received | null, version: number, state: readonly Received['state'][]): Received {
  if (row && row.version === version && state.includes(row.state)) return row;
  const words =
    row?.state === 'sorted'
      ? `${row.sorted_name ?? 'Quelqu’un'} l’a classé`
      : row?.state === 'refused'
        ? `${row.sorted_name ?? 'Quelqu’un'} l’a écarté`
        : 'Il a été repris';
  throw new Problem(
    409,
    'Traité entre-temps',
    `${words} pendant que vous l’aviez ouvert. Rien n’a été modifié : la liste va se mettre à jour.`,
    { extra: { code: 'sorted-meanwhile', state: row?.state, version: row?.version } },
  );
}

/** What a document will be in this record, as rights look at it. */
const rowOf = (entered: Entered, { sensitive }: Sorting) => ({
  tenant: entered.caller.tenant,
  patient: entered.patientId,
  kind: kindOfResource({
    resourceType: 'DocumentReference',
    subject: subjectOf(entered),
    ...(sensitive && { meta: confidential(sensitive) }),
  }),
});
/** The document as whoever sorts it says it is. */
function sorted(
  entered: Entered,
  old: DocumentReference,
  body: Sorting,
  said: { at: string | undefined; title: string; label: string; results: string | null; readers: Extension[] },
): DocumentReference {
  const toRead = said.readers.length > 0 || body.team;
  return {
    ...old,
    ...(body.sensitive && { meta: { ...old.meta, ...confidential(body.sensitive) } }),
    subject: subjectOf(entered),
    docStatus: 'final',
    type: { coding: [{ system: loinc, code: body.documentType, display: said.label }], text: said.label },
    date: said.at,
    description: said.title,
    ...(body.author && { author: [{ display: body.author }] }),
    extension: [...withoutReaders(old), ...(toRead ? [{ url: toReadUrl, valueString: 'true' }] : []), ...said.readers],
    ...(said.results && { context: { related: [{ reference: `DiagnosticReport/${said.results}` }] } }),
    ...(body.replaces && {
      relatesTo: [{ code: 'replaces', target: { reference: `DocumentReference/${body.replaces}` } }],
    }),
  };
}

/**
 * The file goes into a record. The house writes it: who sorts for the practice (`sort-documents`) need not read documents, everyone else must be able to write them for that
 * patient.
 */
export async function sortReceived(
  room: Room,
  caller: PersonCaller,
  document: string,
  body: Sorting,
): Promise<ReceivedLine> {
  const { row, all } = await mine(room, caller, document);
  mustStand(row, body.version, ['waiting']);
  const label = documentTypeOf(body.documentType);
  if (!label)
    throw invalid('Ce type de document n’est pas dans la liste. Rien n’a été enregistré.', {
      documentType: 'Choisissez un type de la liste.',
    });
  const entered = await enter(room, caller, body.patient, { administrative: true });
  const at = instantOf(momentIn(entered, 'at', body.at || undefined));
  // One replaces what one can read oneself; who sorts for the practice also what the product proposed for this very file, looked for again.
  const replaced = body.replaces ? await existing(entered.store, body.replaces) : null;
  if (
    body.replaces &&
    !replaced &&
    !(
      all &&
      (await receivedOf(room, caller, document, entered.patientId)).alike.some((one) => one.document === body.replaces)
    )
  )
    throw gone();
  // A sensitive document is of another kind than those that the sorter writes.
  if (replaced && !all && !entered.rights.add.has(kindOfResource(replaced.resource)))
    throw forbidden(
      'Vos droits permettent de lire le document à remplacer, et non de le changer. Le document reste à classer : classez-le sans remplacer l’autre, ou demandez au secrétariat.',
    );
  await entered.store.asHouse('document classé').transaction(async (store) => {
    await store.sql(async (sql) => {
      mustStand(await receivedRow(sql, caller.tenant, document, true), body.version, ['waiting']);
      if (!all && !(await mayReach(sql, caller, entered.patientId, 'documents', 'write')))
        throw forbidden(
          'Vous n’êtes pas dans l’équipe de soins de ce patient, ou vos droits n’y ouvrent pas les documents. Le document reste à classer : demandez au secrétariat de le faire.',
        );
    });
    const readers = body.readers.map((one) => one.practitioner);
    const staff = await store.sql((sql) => mustBeReaders(sql, rowOf(entered, body), readers));
    const stored = await store.read('DocumentReference', document);
    const now = entered.now.toISOString();
    const results = body.results
      ? await writeLabResults(entered, store, all, row, {
          title: body.title,
          readers,
          samePatient: body.samePatient,
          sensitive: body.sensitive ?? null,
        })
      : null;
    const tasks = await askedByTask(entered, store, all, document, body.readers);
    const next = sorted(entered, stored.resource, body, {
      at,
      title: body.title || row.name.replace(/\.[A-Za-z0-9]{1,5}$/, '') || label,
      label,
      results,
      readers: body.readers.map(({ practitioner, sign }) =>
        readerExtension(
          { reference: `Practitioner/${practitioner}`, display: staff.get(practitioner)?.name },
          sign,
          now,
          author(entered),
          null,
          tasks.get(practitioner),
        ),
      ),
    });
    if (body.replaces) await supersede(store, entered.patientId, body.replaces);
    const written = await store.handOver(withoutEmpty(next) as DocumentReference & { id: string }, {
      seen: stored.version,
      reason: 'document classé',
    });
    if (body.sensitive) await labelBytes(store, next);
    await store.sql((sql) =>
      keepState(
        sql,
        caller.tenant,
        document,
        {
          state: 'sorted',
          patient: entered.patientId,
          document_version: written.version,
          reason: '',
          sorted_by: caller.practitioner,
          sorted_name: caller.name,
        },
        now,
      ),
    );
  });
  return receivedOf(room, caller, document);
}
/**
 * Each reader who is named has a task that follows it, as when a colleague confides it. Who sorts for the practice names readers by right of that (`sort-documents`): the house writes their
 * tasks too; anyone else must be able to write them. Without one it still waits in the reader's list.
 */
async function askedByTask(
  entered: Entered,
  house: FhirStore,
  all: boolean,
  document: string,
  readers: Sorting['readers'],
): Promise<Map<string, string>> {
  const { room, caller, patientId, now } = entered;
  const tasks = new Map<string, string>();
  if (!room.readingTasks || !(all || (await house.sql((sql) => mayAsk(sql, caller, patientId))))) return tasks;
  for (const { practitioner, sign } of readers) {
    if (practitioner === caller.practitioner) continue;
    try {
      tasks.set(
        practitioner,
        await room.readingTasks.ask(house, caller, now, {
          document,
          patient: subjectOf(entered),
          to: practitioner,
          sign,
          due: null,
        }),
      );
    } catch (error) {
      if (!(error instanceof Problem && ['outside-team', 'cannot-read'].includes(String(error.extra?.code))))
        throw error;
    }
  }
  return tasks;
}
/** The bytes take the label of what they are the bytes of. */
async function labelBytes(store: FhirStore, document: DocumentReference): Promise<void> {
  const id = /Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(document.content[0]?.attachment.url ?? '')?.[1];
  if (!id) return;
  const stored = await store.read('Binary', id);
  await store.update(
    { ...stored.resource, meta: { ...stored.resource.meta, security: document.meta?.security } } as Resource,
    { ifMatch: `W/"${stored.version}"`, reason: 'document classé' },
  );
}

const gone = () =>
  new Problem(
    409,
    'Version remplacée entre-temps',
    'Le document à remplacer n’est plus celui de ce dossier, ou il est déjà remplacé. Rien n’a été modifié : ouvrez de nouveau le document reçu.',
    { fields: { replaces: 'Ce document ne peut plus être remplacé.' } },
  );
const existing = (store: FhirStore, id: string): Promise<Stored<'DocumentReference'> | null> =>
  ifThere(store.read('DocumentReference', id));
/** The document that another takes the place of stays readable, as replaced. */
async function supersede(store: FhirStore, patient: string, id: string): Promise<void> {
  const stored = await existing(store, id);
  const old = stored?.resource;
  // A letter that was signed here is replaced by another letter, under its own rules.
  if (!old || isLetter(old) || old.subject?.reference !== `Patient/${patient}` || old.status !== 'current')
    throw gone();
  await store.update(
    { ...old, status: 'superseded' },
    {
      ifMatch: `W/"${stored!.version}"`,
      reason: 'remplacé par un document plus récent',
    },
  );
}
/** What it had replaced is in force again. */
export async function reinstate(store: FhirStore, document: DocumentReference): Promise<void> {
  for (const { code, target } of document.relatesTo ?? []) {
    const id = /^DocumentReference\/([A-Za-z0-9\-.]{1,64})$/.exec(target.reference ?? '')?.[1];
    if (code !== 'replaces' || !id) continue;
    const stored = await ifThere(store.read('DocumentReference', id));
    const old = stored?.resource;
    if (old?.status === 'superseded' && old.subject?.reference === document.subject?.reference)
      await store.update(
        { ...old, status: 'current' },
        {
          ifMatch: `W/"${stored!.version}"`,
          reason: 'le document qui le remplaçait a été retiré',
        },
      );
  }
}

export async function refuseReceived(
  room: Room,
  caller: PersonCaller,
  document: string,
  body: { version: number; reason: string },
): Promise<ReceivedLine> {
  await mine(room, caller, document);
  await room.db.transaction(caller.tenant, async (sql) => {
    mustStand(await receivedRow(sql, caller.tenant, document, true), body.version, ['waiting']);
    await keepState(
      sql,
      caller.tenant,
      document,
      {
        state: 'refused',
        patient: null,
        document_version: null,
        reason: body.reason,
        sorted_by: caller.practitioner,
        sorted_name: caller.name,
      },
      room.now().toISOString(),
    );
  });
  return receivedOf(room, caller, document);
}

/** As it was before it was put into a record. */
export function unsorted(document: DocumentReference, name: string): DocumentReference {
  const {
    subject: _,
    relatesTo: __,
    context: ___,
    authenticator: ____,
    author: _____,
    type: ______,
    ...rest
  } = document;
  return { ...rest, docStatus: 'preliminary', description: name, extension: withoutReaders(document) };
}

/** Back among those to be sorted, while nobody has read, signed or corrected it since. */
export async function takeBack(
  room: Room,
  caller: PersonCaller,
  document: string,
  version: number,
): Promise<ReceivedLine> {
  const { row } = await mine(room, caller, document);
  const now = room.now().toISOString();
  await room
    .fhirFor(caller)
    .asHouse('document repris')
    .transaction(async (store) => {
      await store.sql(async (sql) =>
        mustStand(await receivedRow(sql, caller.tenant, document, true), version, ['sorted', 'refused']),
      );
      if (row.state === 'sorted') {
        const stored = await store.read('DocumentReference', document);
        const old = stored.resource;
        if (stored.version !== row.document_version || old.status !== 'current')
          throw new Problem(
            409,
            'Document déjà utilisé',
            'Ce document a été lu, signé ou corrigé depuis qu’il est classé : un membre de l’équipe de soins peut le déplacer depuis le dossier. Rien n’a été modifié.',
            { extra: { code: 'used-since' } },
          );
        await takeBackResults(store, old);
        await store.handOver(withoutEmpty(unsorted(old, row.name)) as DocumentReference & { id: string }, {
          seen: stored.version,
          reason: 'document repris : classé par erreur',
        });
        await reinstate(store, old);
      }
      await store.sql((sql) =>
        keepState(
          sql,
          caller.tenant,
          document,
          { state: 'waiting', patient: null, document_version: null, reason: '', sorted_by: null, sorted_name: null },
          now,
        ),
      );
    });
  return receivedOf(room, caller, document);
}
