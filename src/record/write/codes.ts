import type { CodeableConcept } from '@medplum/fhirtypes';
import { labelOf, textConcept } from '../fhir-words.ts';

export const notesOf = (resource: { note?: { text?: string }[] }): string =>
  (resource.note ?? [])
    .map((note) => note.text)
    .filter(Boolean)
    .join('\n');

interface Words {
  label: string;
  code?: string | null | undefined;
  system?: string | null | undefined;
  also?: { system: string; code: string }[] | null | undefined;
}
/** All codes stay (CIM-10 and CISP-2 side by side) while the words and the chosen code stay. */
export function codeOf({ label, code, system, also }: Words, base: CodeableConcept | undefined): CodeableConcept {
  if (
    base &&
    labelOf(base) === label &&
    (!code || base.coding?.some((one) => one.code === code && (!system || one.system === system)))
  )
    return base;
  const made = textConcept(label, code, system);
  return made.coding && also?.length
    ? { ...made, coding: [...made.coding, ...also.filter((one) => one.system !== system)] }
    : made;
}
export const otherCodes = (value: CodeableConcept | undefined) =>
  (value?.coding ?? [])
    .filter((one) => one.code && one.system)
    .slice(1)
    .map((one) => ({ system: one.system!, code: one.code! }));
