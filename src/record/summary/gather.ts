import type { Composition } from '@medplum/fhirtypes';
import { FhirProblem, isResourceType, type ResourceType, type Stored } from '../../fhir/index.ts';
import type { Entered } from '../read/enter.ts';
import { kindOfStored, type Reading, statusOf } from '../read/reading.ts';
import { isOfSection, type Made, sensitiveKinds, type SummarySectionOf, summarySections } from './sections.ts';

const types: readonly ResourceType[] = [...new Set(summarySections.flatMap((section) => section.types))];
const plenty = new Set(['Observation', 'Condition', 'Immunization']);
/** What this person may see of all that a summary is made of, private notes excepted, drafts and errors left aside. */
export async function gather(entered: Entered): Promise<Stored[]> {
  const stored = await entered.store.compartment(entered.patientId, {
    types,
    each: types.map((type) => (plenty.has(type) ? 400 : 100)),
  });
  await entered.room.directory.learn(entered.store, stored);
  return stored.filter(
    (one) => kindOfStored(one) !== 'private-notes' && ['final', 'amended'].includes(statusOf(one.resource)),
  );
}
export const isSensitive = (one: Stored): boolean => sensitiveKinds.has(kindOfStored(one));
export const refOf = (one: { type: string; id: string }): string => `${one.type}/${one.id}`;
export const linesOf = (section: SummarySectionOf, r: Reading, stored: readonly Stored[]): Made[] =>
  section.lines(
    r,
    stored.filter((one) => isOfSection(section, one)),
  );

export interface Frozen {
  stored: Stored;
  since: 'corrected' | 'withdrawn' | null;
}
/**
 * The versions a signed summary holds, by the section they stand in, those only that this reader may see today: an entry that was labelled since, or closed to them, is
 * not shown from its older version.
 */
export async function frozen(
  entered: Entered,
  composition: Composition,
  standing: ReadonlyMap<string, Stored>,
): Promise<Map<string, Frozen>> {
  const found = new Map<string, Frozen>();
  const references = new Set(
    (composition.section ?? []).flatMap((section) => section.entry ?? []).map(({ reference }) => reference ?? ''),
  );
  await Promise.all(
    [...references].map(async (reference) => {
      const [type = '', id = '', , version = ''] = reference.split('/');
      if (!isResourceType(type)) return;
      const one = await standsAt(entered, standing, type, id, version);
      if (one && kindOfStored(one.stored) !== 'private-notes') found.set(reference, one);
    }),
  );
  await entered.room.directory.learn(
    entered.store,
    [...found.values()].map(({ stored }) => stored),
  );
  return found;
}
async function standsAt(
  entered: Entered,
  standing: ReadonlyMap<string, Stored>,
  type: ResourceType,
  id: string,
  version: string,
): Promise<Frozen | null> {
  try {
    const now =
      standing.get(`${type}/${id}`) ??
      (await entered.store.read(type, id).catch((error: unknown) => {
        if (error instanceof FhirProblem && error.status === 410) return null;
        throw error;
      }));
    if (now && String(now.version) === version) return { stored: now, since: null };
    const stored = await entered.store.readVersion(type, id, version);
    return { stored, since: !now || statusOf(now.resource) === 'entered-in-error' ? 'withdrawn' : 'corrected' };
  } catch (error) {
    if (error instanceof FhirProblem && error.status < 500) return null;
    throw error;
  }
}
