import type { Extension, Reference } from '@medplum/fhirtypes';

/** Code systems and extensions of protocols and of the plans that follow them. */
export const themeSystem = 'urn:estran:protocol-theme';
export const stepKindSystem = 'urn:estran:step-kind';
/** Identifier of a PlanDefinition that came with the product; its value is the key of the shipped protocol. */
export const shippedSystem = 'urn:estran:shipped-protocol';
/** Identifier of what is asked for one round of one step of one plan: `plan#step#round`. */
export const planStepSystem = 'urn:estran:plan-step';
export const professionRole = 'urn:estran:profession';

export const ext = {
  forPatient: 'urn:estran:for-patient',
  publisher: 'urn:estran:publisher',
  year: 'urn:estran:year',
  recorder: 'urn:estran:recorder',
  /** What changed in an edition, in words. */
  note: 'urn:estran:edition-note',
  /** Edition of the shipped protocol that this one holds. */
  shipped: 'urn:estran:shipped-edition',
  /** The PlanDefinition in force that a draft stands beside. */
  draftOf: 'urn:estran:draft-of',
  /** On a CarePlan: the very version of the PlanDefinition it follows (`PlanDefinition/id/_history/3`). */
  follows: 'urn:estran:follows-edition',
  /** On a CarePlan: version of a newer edition that was declined. */
  declined: 'urn:estran:declined-edition',
  /** On a CarePlan: a time that does not count (valuePeriod; without an end while it lasts). */
  pause: 'urn:estran:pause',
  /** On a CarePlan: why it stands as it does. */
  reason: 'urn:estran:reason',
  /** On an activity: which round of which step (`step#round`; round 0: every round). */
  step: 'urn:estran:plan-step',
  /** On an activity: changed or added for this patient alone. */
  own: 'urn:estran:own-step',
  stepKind: 'urn:estran:step-kind',
  profession: 'urn:estran:profession',
} as const;

export const extensionOf = (holder: { extension?: Extension[] } | undefined, url: string): Extension | undefined =>
  holder?.extension?.find((one) => one.url === url);
export const textOf = (holder: { extension?: Extension[] } | undefined, url: string): string | undefined =>
  extensionOf(holder, url)?.valueString;
/** The extensions without those of these urls, with the new ones behind. */
export const withExtensions = (
  old: readonly Extension[] | undefined,
  drop: readonly string[],
  add: readonly Extension[],
): Extension[] => [...(old ?? []).filter((one) => !drop.includes(one.url ?? '')), ...add];
/** Id and version of `PlanDefinition/id/_history/3`. */
export function versionedOf(reference: Reference | undefined): { id: string; version: number } | undefined {
  const found = /^PlanDefinition\/([A-Za-z0-9\-.]{1,64})\/_history\/(\d{1,9})$/.exec(reference?.reference ?? '');
  return found ? { id: found[1]!, version: Number(found[2]) } : undefined;
}
