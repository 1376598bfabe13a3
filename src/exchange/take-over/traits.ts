import { isObject, type Json } from './read-entries.ts';
import { withoutAccents } from '../../platform/index.ts';

/** What tells one person from another. */
export interface Traits {
  /** Matricule INS (NIR or NIA), digits and letters only. */
  ins: string | null;
  /** Family names, birth name first; lower case without accents. */
  families: string[];
  given: string | null;
  /** YYYY-MM-DD. */
  birthDate: string | null;
}

/** OIDs of the matricule INS: NIR, NIA, and their test and demonstration ranges. Source: ANS, annexe «liste des OID des autorités d'affectation des INS». */
const insSystems = /^urn:oid:1\.2\.250\.1\.213\.1\.4\.(8|9|10|11)$/;
const birthGiven = 'http://interopsante.org/fhir/StructureDefinition/FrPatientBirthListGivenName';
const list = (value: unknown): Json[] => (Array.isArray(value) ? value : [value]).filter(isObject);
const plain = (value: unknown): string =>
  typeof value === 'string'
    ? withoutAccents(value)
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()
    : '';

export function traitsOf(patient: Json): Traits {
  const ins = list(patient.identifier).find(
    (one) => typeof one.system === 'string' && insSystems.test(one.system) && typeof one.value === 'string',
  );
  const names = list(patient.name).sort((a, b) => Number(b.use === 'official') - Number(a.use === 'official'));
  const families = [...new Set(names.map((name) => plain(name.family)).filter(Boolean))];
  const listed = list(names[0]?.extension).find(
    (one) => String(one.url).endsWith('birth-list-given-name') || one.url === birthGiven,
  )?.valueString;
  const first =
    typeof listed === 'string'
      ? listed.split(/\s+/)[0]
      : names.flatMap((name) => (Array.isArray(name.given) ? name.given : []))[0];
  return {
    ins: ins ? String(ins.value).replace(/\s/g, '').toUpperCase() : null,
    families,
    given: plain(first) || null,
    birthDate:
      typeof patient.birthDate === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(patient.birthDate) ? patient.birthDate : null,
  };
}

/** Keys under which two records of one person meet: INS; birth name, first given name and birth date. */
export function keysOfTraits(traits: Traits): string[] {
  const keys = traits.ins ? [`ins ${traits.ins}`] : [];
  const family = traits.families[0];
  if (family && traits.given && traits.birthDate) keys.push(`name ${family} ${traits.given} ${traits.birthDate}`);
  return keys;
}

/** True when nothing of the identity agrees: an update that would turn one person into another. */
export function isSomeoneElse(before: Traits, after: Traits): boolean {
  if (before.ins && after.ins) return before.ins !== after.ins;
  const family =
    before.families.length > 0 &&
    after.families.length > 0 &&
    !before.families.some((name) => after.families.includes(name));
  const born = before.birthDate !== null && after.birthDate !== null && before.birthDate !== after.birthDate;
  const given = before.given !== null && after.given !== null && before.given !== after.given;
  return [family, born, given].filter(Boolean).length >= 2;
}

/** «LE GOFF Anne, née le 03/02/1950», for lists. */
export function shownPatient(patient: Json): string {
  const [name] = list(patient.name).sort((a, b) => Number(b.use === 'official') - Number(a.use === 'official'));
  const text = [
    typeof name?.family === 'string' ? name.family.toUpperCase() : '',
    Array.isArray(name?.given) ? String(name.given[0] ?? '') : '',
  ]
    .filter(Boolean)
    .join(' ');
  const { birthDate } = patient;
  const born = typeof birthDate === 'string' ? birthDate.split('-').reverse().join('/') : '';
  return `${text || 'Sans nom'}${born ? `, ${patient.gender === 'female' ? 'née' : patient.gender === 'male' ? 'né' : 'né(e)'} le ${born}` : ''}`;
}
