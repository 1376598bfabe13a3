import type { Extension, Patient, Resource } from '@medplum/fhirtypes';
import { addDays, ageAt } from './dates.ts';
import type { Chance } from './random.ts';
import { birthPlaces, type Town } from './words.ts';

/** One inhabitant, before a record is written about them. */
export interface Person {
  key: string;
  id: string;
  gender: 'male' | 'female';
  birth: string;
  birthName: string;
  /** Married or chosen name, when it differs. */
  usualName?: string;
  given: string[];
  /** INSEE code and town, or country code (99…), country and town. */
  born: { code: string; town: string; country?: string };
  home: Home;
  /** Qualified, validated, retrieved, provisional: the four statuses of the national identity rules. */
  identity: 'qualified' | 'validated' | 'retrieved' | 'provisional';
  married?: boolean;
  widowed?: boolean;
  mother?: Person;
  father?: Person;
  children: Person[];
  partner?: Person;
  mobile?: string;
  email?: string;
  deceased?: string;
}

export interface Home {
  line: string;
  town: Town;
  phone?: string;
}

const CORE = 'https://hl7.fr/ig/fhir/core/StructureDefinition';
const FR_ID = 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203';
const V2_0203 = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const COMMUNES = 'https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM';
/** OID of the INS of the test kind: the only one allowed here. */
export const INS_TEST = 'urn:oid:1.2.250.1.213.1.4.10';

/** Key of a 13-character NIR (97 minus the remainder; 2A and 2B count as 19 and 18). */
export const nirKey = (body: string): string =>
  String(97 - Number(BigInt(body.replace('2A', '19').replace('2B', '18')) % 97n)).padStart(2, '0');

/** Order numbers from 900 up: no commune here has had so many births in one month. */
export function inventedNir(person: Pick<Person, 'gender' | 'birth' | 'born'>, order: number): string {
  const body = `${person.gender === 'male' ? 1 : 2}${person.birth.slice(2, 4)}${person.birth.slice(5, 7)}${person.born.code}${900 + (order % 100)}`;
  return body + nirKey(body);
}

export const bornIn = (chance: Chance, region: 'abers' | 'redon'): Person['born'] => {
  const [code, town] = chance.weighted(birthPlaces[region]);
  return { code, town };
};

export const displayName = (person: Person): string => `${person.given[0]} ${person.usualName ?? person.birthName}`;

const reliability = (
  status: 'VALI' | 'PROV',
  method: 'SM' | 'CV' | 'INSI',
  date: string,
  proof?: 'CN' | 'PA' | 'LE',
): Extension => {
  const coding = (set: string, code: string) => ({ system: `https://hl7.fr/ig/fhir/core/CodeSystem/${set}`, code });
  const extension: Extension[] = [
    { url: 'identityStatus', valueCoding: coding('fr-core-cs-v2-0445', status) },
    { url: 'methodCollection', valueCoding: coding('fr-core-cs-method-collection', method) },
    { url: 'dateCollection', valueDate: date },
  ];
  if (proof) {
    extension.push({ url: 'validationDate', valueDate: date });
    extension.push({ url: 'validationMode', valueCoding: coding('fr-core-cs-mode-validation-identity', proof) });
  }
  return { url: `${CORE}/fr-core-identity-reliability`, extension };
};

/**
 * FR Core patient. Born abroad, the country's code (99…) stands in the place of the commune's, as FR Core's own rule fr-core-3 expects; its required
 * set of communes may not hold it, so such patients declare no profile.
 */
export function patientResource(
  person: Person,
  order: number,
  practiceId: string,
  today: string,
  physician: { reference: string; display: string },
): Patient {
  const abroad = person.born.country !== undefined;
  const seen = addDays(today, -30 - (order % 700));
  const ins = person.identity === 'qualified' || person.identity === 'retrieved';
  const status =
    person.identity === 'qualified' || person.identity === 'validated'
      ? reliability(
          'VALI',
          ins ? 'INSI' : 'SM',
          seen,
          ageAt(person.birth, seen) < 15 ? 'LE' : order % 4 === 0 ? 'PA' : 'CN',
        )
      : reliability('PROV', ins ? 'INSI' : order % 2 ? 'CV' : 'SM', seen);
  const patient: Patient = {
    resourceType: 'Patient',
    id: person.id,
    ...(abroad
      ? {}
      : {
          meta: { profile: [`${CORE}/${person.identity === 'qualified' ? 'fr-core-patient-ins' : 'fr-core-patient'}`] },
        }),
    extension: [
      status,
      {
        url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace',
        valueAddress: {
          extension: [
            {
              url: `${CORE}/fr-core-address-insee-code`,
              valueCoding: {
                system: COMMUNES,
                code: person.born.code,
                display: person.born.country ?? person.born.town,
              },
            },
          ],
          city: person.born.town,
          country: person.born.country ?? 'France',
        },
      },
    ],
    identifier: [
      ...(ins
        ? [
            {
              use: 'official' as const,
              type: { coding: [{ system: FR_ID, code: 'INS-NIR-TEST' }] },
              system: INS_TEST,
              value: inventedNir(person, order),
            },
          ]
        : []),
      {
        use: 'usual',
        type: { coding: [{ system: V2_0203, code: 'PI', display: 'Patient internal identifier' }] },
        system: `urn:estran:ipp:${practiceId}`,
        value: String(100000 + order),
      },
    ],
    active: true,
    name: [
      {
        extension: [{ url: `${CORE}/fr-core-patient-birth-list-given-name`, valueString: person.given.join(' ') }],
        use: 'official',
        family: person.birthName,
        given: [person.given[0]!],
      },
      ...(person.usualName ? [{ use: 'usual' as const, family: person.usualName, given: [person.given[0]!] }] : []),
    ],
    telecom: [
      ...(person.mobile ? [{ system: 'phone' as const, value: person.mobile, use: 'mobile' as const }] : []),
      ...(person.home.phone ? [{ system: 'phone' as const, value: person.home.phone, use: 'home' as const }] : []),
      ...(person.email ? [{ system: 'email' as const, value: person.email, use: 'home' as const }] : []),
    ],
    gender: person.gender,
    birthDate: person.birth,
    ...(person.deceased ? { deceasedDateTime: person.deceased } : {}),
    address: [
      {
        use: 'home',
        line: [person.home.line],
        city: person.home.town.name,
        postalCode: person.home.town.postalCode,
        country: 'FRA',
      },
    ],
    generalPractitioner: [physician],
    managingOrganization: { reference: 'Organization/org-practice' },
  };
  if (patient.telecom!.length === 0) delete patient.telecom;
  if (ageAt(person.birth, today) >= 18) {
    const code = person.widowed ? 'W' : person.married ? 'M' : 'S';
    patient.maritalStatus = {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code }],
      text: {
        W: person.gender === 'female' ? 'Veuve' : 'Veuf',
        M: person.gender === 'female' ? 'Mariée' : 'Marié',
        S: 'Célibataire',
      }[code],
    };
  }
  // A parent's record points to the person their child's record knows them by.
  const links = person.children.map((child) => ({
    other: { reference: `RelatedPerson/${relatedId(child, person)}` },
    type: 'seealso' as const,
  }));
  if (links.length > 0) patient.link = links;
  return patient;
}

const relatedId = (of: Person, who: Person) =>
  `${of.key}-rel-${who === of.mother ? 'mere' : who === of.father ? 'pere' : who === of.partner ? 'conjoint' : `enfant-${of.children.indexOf(who) + 1}`}`;

/** Those around a patient who are patients too: parents of a minor, the partner, the child to call for an old person. */
export function* relatedResources(
  person: Person,
  practiceId: string,
  orderOf: (person: Person) => number,
  today: string,
): Generator<Resource> {
  const minor = ageAt(person.birth, today) < 18;
  const around: [Person, string, string, string][] = [];
  if (person.mother) around.push([person.mother, 'MTH', 'Mère', minor ? 'GUARD' : 'ECON']);
  if (person.father) around.push([person.father, 'FTH', 'Père', minor ? 'GUARD' : 'ECON']);
  if (person.partner && !person.widowed)
    around.push([
      person.partner,
      person.partner.gender === 'male' ? 'HUSB' : 'WIFE',
      person.partner.gender === 'male' ? 'Époux' : 'Épouse',
      'ECON',
    ]);
  if (ageAt(person.birth, today) >= 75) {
    const child = person.children[0];
    if (child)
      around.push([
        child,
        child.gender === 'male' ? 'SONC' : 'DAUC',
        child.gender === 'male' ? 'Fils' : 'Fille',
        'CAREGIVER',
      ]);
  }
  const roles: Record<string, string> = {
    GUARD: 'Responsable légal',
    ECON: 'Personne à prévenir en cas d’urgence',
    CAREGIVER: 'Aidant',
  };
  for (const [other, code, fr, role] of around) {
    yield {
      resourceType: 'RelatedPerson',
      id: relatedId(person, other),
      identifier: [
        {
          use: 'usual',
          type: { coding: [{ system: V2_0203, code: 'PI' }] },
          system: `urn:estran:ipp:${practiceId}`,
          value: String(100000 + orderOf(other)),
        },
      ],
      active: true,
      patient: { reference: `Patient/${person.id}`, display: displayName(person) },
      relationship: [
        {
          coding: [
            {
              system: 'https://mos.esante.gouv.fr/NOS/TRE_R260-HL7RoleClass/FHIR/TRE-R260-HL7RoleClass',
              code: role,
              display: roles[role],
            },
          ],
          text: roles[role],
        },
        {
          coding: [
            {
              system: 'https://mos.esante.gouv.fr/NOS/TRE_R216-HL7RoleCode/FHIR/TRE-R216-HL7RoleCode',
              code,
              display: fr,
            },
          ],
          text: fr,
        },
      ],
      name: [{ use: 'usual', family: other.usualName ?? other.birthName, given: [other.given[0]!] }],
      ...(other.mobile ? { telecom: [{ system: 'phone', value: other.mobile, use: 'mobile' }] } : {}),
      gender: other.gender,
      birthDate: other.birth,
      address: [
        {
          use: 'home',
          line: [other.home.line],
          city: other.home.town.name,
          postalCode: other.home.town.postalCode,
          country: 'FRA',
        },
      ],
    };
  }
}
