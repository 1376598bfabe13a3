import type { Medication, Practitioner, Reference } from '@medplum/fhirtypes';
import {
  isProfession,
  type PersonCaller,
  type Profession,
  professionOfCoding,
  professionSaid,
  professions,
} from '../access/index.ts';
import type { FhirStore, Resource, Stored } from '../fhir/index.ts';
import type { Who } from './contract.ts';
import { dayOf } from './dates.rules.ts';
import { labelOf, normalise } from './fhir-words.ts';

/** On the reference to an author: the profession under which they wrote (valueCode). */
export const roleUrl = 'urn:estran:role';
const lifetime = 10 * 60_000;
const most = 20_000;

interface Role {
  label: string;
  profession: Profession | null;
  start: string;
  end: string;
}
interface Known {
  name: string;
  /** `female`, `male`; undefined when it is not known. */
  sex?: string | undefined;
  roles: Role[];
  active: boolean;
  until: number;
}
const byLabel = new Map(
  (Object.keys(professions) as Profession[]).flatMap((code) =>
    ['male', 'female'].map((sex) => [normalise(professionSaid(code, sex)), code] as const),
  ),
);
/** Civilities of the national table (TRE_R81), which are no part of a name: «MME», «M»; a title is («Dr»). */
const civilities: Readonly<Record<string, 'female' | 'male'>> = {
  mme: 'female',
  mlle: 'female',
  madame: 'female',
  m: 'male',
  mr: 'male',
  monsieur: 'male',
};
const civilityOf = (prefix: string | undefined): 'female' | 'male' | undefined => civilities[normalise(prefix ?? '')];
const sexOf = (practitioner: Practitioner): string | undefined =>
  practitioner.gender ?? practitioner.name?.map(({ prefix }) => civilityOf(prefix?.[0])).find(Boolean);
const nameOf = (practitioner: Practitioner): string => {
  const name = practitioner.name?.find((one) => one.use === 'official') ?? practitioner.name?.[0];
  return (
    [civilityOf(name?.prefix?.[0]) ? undefined : name?.prefix?.[0], name?.given?.[0], name?.family]
      .filter(Boolean)
      .join(' ') ||
    name?.text ||
    'Professionnel sans nom'
  );
};
const referenceTypes = ['Practitioner', 'Organization'] as const;
const goodId = /^[A-Za-z0-9\-.]{1,64}$/;
/** Ids of this type that a resource's text points to by `"Type/id"`. */
export function* idsIn(text: string, type: string): Generator<string> {
  // Looked for without its quote: every word of a JSON text begins with one.
  const start = `${type}/`;
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at)) {
    const quoted = text[at - 1] === '"';
    at += start.length;
    if (!quoted) continue;
    const end = text.indexOf('"', at);
    if (end > at) yield text.slice(at, end);
  }
}

type Unnamed = { medicationReference: Reference; contained?: Resource[] };
/** Treatments that only point to their medicine: what is read of them has no word of it. */
function unnamedIn(stored: readonly (Pick<Stored, 'text'> & Partial<Pick<Stored, 'type' | 'resource'>>)[]): Unnamed[] {
  const found: Unnamed[] = [];
  for (const one of stored) {
    if (one.type?.startsWith('Medication') === false || !one.text.includes('"medicationReference"')) continue;
    const resource = one.resource as Partial<Unnamed> | undefined;
    if (resource?.medicationReference && !resource.medicationReference.display) found.push(resource as Unnamed);
  }
  return found;
}

/** Names and roles of professionals and organisations, remembered by practice: what a page about a patient names comes from here. */
export class Directory {
  #tenants = new Map<number, Map<string, Known>>();

  forget(tenant: number): void {
    this.#tenants.delete(tenant);
  }
  #of(tenant: number): Map<string, Known> {
    let known = this.#tenants.get(tenant);
    if (!known) this.#tenants.set(tenant, (known = new Map()));
    return known;
  }
  /** Only before a page learns whom it names: what it has learned is not forgotten under it. */
  #withRoom(tenant: number): Map<string, Known> {
    const known = this.#of(tenant);
    if (known.size > most) known.clear();
    return known;
  }

  /** Learns of everyone these resources name. Nothing is asked of the store for those already known. A medicine that is only pointed to is named in what was read. */
  async learn(
    store: FhirStore,
    read: Iterable<Pick<Stored, 'text'> & Partial<Pick<Stored, 'resource'>>>,
  ): Promise<void> {
    const stored = [...read];
    const known = this.#withRoom(store.caller.tenant);
    const missing = { Practitioner: new Set<string>(), Organization: new Set<string>() };
    const now = Date.now();
    for (const one of stored)
      for (const type of referenceTypes)
        for (const id of idsIn(one.text, type))
          if ((known.get(`${type}/${id}`)?.until ?? 0) < now && goodId.test(id)) missing[type].add(id);
    await this.#load(store, [...missing.Practitioner], [...missing.Organization]);
    await this.#nameMedicines(store, unnamedIn(stored));
  }
  async #nameMedicines(store: FhirStore, unnamed: readonly Unnamed[]): Promise<void> {
    if (unnamed.length === 0) return;
    const known = this.#of(store.caller.tenant);
    const until = Date.now() + lifetime;
    const ids = new Set(
      unnamed
        .map(
          ({ medicationReference: { reference = '' } }) => /^Medication\/([A-Za-z0-9\-.]{1,64})$/.exec(reference)?.[1],
        )
        .filter((id) => id !== undefined && (known.get(`Medication/${id}`)?.until ?? 0) < Date.now()),
    );
    for (let at = 0; at < ids.size; at += 100) {
      const some = [...ids].slice(at, at + 100);
      const found = await store.search('Medication', [
        ['_id', some.join(',')],
        ['_count', '100'],
      ]);
      for (const id of some) known.set(`Medication/${id}`, { name: '', roles: [], active: true, until });
      for (const one of found.resources)
        known.set(`Medication/${one.id}`, { name: labelOf(one.resource.code), roles: [], active: true, until });
    }
    for (const one of unnamed) {
      const reference = one.medicationReference.reference ?? '';
      const within = one.contained?.find(({ id }) => `#${id}` === reference) as Medication | undefined;
      const display = within ? labelOf(within.code) : known.get(reference)?.name;
      if (display) one.medicationReference.display = display;
    }
  }
  async learnPeople(store: FhirStore, ids: readonly string[]): Promise<void> {
    const known = this.#withRoom(store.caller.tenant);
    await this.#load(
      store,
      ids.filter((id) => (known.get(`Practitioner/${id}`)?.until ?? 0) < Date.now()),
      [],
    );
  }

  async #load(store: FhirStore, people: string[], organisations: string[]): Promise<void> {
    const known = this.#of(store.caller.tenant);
    const until = Date.now() + lifetime;
    for (let at = 0; at < people.length; at += 100) {
      const ids = people.slice(at, at + 100);
      const [practitioners, roles] = [
        await store.search('Practitioner', [
          ['_id', ids.join(',')],
          ['_count', '100'],
        ]),
        await store.search('PractitionerRole', [
          ['practitioner', ids.map((id) => `Practitioner/${id}`).join(',')],
          ['_count', '400'],
        ]),
      ];
      for (const id of ids) known.set(`Practitioner/${id}`, { name: '', roles: [], active: true, until });
      for (const stored of practitioners.resources) {
        const practitioner = stored.resource;
        known.set(`Practitioner/${stored.id}`, {
          name: nameOf(practitioner),
          sex: sexOf(practitioner),
          roles: [],
          active: practitioner.active !== false,
          until,
        });
      }
      for (const stored of roles.resources) {
        const role = stored.resource;
        const entry = known.get(role.practitioner?.reference ?? '');
        for (const code of role.code ?? []) {
          const label = labelOf(code);
          const profession =
            byLabel.get(normalise(label)) ??
            code.coding?.map((coding) => professionOfCoding(coding.system, coding.code)).find(Boolean) ??
            null;
          entry?.roles.push({ label, profession, start: role.period?.start ?? '', end: role.period?.end ?? '9999' });
        }
      }
    }
    for (let at = 0; at < organisations.length; at += 100) {
      const ids = organisations.slice(at, at + 100);
      const found = await store.search('Organization', [
        ['_id', ids.join(',')],
        ['_count', '100'],
      ]);
      for (const id of ids) known.set(`Organization/${id}`, { name: '', roles: [], active: true, until });
      for (const stored of found.resources)
        known.set(`Organization/${stored.id}`, {
          name: stored.resource.name ?? 'Organisation',
          roles: [],
          active: true,
          until,
        });
    }
  }

  /** The person or organisation a reference names, with the role held at `at`. */
  who(
    caller: { tenant: number; practitioner?: string },
    reference: Reference | undefined,
    at?: string | null,
  ): Who | null {
    if (!reference) return null;
    const id = /(?:^|\/)Practitioner\/([^/]+)/.exec(reference.reference ?? '')?.[1];
    if (!id) return this.#other(caller.tenant, reference);
    const known = this.#of(caller.tenant).get(`Practitioner/${id}`);
    const written = reference.extension?.find((one) => one.url === roleUrl)?.valueCode;
    const role = isProfession(written ?? '')
      ? { label: professionSaid(written as Profession, known?.sex), profession: written as Profession }
      : roleAt(known, at);
    return {
      id,
      name: known?.name || reference.display || 'Professionnel',
      role: role?.label ?? '',
      profession: role?.profession ?? null,
      me: id === caller.practitioner,
    };
  }
  #other(tenant: number, reference: Reference): Who | null {
    const text = reference.reference ?? '';
    if (/(?:^|\/)Patient\//.test(text))
      return { id: null, name: reference.display ?? 'Le patient', role: 'Patient', profession: null, me: false };
    const name = this.#of(tenant).get(text)?.name || reference.display;
    if (!name) return null;
    const role = text.includes('Organization/')
      ? 'Organisation'
      : text.includes('Device/')
        ? 'Appareil'
        : text.includes('RelatedPerson/')
          ? 'Entourage'
          : '';
    return { id: null, name, role, profession: null, me: false };
  }
  professionOf(tenant: number, practitioner: string): Profession | null {
    return roleAt(this.#of(tenant).get(`Practitioner/${practitioner}`), null)?.profession ?? null;
  }
  isActive(tenant: number, practitioner: string): boolean {
    return this.#of(tenant).get(`Practitioner/${practitioner}`)?.active ?? false;
  }
}

function roleAt(known: Known | undefined, at: string | null | undefined): Role | undefined {
  if (!known) return undefined;
  const found = known.roles.length > 1 ? (heldOn(known.roles, at) ?? known.roles[0]) : known.roles[0];
  // Words of another table («Infirmier libéral») stay as they were written.
  return found?.profession && found.label === professions[found.profession].fr
    ? { ...found, label: professionSaid(found.profession, known.sex) }
    : found;
}
/** By the day in France: what is written after midnight is not of the day before. */
function heldOn(roles: readonly Role[], at: string | null | undefined): Role | undefined {
  const day = dayOf(at ?? new Date().toISOString());
  return roles.find((role) => role.start.slice(0, 10) <= day && day <= role.end);
}
/** The caller as the author of what is written now: name and role travel with the entry. */
export const authorReference = (caller: PersonCaller): Reference<Practitioner> & { reference: string } => ({
  extension: [{ url: roleUrl, valueCode: caller.profession }],
  reference: `Practitioner/${caller.practitioner}`,
  display: caller.name,
});
