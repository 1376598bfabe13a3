import type { DiagnosticReport, DocumentReference } from '@medplum/fhirtypes';
import { mayReach, type PersonCaller } from '../../access/index.ts';
import { type FhirStore, ifThere, type Resource, type Stored } from '../../fhir/index.ts';
import { forbidden, invalid, Problem } from '../../platform/index.ts';
import type { ReceivedLine, Sensitivity } from '../contract.ts';
import { lettersOf } from '../contract/results/read.ts';
import { readLabText } from '../contract/results/read-hprim.rules.ts';
import { dateLabel } from '../dates.rules.ts';
import { firstCode, idOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { statusOf } from '../read/reading.ts';
import type { Room } from '../room.ts';
import { addResults } from '../results/add-results.ts';
import { correctResults } from '../results/correct-results.ts';
import { numberOf } from '../results/report-source.ts';
import { cameAt, numberSystem } from '../results/report.rules.ts';
import { acknowledgers } from '../results/who-acknowledges.ts';
import { bytesOf } from './receive.ts';
import { type LabFile, resultsBodyOf } from './lab-file.rules.ts';
import type { Received } from './received.store.ts';

/**
 * Values of a laboratory's file, when it is put into a record (docs/adr/0030-lab-files.md). The house writes them for who sorts the mail: they decide nothing, and a named professional
 * acknowledges them. Everyone else must be able to write results for that patient.
 */
const textOf = (report: DiagnosticReport): string => {
  const form = report.presentedForm?.[0];
  return form?.data ? Buffer.from(form.data, 'base64').toString('utf8') : '';
};
const sameText = (one: string, other: string): boolean =>
  one.replace(/\s+/g, ' ').trim() === other.replace(/\s+/g, ' ').trim();

interface There {
  report: Stored<'DiagnosticReport'>;
  same: boolean;
}
/** The same report in this record: by the laboratory's number, or the very same text of the same day. */
async function alreadyThere(store: FhirStore, patient: string, lab: LabFile, source: string): Promise<There | null> {
  const found = new Map<string, Stored<'DiagnosticReport'>>();
  const ask = async (...query: [string, string][]) => {
    for (const one of (
      await store.search('DiagnosticReport', [['subject', `Patient/${patient}`], ...query, ['_count', '50']])
    ).resources)
      found.set(one.id, one);
  };
  if (lab.number) await ask(['identifier', `${numberSystem}|${numberOf(lab)}`]);
  if (lab.at) await ask(['date', lab.at.slice(0, 10)]);
  const standing = [...found.values()].filter(
    (one) => statusOf(one.resource) !== 'entered-in-error' && firstCode(one.resource.category?.[0]) === 'LAB',
  );
  const same = standing.find((one) => sameText(textOf(one.resource), source));
  const numbered = lab.number
    ? standing.find((one) =>
        one.resource.identifier?.some(({ system, value }) => system === numberSystem && value === numberOf(lab)),
      )
    : undefined;
  const report = same ?? numbered;
  return report ? { report, same: report === same } : null;
}
/** May this person have the values written there? */
const mayWrite = async (entered: Pick<Entered, 'store' | 'caller' | 'patientId'>, all: boolean): Promise<boolean> =>
  all || (await entered.store.sql((sql) => mayReach(sql, entered.caller, entered.patientId, 'results', 'write')));

/** What is told before it is accepted: is this report there already? Only that it is, to those who hold it themselves. */
export async function knownReport(
  room: Room,
  caller: PersonCaller,
  all: boolean,
  row: Pick<Received, 'lab' | 'document'>,
  patient: string,
): Promise<NonNullable<ReceivedLine['lab']>['known']> {
  if (!row.lab) return null;
  const store = room.fhirFor(caller);
  if (!(await mayWrite({ store, caller, patientId: patient }, all))) return null;
  const house = store.asHouse('doublon d’un résultat reçu');
  const there = await alreadyThere(house, patient, row.lab, lettersOf(await bytesOf(house, row.document)));
  if (!there) return null;
  const when = dateLabel(cameAt(there.report.resource));
  return {
    same: there.same,
    words: there.same
      ? `Ces résultats sont déjà au dossier, reçus le ${when} : leurs valeurs ne seront pas écrites une seconde fois.`
      : `Le compte rendu ${row.lab.number} de ce laboratoire est déjà au dossier, reçu le ${when}, avec d’autres valeurs : celles-ci en feront une nouvelle version, à valider de nouveau.`,
  };
}

/** Writes what the file says, once. The report that holds its values now; null: they were there already. @param house the store of the sorting, inside its transaction */
export async function writeLabResults(
  entered: Entered,
  house: FhirStore,
  all: boolean,
  row: Pick<Received, 'lab' | 'document'>,
  given: { title: string; readers: readonly string[]; samePatient: boolean; sensitive: Sensitivity | null },
): Promise<string | null> {
  const { lab } = row;
  if (!lab || lab.values === 0)
    throw invalid(
      'Aucune valeur n’a été comprise dans ce fichier. Rien n’a été enregistré : classez-le sans ses valeurs.',
      { results: 'Aucune valeur comprise.' },
    );
  if (lab.several)
    throw invalid(
      'Ce fichier contient plusieurs comptes rendus : ses valeurs ne s’écrivent pas. Rien n’a été enregistré : classez-le sans elles, ou déposez un fichier par compte rendu.',
      { results: 'Plusieurs comptes rendus.' },
    );
  const within = { ...entered, store: house };
  if (!(await mayWrite(within, all)))
    throw forbidden(
      'Vos droits n’écrivent pas de résultats pour ce patient. Rien n’a été enregistré : classez ce document sans ses valeurs.',
    );
  const source = lettersOf(await bytesOf(house, row.document));
  const there = await alreadyThere(house, entered.patientId, lab, source);
  if (there?.same) return null;
  const may = await house.sql((sql) => acknowledgers(sql, entered.caller.tenant));
  const body = resultsBodyOf(readLabText(source), source, {
    title: given.title,
    reader: given.readers.find((one) => may.has(one)) ?? null,
    samePatient: given.samePatient,
    sensitive: given.sensitive,
  });
  try {
    if (there)
      await correctResults(
        within,
        there.report.id,
        {
          ...body,
          sensitive: given.sensitive ?? undefined,
          version: there.report.version,
          reason: 'Nouvelle version reçue du laboratoire',
        },
        true,
      );
    return there ? there.report.id : (await addResults(within, body, true)).lines[0]!.id;
  } catch (error) {
    // What a form would ask to confirm is not confirmed by who sorts the mail.
    if (error instanceof Problem && error.status === 422 && error.extra?.code !== 'other-patient')
      throw new Problem(
        422,
        'Valeurs à vérifier',
        `${error.message} Classez le document sans ses valeurs : qui le lit les saisira après vérification.`,
        { fields: { results: 'À vérifier.' } },
      );
    throw error;
  }
}

/** The report that a document's values were written into. */
export const reportOf = (document: DocumentReference): string | undefined =>
  document.context?.related?.map((one) => idOf(one, 'DiagnosticReport')).find((id) => id !== undefined);
/** Its values are taken back with it, while nobody has done anything with them. */
export async function takeBackResults(house: FhirStore, document: DocumentReference): Promise<void> {
  const id = reportOf(document);
  const stored = id ? await ifThere(house.read('DiagnosticReport', id)) : null;
  if (!stored || statusOf(stored.resource) === 'entered-in-error') return;
  if (stored.version !== 1)
    throw new Problem(
      409,
      'Résultats déjà utilisés',
      'Les résultats de ce fichier ont été validés, complétés ou corrigés depuis : ils se corrigent depuis le dossier. Rien n’a été modifié.',
      { extra: { code: 'used-since' } },
    );
  for (const reference of stored.resource.result ?? []) {
    const value = idOf(reference, 'Observation');
    const one = value ? await house.read('Observation', value) : null;
    if (one && one.resource.status !== 'entered-in-error')
      await house.update({ ...one.resource, status: 'entered-in-error' } as Resource, {
        reason: 'document repris : classé par erreur',
      });
  }
  await house.update({ ...stored.resource, status: 'entered-in-error' } as Resource, {
    reason: 'document repris : classé par erreur',
  });
}
