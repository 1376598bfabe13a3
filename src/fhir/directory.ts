import { FhirProblem } from './outcome.ts';
import { circleSystem } from './store/concerns.ts';
import type { FhirStore, ResourceOf, ResourceType } from './store/store.ts';

/** A person of the practice as access knows them. */
export interface DirectoryPerson {
  practitioner: string;
  family: string;
  given: string;
  profession: string;
  rpps: string | null;
  active: boolean;
  sites: readonly string[];
  login: string;
}

const professionSystem = 'urn:estran:profession';
const rppsSystem = 'https://rpps.esante.gouv.fr';
/** FR Core wants the type beside the number. https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-practitioner */
const rppsType = { coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code: 'RPPS' }] };

/** The resource that stands, if any: what others wrote into it is kept. */
async function standing<T extends ResourceType>(
  store: FhirStore,
  type: T,
  id: string,
): Promise<ResourceOf<T> | undefined> {
  try {
    return (await store.read(type, id)).resource;
  } catch (error) {
    if (error instanceof FhirProblem && (error.status === 404 || error.status === 410)) return undefined;
    throw error;
  }
}

/** Writes the Practitioner and the PractitionerRole behind an account. */
export async function writePerson(
  store: FhirStore,
  person: DirectoryPerson,
  professionName: string,
  national?: { system: string; code: string },
): Promise<void> {
  const practitioner = await standing(store, 'Practitioner', person.practitioner);
  const { given: _given, text: _text, ...name } = practitioner?.name?.[0] ?? {};
  const others = practitioner?.identifier?.filter((one) => one.system !== rppsSystem) ?? [];
  await store.update({
    ...practitioner,
    resourceType: 'Practitioner',
    id: person.practitioner,
    active: person.active,
    name: [
      { ...name, use: 'official', family: person.family, ...(person.given && { given: person.given.split(' ') }) },
      ...(practitioner?.name?.slice(1) ?? []),
    ],
    ...(person.rpps && { identifier: [{ type: rppsType, system: rppsSystem, value: person.rpps }, ...others] }),
  });
  const role = `${person.practitioner}-role`.slice(0, 64);
  await store.update({
    ...(await standing(store, 'PractitionerRole', role)),
    resourceType: 'PractitionerRole',
    id: role,
    active: person.active,
    practitioner: {
      reference: `Practitioner/${person.practitioner}`,
      display: `${person.given} ${person.family}`.trim(),
    },
    code: [
      {
        coding: [
          { system: professionSystem, code: person.profession, display: professionName },
          ...(national ? [national] : []),
        ],
        text: professionName,
      },
    ],
    ...(person.sites.length > 0 && { location: person.sites.map((site) => ({ reference: `Location/${site}` })) }),
  });
}

/** Writes the Location of a site; a site taken away stays known, suspended. */
export async function writeSite(
  store: FhirStore,
  site: { id: string; name: string; address: string; active: boolean },
): Promise<void> {
  const { address, ...location } = (await standing(store, 'Location', site.id)) ?? {};
  // The text is ours, and goes when it is struck out; what others wrote beside it stays.
  const { text: _text, ...rest } = address ?? {};
  const place = { ...rest, ...(site.address && { text: site.address }) };
  await store.update({
    ...location,
    resourceType: 'Location',
    id: site.id,
    status: site.active ? 'active' : 'suspended',
    name: site.name,
    ...(Object.keys(place).length > 0 && { address: place }),
  });
}

/** Writes the Organization of the practice. */
export async function writePractice(store: FhirStore, practice: { id: string; name: string }): Promise<void> {
  await store.update({
    ...(await standing(store, 'Organization', practice.id)),
    resourceType: 'Organization',
    id: practice.id,
    active: true,
    name: practice.name,
  });
  const everyone = await standing(store, 'Group', 'practice');
  const name = `Toute l’équipe de ${practice.name}`;
  // Its members are the open accounts: the list is kept by the database itself (0008_circles.sql).
  if (everyone?.name !== name)
    await store.update({
      ...everyone,
      resourceType: 'Group',
      id: 'practice',
      type: 'practitioner',
      actual: true,
      active: true,
      code: { coding: [{ system: circleSystem, code: 'practice' }] },
      name,
    });
}
