import type { Address, ContactPoint, Extension, HumanName, Identifier, Patient, Reference } from '@medplum/fhirtypes';
import { type IdentityForm, identityMarks, type InsStatus, insStatusLabels, type PatientBrief } from '../contract.ts';
import { ageLabel, dateLabel, dayOf } from '../dates.rules.ts';
import { system, withoutEmpty } from '../fhir-words.ts';
import { compactIns, insDoubts, insKindOf, insSystems, statusOf } from './ins.rules.ts';

const core = 'https://hl7.fr/ig/fhir/core/StructureDefinition';
const codes = 'https://hl7.fr/ig/fhir/core/CodeSystem';
const reliabilityUrl = `${core}/fr-core-identity-reliability`;
const birthPlaceUrl = 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace';
const inseeUrl = `${core}/fr-core-address-insee-code`;
const givensUrl = `${core}/fr-core-patient-birth-list-given-name`;
/** Also of a birth abroad (99…): FR Core takes no other system in this place. */
const communes = 'https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM';

/** Who saw the document; FR Core has the kind and the day only. */
const seenByUrl = 'urn:estran:document-seen-by';
const homonymUrl = 'urn:estran:homonym';
const markCodes = { doubtful: 'DOUT', fictive: 'FICT' } as const;

const inside = (extension: Extension | undefined, url: string): Extension | undefined =>
  extension?.extension?.find((one) => one.url === url);
const find = (holder: { extension?: Extension[] } | undefined, url: string): Extension | undefined =>
  holder?.extension?.find((one) => one.url === url);
const insOf = (patient: Patient): Identifier | undefined =>
  patient.identifier?.find((one) => insKindOf(one.system) && one.use !== 'old' && one.value);

export function insStatusOf(patient: Patient): InsStatus {
  const reliability = find(patient, reliabilityUrl);
  const proven = inside(reliability, 'identityStatus')?.valueCoding?.code === 'VALI';
  return statusOf(proven, insOf(patient) !== undefined);
}
/** RNIV attributes of an identity. */
export function marksOf(patient: Patient): IdentityForm['marks'] {
  const code = inside(find(patient, reliabilityUrl), 'identityStatus')?.valueCoding?.code;
  const homonym = find(patient, homonymUrl)?.valueBoolean === true || code === 'HOMA';
  return [
    ...(homonym ? (['homonym'] as const) : []),
    ...(['doubtful', 'fictive'] as const).filter((mark) => code === markCodes[mark]),
  ];
}
/** «Identité provisoire, douteuse». */
const statusLabel = (patient: Patient, status: InsStatus): string =>
  [
    insStatusLabels[status],
    ...identityMarks.filter(({ code }) => marksOf(patient).includes(code)).map(({ word }) => word),
  ].join(', ');
/** The name at birth (official) and the one in use. */
export function namesOf(patient: Patient): { birth: HumanName | undefined; used: HumanName | undefined } {
  const named = (use: string) => patient.name?.find((name) => name.use === use && !name.period?.end);
  const maiden = patient.name?.find((name) => name.use === 'maiden');
  const official = named('official');
  // Elsewhere than in France the official name is the one in use, and «maiden» the one at birth.
  return { birth: maiden ?? official ?? patient.name?.[0], used: named('usual') ?? (maiden ? official : undefined) };
}
export const birthGivensOf = (name: HumanName | undefined): string =>
  find(name, givensUrl)?.valueString ?? name?.given?.join(' ') ?? '';

export function displayName(patient: Patient): string {
  const { birth, used } = namesOf(patient);
  const family = used?.family ?? birth?.family;
  const given = used?.given?.[0] ?? birth?.given?.[0];
  return [family?.toUpperCase(), given].filter(Boolean).join(' ') || birth?.text || 'Patient sans nom';
}
const sexLabels: Record<string, string> = { male: 'Homme', female: 'Femme', other: 'Autre', unknown: 'Indéterminé' };

/** A patient in one line, as of `today`. */
export function briefOf(patient: Patient, today: string, inMyTeam = false): PatientBrief {
  const { birth, used } = namesOf(patient);
  const status = insStatusOf(patient);
  const dead = patient.deceasedDateTime ?? (patient.deceasedBoolean ? null : undefined);
  const differs = birth?.family && used?.family && birth.family.toUpperCase() !== used.family.toUpperCase();
  return {
    id: patient.id!,
    name: displayName(patient),
    birthName: differs ? `né${patient.gender === 'male' ? '' : 'e'} ${birth.family!.toUpperCase()}` : null,
    sex: patient.gender ?? 'unknown',
    sexLabel: sexLabels[patient.gender ?? 'unknown']!,
    birthDate: patient.birthDate ?? null,
    birthDateLabel: dateLabel(patient.birthDate),
    age:
      dead === undefined
        ? ageLabel(patient.birthDate, today)
        : dead
          ? `décédé${patient.gender === 'female' ? 'e' : ''} à ${ageLabel(patient.birthDate, dayOf(dead))}`
          : `décédé${patient.gender === 'female' ? 'e' : ''}`,
    deceased: dead !== undefined,
    insStatus: status,
    insStatusLabel: statusLabel(patient, status),
    // An INS never leaves unless qualified (IDV-1).
    ins: status === 'qualified' ? (insOf(patient)?.value ?? null) : null,
    place: homeOf(patient)?.city ?? null,
    phone: patient.telecom?.find((one) => one.system === 'phone' && one.value)?.value ?? null,
    inMyTeam,
  };
}
export const homeOf = (patient: Patient): Address | undefined =>
  patient.address?.find((one) => one.use === 'home') ?? patient.address?.[0];
export const addressLabel = (address: Address | undefined): string | null =>
  address
    ? [address.line?.join(', '), [address.postalCode, address.city].filter(Boolean).join(' ')]
        .filter(Boolean)
        .join(', ') ||
      address.text ||
      null
    : null;

/** The identity as its form shows it. */
export function formOf(patient: Patient): IdentityForm {
  const { birth, used } = namesOf(patient);
  const place = find(patient, birthPlaceUrl)?.valueAddress;
  const reliability = find(patient, reliabilityUrl);
  const home = homeOf(patient);
  const contact = patient.contact?.[0];
  const ins = insOf(patient);
  const proof = inside(reliability, 'validationMode')?.valueCoding?.code;
  const kind = insKindOf(ins?.system) ?? 'nir';
  return {
    birthFamily: birth?.family ?? birth?.text ?? '',
    birthGivens: birthGivensOf(birth),
    birthFirst: birth?.given?.[0]?.includes(' ') && birth.given.length === 1 ? birth.given[0] : null,
    birthDate: dateLabel(patient.birthDate),
    sex: patient.gender === 'male' || patient.gender === 'female' ? patient.gender : 'unknown',
    birthPlace: find(place, inseeUrl)?.valueCoding?.code ?? null,
    birthPlaceName: place?.city ?? place?.text ?? null,
    usedFamily: used?.family ?? null,
    usedGiven: used?.given?.[0] ?? null,
    phones: (patient.telecom ?? []).filter((one) => one.system === 'phone' && one.value).map((one) => one.value!),
    email: patient.telecom?.find((one) => one.system === 'email')?.value ?? null,
    address: home
      ? { line: home.line?.join(', ') ?? null, postalCode: home.postalCode ?? null, city: home.city ?? null }
      : null,
    ins: ins?.value ?? null,
    insKind: kind === 'demo' ? 'test' : kind,
    insStatus: insStatusOf(patient),
    proof: proof
      ? {
          kind: proof,
          seenOn: dateLabel(inside(reliability, 'validationDate')?.valueDate),
          by: find(patient, seenByUrl)?.valueReference?.display ?? null,
        }
      : null,
    marks: marksOf(patient),
    deceasedOn: patient.deceasedDateTime ? dateLabel(patient.deceasedDateTime) : null,
    contact: contact
      ? {
          name: contact.name?.text ?? [contact.name?.given?.join(' '), contact.name?.family].filter(Boolean).join(' '),
          phone: contact.telecom?.find((one) => one.system === 'phone')?.value ?? null,
          relation: contact.relationship?.[0]?.text ?? null,
        }
      : null,
    comment: null,
  };
}

/** What stands between this identity and the next status. */
export function todoOf(patient: Patient): string[] {
  const form = formOf(patient);
  const todo: string[] = [];
  if (!form.birthFamily || !form.birthGivens) todo.push('Compléter le nom et les prénoms de naissance.');
  if (!patient.birthDate) todo.push('Compléter la date de naissance.');
  if (form.sex === 'unknown') todo.push('Compléter le sexe.');
  if (!form.birthPlace) todo.push('Compléter le lieu de naissance (code INSEE).');
  if (form.marks.includes('homonym'))
    todo.push('Homonyme connu : vérifier la date et le lieu de naissance à chaque fois.');
  if (form.marks.includes('doubtful')) todo.push('Lever le doute sur l’identité.');
  else if (form.insStatus === 'provisional' && !form.marks.includes('fictive'))
    todo.push('Vérifier une pièce d’identité et récupérer l’INS.');
  if (form.insStatus === 'retrieved') todo.push('Vérifier une pièce d’identité pour qualifier l’INS.');
  if (form.insStatus === 'validated') todo.push('Récupérer l’INS par le téléservice.');
  if (form.ins)
    todo.push(
      ...insDoubts(form.ins, { sex: form.sex, birthDate: patient.birthDate, birthPlace: form.birthPlace ?? undefined }),
    );
  return todo;
}

const part = (url: string, value: Partial<Extension>): Extension => ({ url, ...value });
/** The form as it is written: dates are ISO. */
type Filled = IdentityForm & { birthDate: string; seenOn?: string; deceased?: string };
const isProven = ({ insStatus }: Filled): boolean => insStatus === 'validated' || insStatus === 'qualified';

function namesFrom(form: Filled, base: Patient): HumanName[] {
  const givens = form.birthGivens.split(/[\s,]+/).filter(Boolean);
  const first = form.birthFirst
    ?.trim()
    .split(/[\s,]+/)
    .join(' ');
  return [
    {
      extension: [{ url: givensUrl, valueString: givens.join(' ') }],
      use: 'official',
      family: form.birthFamily,
      given: [first || givens[0]!],
    },
    ...(form.usedFamily || form.usedGiven
      ? [
          {
            use: 'usual' as const,
            family: form.usedFamily || form.birthFamily,
            given: [form.usedGiven || givens[0]!],
          },
        ]
      : []),
    ...(base.name ?? []).filter(({ use }) => use === 'old' || use === 'nickname' || use === 'anonymous'),
  ];
}

function reliabilityOf(form: Filled, now: string): Extension {
  const mark = (['doubtful', 'fictive'] as const).find((one) => form.marks.includes(one));
  const status = isProven(form) ? 'VALI' : mark ? markCodes[mark] : 'PROV';
  return {
    url: reliabilityUrl,
    extension: [
      part('identityStatus', { valueCoding: { system: `${codes}/fr-core-cs-v2-0445`, code: status } }),
      part('methodCollection', {
        valueCoding: { system: `${codes}/fr-core-cs-method-collection`, code: form.ins ? 'INSI' : 'SM' },
      }),
      part('dateCollection', { valueDate: dayOf(now) }),
      ...(isProven(form) && form.proof
        ? [
            part('validationDate', { valueDate: form.seenOn ?? dayOf(now) }),
            part('validationMode', {
              valueCoding: { system: `${codes}/fr-core-cs-mode-validation-identity`, code: form.proof.kind },
            }),
          ]
        : []),
    ],
  };
}
/** Who saw the document: whoever did before, while the document and its day are the same. */
function seenByOf(form: Filled, base: Patient, now: string, seenBy: Reference): Extension[] {
  if (!isProven(form) || !form.proof) return [];
  const seen = find(base, reliabilityUrl);
  const same =
    inside(seen, 'validationMode')?.valueCoding?.code === form.proof.kind &&
    inside(seen, 'validationDate')?.valueDate === (form.seenOn ?? dayOf(now));
  return [(same && find(base, seenByUrl)) || { url: seenByUrl, valueReference: seenBy }];
}
function birthPlaceOf({ birthPlace, birthPlaceName }: Filled): Extension[] {
  if (!birthPlace && !birthPlaceName) return [];
  const coded = birthPlace && {
    extension: [
      {
        url: inseeUrl,
        valueCoding: {
          system: communes,
          code: birthPlace.toUpperCase(),
          ...(birthPlaceName && { display: birthPlaceName }),
        },
      },
    ],
  };
  return [{ url: birthPlaceUrl, valueAddress: { ...coded, ...(birthPlaceName && { city: birthPlaceName }) } }];
}

function identifiersOf(form: Filled, base: Patient): Identifier[] {
  const others = (base.identifier ?? []).filter((one) => !insKindOf(one.system) || one.use === 'old');
  if (!form.ins) return others;
  const value = compactIns(form.ins);
  const old = insOf(base);
  const { system: insSystem, type } =
    insSystems[insKindOf(old?.value === value ? old?.system : undefined) ?? form.insKind];
  return [
    {
      use: form.insStatus === 'qualified' ? 'official' : 'temp',
      type: { coding: [{ system: `${codes}/fr-core-cs-v2-0203`, code: type }] },
      system: insSystem,
      value,
    },
    ...others,
  ];
}
function telecomOf(form: Filled, base: Patient): ContactPoint[] {
  const known = base.telecom ?? [];
  const phone = (value: string): ContactPoint =>
    known.find((one) => one.system === 'phone' && one.value === value) ?? {
      system: 'phone',
      value,
      use: /^(?:\+33|0)[67]/.test(value.replace(/[\s.]/g, '')) ? 'mobile' : 'home',
    };
  return [
    ...form.phones.filter(Boolean).map(phone),
    ...(form.email ? [{ system: 'email' as const, value: form.email }] : []),
    ...known.filter((one) => one.system !== 'phone' && one.system !== 'email'),
  ];
}
function addressesOf({ address }: Filled, base: Patient): Address[] {
  const home = homeOf(base);
  const others = (base.address ?? []).filter((one) => one !== home);
  if (!address || !(address.line || address.city || address.postalCode)) return others;
  return [
    {
      ...home,
      use: 'home',
      line: address.line ? [address.line] : undefined,
      postalCode: address.postalCode ?? undefined,
      city: address.city ?? undefined,
      text: undefined,
    },
    ...others,
  ];
}
const contactsOf = ({ contact }: Filled, base: Patient): Patient['contact'] =>
  contact
    ? [
        {
          name: { text: contact.name },
          ...(contact.relation && { relationship: [contactRelation(contact.relation)] }),
          ...(contact.phone && { telecom: [{ system: 'phone', value: contact.phone }] }),
        },
        ...(base.contact ?? []).slice(1),
      ]
    : base.contact;

/** Writes the form over a patient: what the form does not know of is kept. */
export function patientOf(form: Filled, base: Patient, now: string, seenBy: Reference): Patient {
  const managed = [reliabilityUrl, birthPlaceUrl, homonymUrl, seenByUrl];
  return withoutEmpty({
    ...base,
    resourceType: 'Patient',
    meta: { ...base.meta, profile: profiles(base, profileOf(form)) },
    extension: [
      reliabilityOf(form, now),
      ...birthPlaceOf(form),
      ...seenByOf(form, base, now, seenBy),
      ...(form.marks.includes('homonym') ? [{ url: homonymUrl, valueBoolean: true }] : []),
      ...(base.extension ?? []).filter((one) => !managed.includes(one.url)),
    ],
    identifier: identifiersOf(form, base),
    active: base.active ?? true,
    name: namesFrom(form, base),
    telecom: telecomOf(form, base),
    gender: form.sex,
    birthDate: form.birthDate,
    deceasedBoolean: form.deceased ? undefined : base.deceasedBoolean,
    deceasedDateTime: form.deceased,
    address: addressesOf(form, base),
    contact: contactsOf(form, base),
  });
}
const contactRelation = (text: string) => ({ coding: [{ system: system('v2-0131'), code: 'C', display: text }], text });
/** The strictest French profile this identity really conforms to. FR Core has no code for a birth abroad (99…): none then. */
function profileOf(form: IdentityForm): string | undefined {
  if (form.birthPlace?.startsWith('99')) return undefined;
  const ins =
    form.insStatus === 'qualified' &&
    form.birthPlace &&
    form.sex !== 'unknown' &&
    ['PA', 'CN', 'AN', 'LE'].includes(form.proof?.kind ?? '');
  return ins ? 'fr-core-patient-ins' : 'fr-core-patient';
}
function profiles(base: Patient, profile: string | undefined): string[] {
  const others = (base.meta?.profile ?? []).filter((url) => !url.startsWith(`${core}/fr-core-patient`));
  return profile ? [...others, `${core}/${profile}`] : others;
}
