// docs/adr/0045-what-fhir-leaves-to-acts.md: how far an identity is proven (RNIV 1) comes of a document seen and of the INSi teleservice.
import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../../access/index.ts';
import { FhirProblem } from '../outcome.ts';
import type { JsonResource } from '../store/store.ts';

/** Systems of the INS: NIR, NIA, of test, of demonstration (ANS, référentiel INS). */
const insSystem = /^urn:oid:1\.2\.250\.1\.213\.1\.4\.(?:8|9|10|11)$/;
const reliability = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability';
const seenBy = 'urn:estran:document-seen-by';
const birthPlace = 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace';
/** What proves an identity (RNIV 1, dispositifs à haut niveau de confiance), by the codes of FR Core. A Carte Vitale, a driving licence or another paper does not. */
export const provingDocuments: readonly string[] = ['CN', 'PA', 'CS', 'DC', 'IE', 'LE', 'AN', 'AC'];

interface Extension {
  url?: string;
  extension?: Extension[];
  valueCoding?: { code?: string };
  valueDate?: string;
}
export interface Identifier {
  system?: string;
  use?: string;
  value?: string;
}
const listOf = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);
const extensionsOf = (patient: JsonResource | null, url: string): Extension[] =>
  listOf<Extension>(patient?.extension).filter((one) => one?.url === url);
const parts = (patient: JsonResource | null, url: string): Extension[] =>
  extensionsOf(patient, reliability).flatMap((one) =>
    listOf<Extension>(one.extension).filter((part) => part.url === url),
  );
const says = (patient: JsonResource, url: string, codes: readonly string[]): boolean =>
  parts(patient, url).some((part) => codes.includes(part.valueCoding?.code ?? ''));

export const isIns = (one: Identifier | null): boolean => insSystem.test(one?.system ?? '');
/** A document of high confidence was seen: the identity is validated, and qualified with its INS. */
export const isProven = (patient: JsonResource): boolean => says(patient, 'identityStatus', ['VALI']);

/** What a Patient says of its INS, and of how far the identity is proven. */
const insOf = (patient: JsonResource | null): string[] =>
  listOf<Identifier>(patient?.identifier)
    .filter((one) => isIns(one) && one.use !== 'old')
    .map((one) => `${one.system}|${one.value?.replace(/\s/g, '')}`)
    .sort();
const proofOf = (patient: JsonResource | null) => [extensionsOf(patient, reliability), extensionsOf(patient, seenBy)];
/** The strict traits. */
const traitsOf = (patient: JsonResource | null) => [
  listOf<{ use?: string }>(patient?.name).filter(({ use }) => !use || use === 'official' || use === 'maiden'),
  patient?.birthDate,
  patient?.gender,
  extensionsOf(patient, birthPlace),
];
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const differ = (of: (patient: JsonResource | null) => unknown, a: JsonResource | null, b: JsonResource): boolean =>
  !isDeepStrictEqual(plain(of(a)), plain(of(b)));

const no = (text: string, expression: string): FhirProblem =>
  new FhirProblem(409, 'business-rule', `${text} Nothing was changed.`, { expression });

/**
 * Why this may not be said of an identity, null when it may. By hand nothing of it; a program that the practice linked says what it saw and asked: the document, and the teleservice for an INS.
 * @param standing null: it is new
 */
export function identityRefusal(caller: Caller, standing: JsonResource | null, next: JsonResource): FhirProblem | null {
  if (next.resourceType !== 'Patient') return null;
  const [before, after] = [standing !== null && isProven(standing), isProven(next)];
  const insChanges = differ(insOf, standing, next);
  const proofChanges = (before || after) && differ(proofOf, standing, next);
  const traitsChange = before && after && differ(traitsOf, standing, next);
  if (caller.kind === 'person' || (caller.kind === 'client' && caller.patient !== undefined)) {
    if (proofChanges)
      return no(
        'An identity is validated, or loses that, in the record, where the document seen and who saw it are said: leave the reliability of the identity as it stands.',
        'Patient.extension',
      );
    if (traitsChange)
      return no(
        'A strict trait of a validated identity changes in the record, with the document seen again.',
        'Patient',
      );
    return insChanges
      ? no(
          'An INS is said in the record, or by the program that asked the INSi teleservice: leave these identifiers as they stand.',
          'Patient.identifier',
        )
      : null;
  }
  if (!after) return null;
  if (traitsChange && !proofChanges)
    return no(
      'A strict trait of a validated identity changes with the document seen again: say when (validationDate) and which (validationMode).',
      'Patient.extension',
    );
  if (
    (proofChanges || traitsChange) &&
    !(says(next, 'validationMode', provingDocuments) && parts(next, 'validationDate').some((part) => part.valueDate))
  )
    return no(
      `A validated identity says which document was seen (validationMode: ${provingDocuments.join(', ')}) and when (validationDate).`,
      'Patient.extension',
    );
  return (proofChanges || insChanges) && insOf(next).length > 0 && !says(next, 'methodCollection', ['INSI'])
    ? no(
        'The INS of a validated identity comes of the INSi teleservice: say so (methodCollection INSI), or leave it out.',
        'Patient.identifier',
      )
    : null;
}
