/** What a report came with: whose it is, its number at the laboratory, the requests it answers, its text. */
import type { DiagnosticReport, ServiceRequest } from '@medplum/fhirtypes';
import { invalid, Problem } from '../../platform/index.ts';
import type { ResultsBody } from '../contract.ts';
import { readLabText, unlike } from '../contract/results/read-hprim.rules.ts';
import { panelOf } from '../data/panels.ts';
import { birthGivensOf, namesOf } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import { entryOf } from '../write/save.ts';
import type { Kept } from './read-values.ts';

/** A source that names another patient is refused, unless whoever writes says that it is this one. */
export function mustBeThisPatient(entered: Entered, { source, samePatient }: ResultsBody): void {
  if (!source || samePatient) return;
  const { birth, used } = namesOf(entered.patient);
  const names = [birth?.family, used?.family].filter((one) => one !== undefined);
  const differs = unlike(readLabText(source).traits, {
    names,
    givens: [birthGivensOf(birth), ...(birth?.given ?? []), ...(used?.given ?? [])].filter(Boolean),
    birthDate: entered.patient.birthDate ?? null,
    sex: entered.patient.gender ?? 'unknown',
  });
  if (differs.length > 0)
    throw new Problem(
      422,
      'Autre patient ?',
      `Ce compte rendu ne semble pas être celui de ce patient : ${differs.join(', ')} diffère${differs.length > 1 ? 'nt' : ''}. Rien n’a été enregistré : ouvrez le bon dossier, ou confirmez.`,
      { extra: { code: 'other-patient', differs } },
    );
}
/** A value or a comment, and a panel of the list when one is named. */
export function mustSaySomething(kept: readonly Kept[], body: ResultsBody): void {
  if (kept.length === 0 && !body.comment)
    throw invalid('Saisissez au moins une valeur ou le commentaire du laboratoire. Rien n’a été enregistré.', {
      values: 'Saisissez au moins une valeur.',
    });
  if (body.panel && !panelOf(body.panel))
    throw invalid('Ce bilan n’est pas dans la liste. Rien n’a été enregistré.', {
      panel: 'Choisissez un bilan de la liste.',
    });
}

/** The requests it answers, of this very patient. */
export async function requestsOf(entered: Entered, ids: readonly string[]): Promise<ServiceRequest[]> {
  const found: ServiceRequest[] = [];
  for (const id of new Set(ids)) found.push((await entryOf(entered, 'ServiceRequest', id)).resource);
  return found;
}
export const basedOn = (requests: readonly ServiceRequest[]): DiagnosticReport['basedOn'] =>
  requests.length > 0 ? requests.map((one) => ({ reference: `ServiceRequest/${one.id}` })) : undefined;
export const numberOf = ({ lab, number }: Pick<ResultsBody, 'lab' | 'number'>): string =>
  `${lab.toLowerCase().replace(/\s+/g, ' ')}/${number}`.slice(0, 200);
/** The text it came as, whole. */
export const formOf = (source: string | null | undefined): DiagnosticReport['presentedForm'] =>
  source
    ? [
        {
          contentType: 'text/plain;charset=utf-8',
          data: Buffer.from(source, 'utf8').toString('base64'),
          title: 'Texte reçu',
        },
      ]
    : undefined;
