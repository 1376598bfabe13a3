import type { DocumentReference, Observation, Patient, Practitioner, Resource } from '@medplum/fhirtypes';
import { inventedRpps } from '../seeds/staff.ts';

const families = [
  'Le Goff',
  'Kermarrec',
  'Quéméneur',
  'Tanguy',
  'Morvan',
  'Abgrall',
  'Le Bihan',
  'Prigent',
  'Floc’h',
  'Riou',
  'Nédélec',
  'Salaün',
  'Guéguen',
  'Hélias',
  'L’Hostis',
  'Chevrel',
  'Rialland',
  'Gicquel',
  'de Kerangal',
  'Ferreira',
];
const women = [
  'Marie',
  'Yvonne',
  'Françoise',
  'Annick',
  'Gwenaëlle',
  'Nolwenn',
  'Élodie',
  'Camille',
  'Enora',
  'Louise',
];
const men = ['Jean', 'Yann', 'René', 'Michel', 'Erwan', 'François', 'Loïc', 'Hervé', 'Malo', 'Gaël'];
const professions = [
  ['10', 'Médecin'],
  ['60', 'Infirmier'],
  ['70', 'Masseur-kinésithérapeute'],
  ['21', 'Pharmacien'],
  ['50', 'Sage-femme'],
  ['80', 'Pédicure-podologue'],
] as const;
/** LOINC, name, unit, UCUM, mean, spread, laboratory */
const measures = [
  ['29463-7', 'Poids', 'kg', 'kg', 74, 14, false],
  ['8302-2', 'Taille', 'cm', 'cm', 168, 9, false],
  ['8867-4', 'Fréquence cardiaque', '/min', '/min', 74, 9, false],
  ['72514-3', 'Douleur (échelle 0–10)', '/10', '{score}', 3, 2, false],
  ['4548-4', 'HbA1c', '%', '%', 7.1, 0.8, true],
  ['14682-9', 'Créatinine', 'µmol/L', 'umol/L', 84, 18, true],
  ['62238-1', 'DFG estimé (CKD-EPI)', 'mL/min/1,73 m²', 'mL/min/{1.73_m2}', 78, 18, true],
  ['2089-1', 'Cholestérol LDL', 'g/L', 'g/L', 1.2, 0.3, true],
  ['718-7', 'Hémoglobine', 'g/dL', 'g/dL', 13.4, 1.2, true],
  ['3016-3', 'TSH', 'mUI/L', 'm[IU]/L', 2.1, 0.9, true],
] as const;
const illnesses = [
  ['I10', 'K86', 'Hypertension artérielle'],
  ['E11.9', 'T90', 'Diabète de type 2'],
  ['J45.9', 'R96', 'Asthme'],
  ['M17.9', 'L90', 'Gonarthrose'],
  ['F32.1', 'P76', 'Épisode dépressif'],
  ['I48.9', 'K78', 'Fibrillation atriale'],
] as const;
const drugs = [
  ['C09AA05', 'Ramipril 5 mg, comprimé', '1 comprimé le matin'],
  ['A10BA02', 'Metformine 1000 mg, comprimé', '1 comprimé matin et soir'],
  ['N02BE01', 'Paracétamol 1 g, comprimé', '1 comprimé si douleur, 3 par jour au plus'],
  ['C10AA05', 'Atorvastatine 20 mg, comprimé', '1 comprimé le soir'],
] as const;
const vaccines = [
  ['J07BB02', 'Vaxigrip', 'Grippe saisonnière'],
  ['J07CA01', 'Revaxis', 'Diphtérie, tétanos, poliomyélite'],
] as const;
const sentences = [
  'Bon état général, traitement bien toléré.',
  'Automesures à l’objectif, pas d’effet indésirable.',
  'Marche trente minutes par jour, sommeil correct.',
  'Pas d’œdème, auscultation sans particularité.',
  'Douleur en baisse depuis la dernière séance.',
  'Plan de soins relu avec le patient et son entourage.',
  'Prochain contrôle prévu dans trois mois.',
];

/** Patient 0 has this many encounters, on top of the usual resources. */
export const LONGEST_RECORD = 700;
/** What a record kept for decades is made of: measures mostly, some thirty problems. */
const longRecord = (chance: number): number =>
  chance < 0.9
    ? 0.3
    : chance < 0.903
      ? 0.8
      : chance < 0.935
        ? 0.85
        : chance < 0.96
          ? 0.92
          : chance < 0.963
            ? 0.95
            : 0.98;
const TERM = 'http://terminology.hl7.org/CodeSystem';

/**
 * A practice for measuring: 30 professionals first (one array), then one array per patient, about 1 kB of JSON a resource. Same seed, same
 * bytes. Streaming: nothing is kept between two patients. Dates run over eight years before 2026-11-01.
 * @param options.resourcesPerPatient counts the patient and the care team; @param options.longest resources of patient 0 beside its encounters, when it must be a long record
 */
export function* benchResources(options: {
  patients: number;
  resourcesPerPatient: number;
  longest?: number;
  seed?: number;
}): Generator<Resource[]> {
  let state = (options.seed ?? 1) | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (below: number) => Math.floor(next() * below);
  const pick = <T>(list: readonly T[]): T => list[int(list.length)]!;
  const two = (n: number) => (n < 10 ? `0${n}` : String(n));
  const day = () => `${2018 + int(8)}-${two(1 + int(12))}-${two(1 + int(28))}`;
  const instant = (date: string) => `${date}T${two(8 + int(11))}:${two(15 * int(4))}:00+01:00`;
  const words = (count: number) => Array.from({ length: count }, () => pick(sentences)).join(' ');

  const staff: Practitioner[] = Array.from({ length: 30 }, (_, i) => {
    const woman = i % 2 === 0;
    const [given, family] = [(woman ? women : men)[i % 10]!, families[(i * 7) % families.length]!];
    return {
      resourceType: 'Practitioner',
      id: `bench-pro-${two(i)}`,
      active: true,
      identifier: [{ system: 'https://rpps.esante.gouv.fr', value: inventedRpps(300_000 + i) }],
      name: [{ use: 'official', text: `${given} ${family}`, family, given: [given] }],
      gender: woman ? 'female' : 'male',
      qualification: [
        {
          code: {
            coding: [
              {
                system: 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante',
                code: professions[i % 6]![0],
              },
            ],
            text: professions[i % 6]![1],
          },
        },
      ],
    };
  });
  yield staff;
  const refs = staff.map((one) => ({ reference: `Practitioner/${one.id}`, display: one.name![0]!.text! }));

  for (let n = 0; n < options.patients; n++) {
    const id = `bench-${String(n).padStart(6, '0')}`;
    const woman = next() < 0.52;
    const given = pick(woman ? women : men);
    const family = pick(families);
    const subject = { reference: `Patient/${id}`, display: `${given} ${family}` };
    const patient: Patient = {
      resourceType: 'Patient',
      id,
      identifier: [
        {
          use: 'usual',
          type: { coding: [{ system: `${TERM}/v2-0203`, code: 'PI' }] },
          system: 'urn:estran:ipp:bench',
          value: String(1_000_000 + n),
        },
      ],
      active: true,
      name: [
        { use: 'official', family, given: [given, pick(woman ? women : men)] },
        ...(woman && next() < 0.5 ? [{ use: 'usual' as const, family: pick(families), given: [given] }] : []),
      ],
      telecom: [{ system: 'phone', value: `06 39 98 ${two(int(100))} ${two(int(100))}`, use: 'mobile' }],
      gender: woman ? 'female' : 'male',
      birthDate: `${1930 + int(95)}-${two(1 + int(12))}-${two(1 + int(28))}`,
      address: [
        {
          use: 'home',
          line: [`${1 + int(80)} rue du Sémaphore-Vert`],
          city: 'Lannilis',
          postalCode: '29870',
          country: 'FRA',
        },
      ],
    };
    const size = 2 + int(4);
    const from = int(30);
    const team = Array.from({ length: size }, (_, i) => (from + i * 7) % 30);
    patient.generalPractitioner = [refs[team[0]!]!];
    const out: Resource[] = [
      patient,
      {
        resourceType: 'CareTeam',
        id: `${id}-team`,
        status: 'active',
        subject,
        period: { start: '2018-01-01' },
        participant: team.map((i) => ({
          role: [
            {
              coding: [
                {
                  system: 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante',
                  code: professions[i % 6]![0],
                },
              ],
              text: professions[i % 6]![1],
            },
          ],
          member: refs[i]!,
          period: { start: '2018-01-01' },
        })),
      },
    ];
    let encounter: { reference: string } | undefined;
    const rest = (n === 0 ? (options.longest ?? options.resourcesPerPatient) : options.resourcesPerPatient) - 2;
    const extra = n === 0 ? Math.max(0, LONGEST_RECORD - 1) : 0;
    for (let k = 0; k < rest + extra; k++) {
      const pro = refs[pick(team)]!;
      const date = day();
      const at = instant(date);
      const chance =
        k === 0 || k >= rest ? 0.7 : n > 0 ? next() : options.longest ? longRecord(next()) : Math.min(next(), 0.599);
      const own = `${id}-${k}`;
      if (chance < 0.6) {
        const [loinc, fr, unit, ucum, mean, spread, lab] = pick(measures);
        const value = Math.round((mean + (next() + next() - 1) * 2 * spread) * 10) / 10;
        const quantity = { value, unit, system: 'http://unitsofmeasure.org', code: ucum };
        const observation: Observation = {
          resourceType: 'Observation',
          id: own,
          status: 'final',
          category: [
            { coding: [{ system: `${TERM}/observation-category`, code: lab ? 'laboratory' : 'vital-signs' }] },
          ],
          code: { coding: [{ system: 'http://loinc.org', code: loinc, display: fr }], text: fr },
          subject,
          ...(encounter ? { encounter } : {}),
          effectiveDateTime: at,
          issued: at,
          performer: [pro],
          valueQuantity: quantity,
          interpretation: [
            { coding: [{ system: `${TERM}/v3-ObservationInterpretation`, code: value > mean + spread ? 'H' : 'N' }] },
          ],
          referenceRange: [
            {
              low: { ...quantity, value: mean - spread },
              high: { ...quantity, value: mean + spread },
              text: 'Valeurs usuelles de l’adulte',
            },
          ],
          note: [{ text: words(2), time: at }],
        };
        out.push(observation);
      } else if (chance < 0.78) {
        encounter = { reference: `Encounter/${own}` };
        const [icd, icpc, fr] = pick(illnesses);
        out.push({
          resourceType: 'Encounter',
          id: own,
          status: 'finished',
          class: { system: `${TERM}/v3-ActCode`, code: next() < 0.2 ? 'HH' : 'AMB' },
          subject,
          participant: [
            {
              type: [{ coding: [{ system: `${TERM}/v3-ParticipationType`, code: 'PPRF' }] }],
              individual: pro,
              period: { start: at },
            },
          ],
          period: { start: at, end: `${date}T20:00:00+01:00` },
          reasonCode: [
            {
              coding: [
                { system: 'http://hl7.org/fhir/sid/icd-10', code: icd },
                { system: 'http://hl7.org/fhir/sid/icpc-2', code: icpc },
              ],
              text: `${fr} : ${words(4)}`,
            },
          ],
          text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${words(3)}</p></div>` },
        });
      } else if (chance < 0.83) {
        const [icd, icpc, fr] = pick(illnesses);
        out.push({
          resourceType: 'Condition',
          id: own,
          clinicalStatus: {
            coding: [{ system: `${TERM}/condition-clinical`, code: next() < 0.7 ? 'active' : 'inactive' }],
          },
          verificationStatus: { coding: [{ system: `${TERM}/condition-ver-status`, code: 'confirmed' }] },
          category: [{ coding: [{ system: `${TERM}/condition-category`, code: 'problem-list-item' }] }],
          code: {
            coding: [
              { system: 'http://hl7.org/fhir/sid/icd-10', code: icd, display: fr },
              { system: 'http://hl7.org/fhir/sid/icpc-2', code: icpc, display: fr },
            ],
            text: fr,
          },
          subject,
          onsetDateTime: date,
          recordedDate: at,
          recorder: pro,
          note: [{ text: words(4), time: at }],
        });
      } else if (chance < 0.9) {
        const [atc, fr, dose] = pick(drugs);
        out.push({
          resourceType: 'MedicationRequest',
          id: own,
          status: next() < 0.4 ? 'active' : 'completed',
          intent: 'order',
          medicationCodeableConcept: {
            coding: [{ system: 'http://www.whocc.no/atc', code: atc, display: fr }],
            text: fr,
          },
          subject,
          ...(encounter ? { encounter } : {}),
          authoredOn: at,
          requester: pro,
          dosageInstruction: [
            {
              text: dose,
              patientInstruction: words(2),
              timing: { repeat: { boundsPeriod: { start: date }, frequency: 1, period: 1, periodUnit: 'd' } },
            },
          ],
          dispenseRequest: { validityPeriod: { start: date }, numberOfRepeatsAllowed: int(6) },
          note: [{ text: words(2) }],
        });
      } else if (chance < 0.94) {
        const results = out.slice(-6).filter((one) => one.resourceType === 'Observation');
        out.push({
          resourceType: 'DiagnosticReport',
          id: own,
          status: 'final',
          category: [{ coding: [{ system: `${TERM}/v2-0074`, code: 'LAB' }] }],
          code: {
            coding: [{ system: 'http://loinc.org', code: '11502-2', display: 'Compte rendu de biologie' }],
            text: 'Biologie de suivi',
          },
          subject,
          effectiveDateTime: at,
          issued: at,
          performer: [pro],
          ...(results.length > 0 ? { result: results.map((one) => ({ reference: `Observation/${one.id}` })) } : {}),
          conclusion: words(5),
        });
      } else if (chance < 0.97) {
        const [atc, fr, target] = pick(vaccines);
        out.push({
          resourceType: 'Immunization',
          id: own,
          status: 'completed',
          vaccineCode: { coding: [{ system: 'http://www.whocc.no/atc', code: atc, display: fr }], text: fr },
          patient: subject,
          occurrenceDateTime: date,
          recorded: at,
          lotNumber: `AB${1000 + int(9000)}`,
          site: { text: 'Bras gauche' },
          performer: [{ actor: pro }],
          protocolApplied: [{ targetDisease: [{ text: target }], doseNumberString: 'Rappel' }],
          note: [{ text: words(3) }],
        });
      } else {
        const letter: DocumentReference = {
          resourceType: 'DocumentReference',
          id: own,
          status: 'current',
          type: {
            coding: [{ system: 'http://loinc.org', code: '11488-4', display: 'Courrier' }],
            text: 'Compte rendu de consultation',
          },
          subject,
          date: at,
          author: [pro],
          description: words(2),
          content: [
            {
              attachment: {
                contentType: 'text/plain; charset=utf-8',
                data: Buffer.from(words(6)).toString('base64'),
                title: 'Courrier',
                creation: at,
              },
            },
          ],
        };
        out.push(letter);
      }
    }
    yield out;
  }
}
