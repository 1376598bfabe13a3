import type { Extension, Patient, Practitioner, Reference } from '@medplum/fhirtypes';
import { categorySystem, privateNoteTag, type Resource } from '../../fhir/index.ts';
import { invalid } from '../../platform/index.ts';
import type { Sensitivity } from '../contract.ts';
import { dateSpan, dayOf, parseDate, parseMoment } from '../dates.rules.ts';
import { authorReference } from '../directory.ts';
import { confidential, withoutEmpty } from '../fhir-words.ts';
import { displayName } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import { correctionUrl } from '../read/labels.ts';
import { amendedTag, correctedByUrl, recorderUrl, statusOf } from '../read/reading.ts';

export const subjectOf = (entered: Entered): Reference<Patient> => ({
  reference: `Patient/${entered.patientId}`,
  display: displayName(entered.patient),
});
export const author = (entered: Entered): Reference<Practitioner> =>
  authorReference(entered.caller) as Reference<Practitioner>;
/** For types without an element for who wrote it down. */
export const recorderExtension = (entered: Entered): Extension => ({
  url: recorderUrl,
  valueReference: author(entered),
});
export const noteList = (entered: Entered, text: string | null | undefined) =>
  text ? [{ authorReference: author(entered), time: entered.now.toISOString(), text }] : undefined;

/** A typed date, or nothing; words under the field when it is none. */
export function dateIn(entered: Entered, field: string, typed: string | null | undefined): string | undefined {
  if (!typed) return undefined;
  const date = parseDate(typed, entered.now);
  if (!date)
    throw invalid(`« ${typed} » n’est pas une date. Rien n’a été enregistré.`, {
      [field]: 'Écrivez la date ainsi : JJ/MM/AAAA, MM/AAAA, AAAA, auj, hier.',
    });
  return date;
}
/** A typed date of what has begun or happened: not in the future. */
export function pastIn(entered: Entered, field: string, typed: string | null | undefined): string | undefined {
  const date = dateIn(entered, field, typed);
  if (date && dateSpan(date)[0] > entered.reading.today)
    throw invalid('Cette date est dans le futur. Rien n’a été enregistré.', {
      [field]: 'La date ne peut pas être dans le futur.',
    });
  return date;
}
/** Two dates as one reads them: «2019» is not before «03/2019». */
export const isBefore = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && dateSpan(one)[1] < dateSpan(other)[0];
/** What is done to a patient is done since their birth. */
export function sinceBirth(entered: Entered, field: string, at: string): void {
  if (isBefore(dayOf(at), entered.patient.birthDate))
    throw invalid('Cette date est avant la naissance. Rien n’a été enregistré.', {
      [field]: 'Le patient n’était pas né.',
    });
}
/** A typed moment; now when nothing is typed. What has been done is not in the future. */
export function momentIn(entered: Entered, field: string, typed: string | null | undefined, future = false): string {
  if (!typed) return entered.now.toISOString();
  const moment = parseMoment(typed, entered.now);
  if (!moment)
    throw invalid(`« ${typed} » n’est pas une date. Rien n’a été enregistré.`, {
      [field]: 'Écrivez la date ainsi : JJ/MM/AAAA, avec l’heure si besoin (09:15).',
    });
  if (
    !future &&
    (moment.includes('T')
      ? new Date(moment).getTime() > entered.now.getTime() + 5 * 60_000
      : moment.slice(0, 10) > entered.reading.today.slice(0, moment.length))
  )
    throw invalid('Cette date est dans le futur. Rien n’a été enregistré.', {
      [field]: 'La date ne peut pas être dans le futur.',
    });
  return moment;
}

/** Labels, tags and traces of who wrote this version and why: the same on every type. */
export function stamped<R extends Resource & { extension?: Extension[] }>(
  entered: Entered,
  built: R,
  given: {
    base?: Resource;
    sensitive?: Sensitivity | null;
    personal?: boolean;
    /** Words that the secretariat reads. */
    administrative?: boolean;
    reason?: string | null;
    encounter?: string | null;
  },
): R {
  const { base } = given;
  const kept = (base?.meta?.tag ?? []).filter(
    (tag) =>
      tag.code !== amendedTag.code &&
      tag.code !== privateNoteTag.code &&
      !(tag.system === categorySystem && tag.code === 'administrative'),
  );
  const administrative =
    given.administrative ??
    base?.meta?.tag?.some((one) => one.system === categorySystem && one.code === 'administrative');
  const amended = base !== undefined && statusOf(base) !== 'draft' && built.resourceType !== 'Patient';
  const personal = given.personal ?? base?.meta?.tag?.some((tag) => tag.code === privateNoteTag.code) ?? false;
  const tag = [
    ...kept,
    ...(administrative ? [{ system: categorySystem, code: 'administrative', display: 'Administratif' }] : []),
    ...(personal ? [{ ...privateNoteTag, display: 'Note personnelle' }] : []),
    ...(amended ? [amendedTag] : []),
  ];
  // `undefined` keeps the labels that are there; `null` takes ours away.
  const security = given.sensitive === undefined ? base?.meta?.security : confidential(given.sensitive)?.security;
  const extension = [
    ...(built.extension ?? []).filter((one) => one.url !== correctedByUrl && one.url !== correctionUrl),
    ...(base ? [{ url: correctedByUrl, valueReference: author(entered) }] : []),
    ...(given.reason ? [{ url: correctionUrl, valueString: given.reason }] : []),
  ];
  const meta = {
    ...(base?.meta?.profile && { profile: base.meta.profile }),
    ...(tag.length && { tag }),
    ...(security?.length && { security }),
  };
  const encounter = given.encounter ? { reference: `Encounter/${given.encounter}` } : undefined;
  return withoutEmpty({
    ...built,
    meta,
    extension,
    ...(encounter && withEncounter(built.resourceType, encounter)),
  });
}
const withEncounter = (type: string, encounter: Reference): object =>
  type === 'MedicationStatement'
    ? { context: encounter }
    : type === 'DocumentReference'
      ? { context: { encounter: [encounter] } }
      : ['Goal', 'FamilyMemberHistory'].includes(type)
        ? {}
        : { encounter };
