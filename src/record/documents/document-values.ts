import { ifThere } from '../../fhir/index.ts';
import type { DocumentReference } from '@medplum/fhirtypes';
import { conflict, notFound } from '../../platform/index.ts';
import type { DocumentValues, Written } from '../contract.ts';
import { sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { correctedByUrl, statusOf } from '../read/reading.ts';
import { author } from '../write/author.ts';
import { entryOf, replace, written } from '../write/save.ts';
import { type LabFile, labFileOf, shownLab } from './lab-file.rules.ts';
import { knownReport, reportOf, writeLabResults } from './lab-results.ts';
import { bytesOf } from './receive.ts';

/**
 * Values of a laboratory's file that is a document of the record already: a program that named the patient left it there, and nobody has accepted them (docs/adr/0030-lab-files.md). Whoever may
 * write results here sees them and takes them, once, under their own rights.
 */
async function labIn(
  entered: Entered,
  id: string,
): Promise<{ document: DocumentReference; lab: LabFile | null; taken: string | null }> {
  const { resource: document } = await entryOf(entered, 'DocumentReference', id);
  const report = reportOf(document);
  const standing = report ? await ifThere(entered.store.read('DiagnosticReport', report)) : null;
  const attachment = document.content?.[0]?.attachment;
  const held = attachment?.data !== undefined || /(?:^|\/)Binary\//.test(attachment?.url ?? '');
  return {
    document,
    lab: held ? labFileOf(await bytesOf(entered.store, id)) : null,
    taken: standing && statusOf(standing.resource) !== 'entered-in-error' ? standing.id : null,
  };
}

export async function documentValues(entered: Entered, id: string): Promise<DocumentValues> {
  const { lab, taken } = await labIn(entered, id);
  const known =
    lab && !taken
      ? await knownReport(entered.room, entered.caller, false, { lab, document: id }, entered.patientId)
      : null;
  return { lab: lab && { ...shownLab(lab), known }, taken, canTake: entered.rights.add.has('results') };
}

export async function takeDocumentValues(
  entered: Entered,
  id: string,
  { version, samePatient }: { version: number; samePatient: boolean },
): Promise<Written> {
  const { document, lab, taken } = await labIn(entered, id);
  if (!lab) throw notFound('Ces valeurs');
  if (taken)
    throw conflict('Les valeurs de ce document sont déjà au dossier : rien n’a été écrit.', { code: 'values-taken' });
  const lines = await entered.store.transaction(async (store) => {
    const report = await writeLabResults(
      { ...entered, store },
      store,
      false,
      { lab, document: id },
      {
        title: document.description ?? '',
        readers: [],
        samePatient,
        sensitive: sensitivityOf(document),
      },
    );
    if (!report)
      throw conflict('Ces résultats sont déjà au dossier, arrivés par ailleurs : rien n’a été écrit.', {
        code: 'values-taken',
      });
    // Who may write results ties them to their file: the content stays as it came.
    const house = store.asHouse('valeurs reprises d’un fichier de laboratoire');
    const stored = await house.read('DocumentReference', id);
    await replace(
      { ...entered, store: house },
      stored,
      version,
      {
        ...stored.resource,
        context: {
          ...document.context,
          related: [
            ...(document.context?.related ?? []).filter(({ reference }) => !reference?.startsWith('DiagnosticReport/')),
            { reference: `DiagnosticReport/${report}` },
          ],
        },
        extension: [
          ...(document.extension ?? []).filter(({ url }) => url !== correctedByUrl),
          { url: correctedByUrl, valueReference: author(entered) },
        ],
      },
      'valeurs reprises du fichier',
    );
    return [await store.read('DiagnosticReport', report)];
  });
  return written(entered, lines);
}
