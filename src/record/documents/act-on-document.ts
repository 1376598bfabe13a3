import type { DocumentReference, Provenance } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { mayReach } from '../../access/index.ts';
import { ifThere, kindOfResource, type Resource, type Stored } from '../../fhir/index.ts';
import { conflict, forbidden, invalid, Problem } from '../../platform/index.ts';
import type { Written } from '../contract.ts';
import type { documentEntries } from '../contract/wire-documents.ts';
import { concept, withoutEmpty } from '../fhir-words.ts';
import { type Entered, enter } from '../read/enter.ts';
import { readUrl } from '../read/labels.ts';
import { correctedByUrl, statusOf } from '../read/reading.ts';
import { author, subjectOf } from '../write/author.ts';
import { entryOf, replace, undoSeconds, written } from '../write/save.ts';
import {
  awaitedOf,
  markExtension,
  readerExtension,
  readerIn,
  readerUrl,
  signedUrl,
  toReadUrl,
  withoutReaders,
} from './readers.rules.ts';
import { reportOf } from './lab-results.ts';
import { addReceived } from './received.store.ts';
import { reinstate, unsorted } from './sort.ts';
import { mayAsk, mustBeReaders } from './who-reads.ts';
import { isLetter } from '../letters/letter.rules.ts';

type Body<K extends 'markRead' | 'handDocument' | 'moveDocument'> = z.infer<(typeof documentEntries)[K]['body']>;
const documentIn = async (
  entered: Entered,
  id: string,
): Promise<{ stored: Stored<'DocumentReference'>; document: DocumentReference }> => {
  const stored = await entryOf(entered, 'DocumentReference', id);
  if (statusOf(stored.resource) === 'entered-in-error')
    throw new Problem(
      409,
      'Saisi par erreur',
      'Ce document a été marqué comme saisi par erreur. Rien n’a été modifié.',
      { extra: { code: 'entered-in-error' } },
    );
  return { stored, document: stored.resource };
};
/** Whom one acts for: oneself, or the one whom one stands in for today. */
async function standsFor(entered: Entered, reader: string | null | undefined): Promise<string> {
  const me = entered.caller.practitioner;
  if (!reader || reader === me) return me;
  const absent = await entered.store.sql((sql) => entered.room.standsFor(sql, entered.caller.tenant, me));
  if (!absent.includes(reader))
    throw forbidden('Vous ne lisez pas les documents de cette personne en son absence. Rien n’a été modifié.');
  return reader;
}
/** Who wrote this version: they alone can take it back. */
const writtenBy = (entered: Entered, extension: DocumentReference['extension']) => [
  ...(extension ?? []).filter((one) => one.url !== correctedByUrl),
  { url: correctedByUrl, valueReference: author(entered) },
];
const personOf = (entered: Entered, id: string) => ({
  reference: `Practitioner/${id}`,
  display: entered.room.directory.who(entered.caller, { reference: `Practitioner/${id}` })?.name ?? '',
});

/**
 * «J’ai lu», «Je signe»: who, when, in which role, on the document. Reading is no writing of the content: whoever may read it may say so. A signature is a Provenance as well, of the very
 * version that was seen.
 */
export async function markDocument(entered: Entered, id: string, body: Body<'markRead'>): Promise<Written> {
  const { stored, document } = await documentIn(entered, id);
  const reader = await standsFor(entered, body.for);
  await entered.room.directory.learnPeople(entered.store, [reader]);
  const now = entered.now.toISOString();
  const stoodIn = reader === entered.caller.practitioner ? undefined : personOf(entered, reader);
  const mark = markExtension(body.sign ? signedUrl : readUrl, author(entered), now, body.comment, stoodIn);
  const next = {
    ...document,
    extension: [...writtenBy(entered, document.extension), mark],
    ...(body.sign && !document.authenticator && { authenticator: author(entered) }),
  };
  const saved = await entered.store.transaction(async (store) => {
    // Of an allowed reading: the right is the contract's (read documents) and the store's, which gave the document above.
    const house = store.asHouse(body.sign ? 'signature d’un document' : 'lecture d’un document');
    const one = await replace({ ...entered, store: house }, stored, body.version, next, body.sign ? 'signé' : 'lu');
    if (body.sign) await house.createMany([provenanceOf(entered, one, stoodIn)]);
    return one;
  });
  return written(entered, [saved]);
}
const provenanceOf = (
  entered: Entered,
  signed: Stored<'DocumentReference'>,
  stoodIn: { reference: string; display: string } | undefined,
): Provenance => ({
  resourceType: 'Provenance',
  target: [
    { reference: `DocumentReference/${signed.id}/_history/${signed.version}` },
    { reference: `DocumentReference/${signed.id}` },
  ],
  recorded: entered.now.toISOString(),
  activity: concept('v3-DataOperation', 'UPDATE', 'Signature'),
  agent: [
    {
      type: concept('provenance-participant-type', 'verifier', 'Signataire'),
      who: author(entered),
      ...(stoodIn && { onBehalfOf: stoodIn }),
    },
  ],
});

/** Asks a colleague to read or sign, in my place or as well: a task follows it (reading-task.ts); one that was given to me and that I hand on stays the same. */
export async function handDocument(entered: Entered, id: string, body: Body<'handDocument'>): Promise<Written> {
  const { stored, document } = await documentIn(entered, id);
  const reader = await standsFor(entered, body.for);
  if (document.status !== 'current')
    throw invalid('Ce document est remplacé : confiez celui qui le remplace. Rien n’a été modifié.');
  const staff = await entered.store.sql((sql) =>
    mustBeReaders(
      sql,
      { tenant: entered.caller.tenant, patient: entered.patientId, kind: kindOfResource(stored.resource) },
      [body.to],
    ),
  );
  const others = (document.extension ?? []).filter(
    (one) =>
      one.url !== toReadUrl &&
      !(one.url === readerUrl && (readerIn(one) === body.to || (body.instead && readerIn(one) === reader))),
  );
  // Who has read it and is asked again is asked anew.
  const again = others.filter(
    (one) =>
      !(
        one.url === (body.sign ? signedUrl : readUrl) &&
        one.extension?.some(
          (part) =>
            (part.url === 'by' || part.url === 'for') && part.valueReference?.reference === `Practitioner/${body.to}`,
        )
      ),
  );
  const mine = body.instead
    ? document.extension?.find((one) => one.url === readerUrl && readerIn(one) === reader)
    : undefined;
  const handedOn = mine && awaitedOf(document).find((one) => one.reader === reader)?.task;
  const { caller, room, now } = entered;
  // Who may write documents and no tasks still hands it over: it waits in the list of documents to read.
  const follows = await entered.store.sql((sql) => mayAsk(sql, caller, entered.patientId));
  const saved = await entered.store.transaction(async (store) => {
    const task =
      handedOn ??
      (follows
        ? await room.readingTasks?.ask(store, caller, now, {
            document: id,
            patient: subjectOf(entered),
            to: body.to,
            sign: body.sign,
            due: body.due,
          })
        : undefined);
    const asked = readerExtension(
      { reference: `Practitioner/${body.to}`, display: staff.get(body.to)!.name },
      body.sign,
      now.toISOString(),
      author(entered),
      body.words,
      task,
    );
    const next = {
      ...document,
      extension: [...writtenBy(entered, again), { url: toReadUrl, valueString: 'true' }, asked],
    };
    const one = await replace(
      { ...entered, store },
      stored,
      body.version,
      next as Resource,
      `confié à ${staff.get(body.to)!.name}`,
    );
    if (handedOn && follows && body.due)
      await room.readingTasks?.moveDue(store, author(entered), now, handedOn, body.due);
    return one;
  });
  return written(entered, [saved]);
}

/**
 * It was another patient's: into that record, or back among those to be sorted. Nothing stays readable in the record it leaves; the ledger of both says what was done.
 */
export async function moveDocument(
  entered: Entered,
  id: string,
  body: Body<'moveDocument'>,
): Promise<z.infer<typeof documentEntries.moveDocument.reply>> {
  const { stored, document } = await documentIn(entered, id);
  if (isLetter(stored.resource))
    throw conflict(
      'Un courrier écrit dans ce dossier porte le nom de ce patient : marquez-le comme saisi par erreur, puis écrivez-le dans le bon dossier. Rien n’a été modifié.',
    );
  // The contract asks for a right on documents; a sensitive one is of another kind.
  const kind = kindOfResource(stored.resource);
  if (!entered.rights.add.has(kind))
    throw forbidden(
      'Vos droits permettent de lire ce document, et non de le déplacer : demandez-le à une personne qui peut l’écrire. Rien n’a été modifié.',
    );
  const report = reportOf(document);
  const results = report && (await ifThere(entered.store.asHouse('document déplacé').read('DiagnosticReport', report)));
  if (results && statusOf(results.resource) !== 'entered-in-error')
    throw conflict(
      'Les résultats de ce fichier sont dans ce dossier : marquez-les d’abord comme saisis par erreur, puis déplacez le document. Rien n’a été modifié.',
    );
  const to = body.to ? await enter(entered.room, entered.caller, body.to, { administrative: true }) : null;
  if (to?.patientId === entered.patientId)
    throw invalid('Ce document est déjà dans ce dossier. Rien n’a été modifié.', {
      to: 'Choisissez un autre patient.',
    });
  if (stored.version !== body.version)
    throw await replace(entered, stored, body.version, stored.resource, null).then(
      () => new Problem(409, 'Modifié entre-temps', 'Ce document a changé.'),
      (error: unknown) => error as Error,
    );
  const name = document.content[0]?.attachment.title ?? document.description ?? 'document';
  const { relatesTo: _, context: __, authenticator: ___, ...kept } = document;
  const next: DocumentReference = to
    ? { ...kept, subject: subjectOf(to), docStatus: 'amended', extension: withoutReaders(document) }
    : unsorted(document, name);
  const { caller } = entered;
  const saved = await entered.store.transaction(async (store) => {
    if (to && !(await store.sql((sql) => mayReach(sql, caller, to.patientId, kind, 'write'))))
      throw forbidden(
        'Vous ne pouvez pas écrire dans le dossier de ce patient : renvoyez plutôt le document parmi ceux à classer, le secrétariat le placera. Rien n’a été modifié.',
      );
    // The right to write here was the contract's, there it was asked just above; versions of before follow, which no person may do by themselves.
    const house = store.asHouse('document déplacé');
    await reinstate(house, document);
    const one = await house.handOver(withoutEmpty(next) as DocumentReference & { id: string }, {
      seen: stored.version,
      reason: `déplacé : ${body.reason}`,
    });
    const attachment = document.content[0]?.attachment;
    if (!to)
      await store.sql((sql) =>
        addReceived(
          sql,
          caller.tenant,
          {
            document: id,
            name,
            content_type: attachment?.contentType ?? '',
            size: attachment?.size ?? 0,
            by: caller.practitioner,
            by_name: caller.name,
          },
          entered.now.toISOString(),
        ),
      );
    return one;
  });
  return {
    id,
    version: saved.version,
    to: to?.patientId ?? null,
    undoUntil: new Date(entered.now.getTime() + undoSeconds * 1000).toISOString(),
  };
}
