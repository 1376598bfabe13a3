import type { Binary, DocumentReference, Patient, Resource as FhirResource } from '@medplum/fhirtypes';
import type { FhirStore, Resource } from '../src/fhir/index.ts';
import type { Db } from '../src/platform/index.ts';
import { addReceived, labFileOf } from '../src/record/index.ts';
import { addDays, parisInstant } from './dates.ts';
import { letterPdf } from './paper.ts';
import { photographedLetter } from './scan.ts';
import { type DemoPerson, practiceShapes, titleOf } from './staff.ts';

const day = (iso: string): string => iso.split('-').reverse().join('/');
interface Letter {
  title: string;
  code: string;
  label: string;
  author: string;
  service: string;
  body: string[];
}
const letters: readonly Letter[] = [
  {
    title: 'Compte rendu de consultation',
    code: '11488-4',
    label: 'Compte rendu de consultation',
    author: 'Dr Hervé TOULARASTEL',
    service: 'Cardiologie',
    body: [
      'Merci de m’avoir adressé votre patient pour palpitations. L’examen est sans particularité.',
      'Holter des 24 heures : quelques extrasystoles supraventriculaires, pas de fibrillation.',
      'Échographie : fraction d’éjection à 62 %, pas de valvulopathie significative.',
      'Je ne modifie pas le traitement. À revoir dans un an, ou plus tôt en cas de malaise.',
    ],
  },
  {
    title: 'Radiographie du genou droit',
    code: '18748-4',
    label: 'Compte rendu d’imagerie',
    author: 'Dr Maela KERGUIVEN',
    service: 'Imagerie médicale',
    body: [
      'Technique : face et profil en charge.',
      'Résultat : pincement fémoro-tibial interne modéré, ostéophytose marginale. Pas de fracture, pas d’épanchement visible.',
      'Conclusion : gonarthrose fémoro-tibiale interne de stade 2.',
    ],
  },
  {
    title: 'Compte rendu d’hospitalisation',
    code: '18842-5',
    label: 'Compte rendu d’hospitalisation',
    author: 'Dr Yann PRIGENT-LAMOUR',
    service: 'Médecine polyvalente',
    body: [
      'Motif : pneumopathie du lobe inférieur droit, hypoxémiante.',
      'Évolution : apyrexie au troisième jour sous amoxicilline, sevrage de l’oxygène au cinquième jour.',
      'Traitement de sortie : amoxicilline 1 g trois fois par jour, encore quatre jours.',
      'Contrôle radiographique dans six semaines. Vaccination antipneumococcique à prévoir.',
    ],
  },
  {
    title: 'Fond d’œil',
    code: '11488-4',
    label: 'Compte rendu de consultation',
    author: 'Dr Solenn ABALLAIN',
    service: 'Ophtalmologie',
    body: [
      'Acuité 9/10 à droite, 8/10 à gauche avec correction.',
      'Fond d’œil : pas de rétinopathie diabétique. Tension oculaire 15 et 16 mmHg.',
      'Prochain contrôle dans un an.',
    ],
  },
  {
    title: 'Examen anatomo-pathologique',
    code: '11526-1',
    label: 'Compte rendu d’anatomopathologie',
    author: 'Dr Ronan QUILLEVERE',
    service: 'Anatomie pathologique',
    body: [
      'Biopsie-exérèse cutanée du dos, 8 mm.',
      'Conclusion : nævus mélanocytaire composé, bénin, en totalité réséqué. Pas d’atypie.',
    ],
  },
  {
    title: 'Échographie abdominale',
    code: '18748-4',
    label: 'Compte rendu d’imagerie',
    author: 'Dr Maela KERGUIVEN',
    service: 'Imagerie médicale',
    body: [
      'Foie de taille normale, stéatose modérée. Vésicule alithiasique, voies biliaires fines.',
      'Reins sans dilatation. Pas d’épanchement.',
      'Conclusion : stéatose hépatique, sans autre anomalie.',
    ],
  },
];

interface Named {
  id: string;
  display: string;
  heading: string;
  fileName: string;
}
function named(patient: Patient): Named {
  const official = patient.name?.find((one) => one.use === 'official') ?? patient.name?.[0];
  const usual = patient.name?.find((one) => one.use === 'usual');
  const family = usual?.family ?? official?.family ?? '';
  const given = official?.given?.[0] ?? '';
  const born =
    usual?.family && official?.family !== usual.family
      ? `${patient.gender === 'female' ? 'née' : 'né'} ${official?.family?.toUpperCase()} le`
      : `${patient.gender === 'female' ? 'née' : 'né'} le`;
  return {
    id: patient.id!,
    display: `${given} ${family}`,
    heading: `${patient.gender === 'female' ? 'Madame' : 'Monsieur'} ${family.toUpperCase()} ${given}, ${born} ${day(patient.birthDate ?? '')}`,
    fileName: `${family}_${given}`.replace(/[^\p{L}_-]/gu, ''),
  };
}
const paperOf = (letter: Letter, hospital: string, who: string, to: DemoPerson, on: string): Uint8Array =>
  letterPdf([
    hospital,
    letter.service,
    '',
    `Le ${day(on)}`,
    `${titleOf(to)}`,
    '',
    `Concerne : ${who}`,
    '',
    letter.title,
    '',
    'Cher confrère,',
    '',
    ...letter.body,
    '',
    'Bien confraternellement,',
    letter.author,
  ]);

/** The letter that the patient had in his pocket. */
const chestLetter = (hospital: string, who: string, to: DemoPerson, on: string): string[] => [
  hospital,
  'Service de pneumologie',
  '',
  `Le ${day(on)}`,
  '',
  titleOf(to),
  '',
  `Concerne : ${who}`,
  '',
  'Compte rendu de consultation',
  '',
  'Chère consœur, cher confrère,',
  '',
  'J’ai revu votre patient pour sa bronchopneumopathie obstructive.',
  'La dyspnée reste au stade 2, sans exacerbation depuis six mois.',
  'Spirométrie : VEMS à 58 % de la théorique, stable depuis un an.',
  'La technique d’inhalation est à reprendre : la moitié de la dose est perdue.',
  'Je propose une réadaptation respiratoire et la vaccination antigrippale.',
  'Prochain rendez-vous dans six mois, avec une mesure des gaz du sang.',
  '',
  'Bien confraternellement,',
  'Dr Gwenola LE SCOARNEC',
];

/** A blood count as a laboratory sends it: HPRIM Santé, in the letters of Windows. */
function hprimOf(patient: Patient, on: string): Uint8Array {
  const birth = patient.name?.find((one) => one.use === 'official') ?? patient.name?.[0];
  const usual = patient.name?.find((one) => one.use === 'usual') ?? birth;
  const [at, born] = [on.replaceAll('-', ''), (patient.birthDate ?? '').replaceAll('-', '')];
  const value = (nth: number, code: string, label: string, number: string, unit: string, range: string, flag = '') =>
    `OBX|${nth}|NM|${code}~${label}~L||${number}|${unit}|${range}|${flag}|||F`;
  const lines = [
    `H|~^\\&|resultats.HPR||LBM~Laboratoire des Abers||ORU|||CABINET~Cabinet médical||P|H2.1~C|${at}1130`,
    `P|1|${at}12|D${at}||${usual?.family?.toUpperCase() ?? ''}~${birth?.given?.[0] ?? ''}|${birth?.family?.toUpperCase() ?? ''}|${born}|${patient.gender === 'male' ? 'M' : 'F'}`,
    `OBR|1|E1|~${at}-0417|x|NFS~NUMERATION FORMULE~L|R||${at}0815`,
    value(1, 'HB', 'Hémoglobine', '11.4', 'g/dL', '12.0 - 16.0', 'L'),
    value(2, 'GB', 'Leucocytes', '6.8', 'G/L', '4.0 - 10.0'),
    value(3, 'PLQ', 'Plaquettes', '236', 'G/L', '150 - 400'),
    value(4, 'CRP', 'CRP', '3', 'mg/L', '0 - 5'),
    value(5, 'K', 'Potassium', '4.3', 'mmol/L', '3.5 - 5.0'),
    value(6, 'CREA', 'Créatinine', '78', 'µmol/L', '45 - 84'),
    'C|1|L|Prélèvement à jeun',
    'L|1',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** What came by post and by fax this week and waits to be sorted, and letters that physicians must read or sign (DOS-10). The same for the same day. */
export async function writeDocuments(
  db: Db,
  store: FhirStore,
  tenant: number,
  people: readonly DemoPerson[],
  today: string,
): Promise<void> {
  const shape =
    practiceShapes.find((one) => one.people[0]?.practitionerId === people[0]?.practitionerId) ?? practiceShapes[0]!;
  const secretary = people.find((one) => one.profession === 'medical-secretary') ?? people[0]!;
  const physicians = people.filter((one) => one.profession === 'physician');
  const made: FhirResource[] = [];
  const received: Parameters<typeof addReceived>[2][] = [];
  // In the night what was received this morning is yesterday’s.
  const arrival = Date.parse(parisInstant(today, 9 * 60)) > Date.now() ? addDays(today, -1) : today;
  const write = (
    id: string,
    name: string,
    bytes: Uint8Array,
    given: Partial<DocumentReference>,
    contentType = 'application/pdf',
  ) => {
    made.push({
      resourceType: 'DocumentReference',
      id,
      status: 'current',
      docStatus: 'preliminary',
      date: parisInstant(arrival, 8 * 60),
      description: name,
      extension: [
        {
          url: 'urn:estran:recorder',
          valueReference: { reference: `Practitioner/${secretary.practitionerId}`, display: titleOf(secretary) },
        },
      ],
      content: [
        {
          attachment: {
            contentType,
            url: `Binary/${id}-bytes`,
            size: bytes.length,
            title: name,
            creation: parisInstant(arrival, 8 * 60),
          },
        },
      ],
      ...given,
    });
    made.push({
      resourceType: 'Binary',
      id: `${id}-bytes`,
      contentType,
      securityContext: { reference: `DocumentReference/${id}` },
      data: Buffer.from(bytes).toString('base64'),
    } satisfies Binary);
  };
  const inbox = (nth: number, name: string, bytes: Uint8Array, contentType?: string) => {
    const id = `recu-${shape.key}-${nth}`;
    write(id, name, bytes, {}, contentType);
    received.push({
      document: id,
      name,
      content_type: contentType ?? 'application/pdf',
      size: bytes.length,
      by: secretary.practitionerId,
      by_name: `${secretary.given} ${secretary.family}`,
      lab: contentType?.startsWith('text/plain') ? labFileOf(bytes) : null,
    });
  };
  for (const [at, physician] of physicians.slice(0, 3).entries()) {
    const { resources } = await store.search('Patient', [
      ['general-practitioner', `Practitioner/${physician.practitionerId}`],
      ['_sort', '_id'],
      ['_count', '12'],
    ]);
    const patients = resources.map((one) => named(one.resource as unknown as Patient));
    for (const [nth, patient] of patients.slice(0, 4).entries()) {
      const letter = letters[(nth + at) % letters.length]!;
      const on = addDays(today, -2 - nth * 3);
      const since = parisInstant(addDays(on, 1), 9 * 60);
      write(
        `lettre-${shape.key}-${at}-${nth}`,
        letter.title,
        paperOf(letter, shape.hospital, patient.heading, physician, on),
        {
          docStatus: 'final',
          subject: { reference: `Patient/${patient.id}`, display: patient.display },
          type: {
            coding: [{ system: 'http://loinc.org', code: letter.code, display: letter.label }],
            text: letter.label,
          },
          date: parisInstant(on, 12 * 60),
          description: `${letter.title}, ${shape.hospital}`,
          author: [{ display: `${letter.author}, ${shape.hospital}` }],
          extension: [
            {
              url: 'urn:estran:recorder',
              valueReference: { reference: `Practitioner/${secretary.practitionerId}`, display: titleOf(secretary) },
            },
            { url: 'urn:estran:to-read', valueString: 'true' },
            {
              url: 'urn:estran:reader',
              extension: [
                {
                  url: 'who',
                  valueReference: {
                    reference: `Practitioner/${physician.practitionerId}`,
                    display: titleOf(physician),
                  },
                },
                { url: 'sign', valueBoolean: nth % 2 === 0 },
                { url: 'since', valueDateTime: since },
                {
                  url: 'by',
                  valueReference: {
                    reference: `Practitioner/${secretary.practitionerId}`,
                    display: titleOf(secretary),
                  },
                },
              ],
            },
          ],
        },
      );
    }
    for (const [nth, patient] of patients.slice(4, 7).entries())
      inbox(
        at * 4 + nth,
        `SCAN_${String(at * 4 + nth + 1).padStart(4, '0')}.pdf`,
        paperOf(
          letters[(nth + at + 2) % letters.length]!,
          shape.hospital,
          patient.heading,
          physician,
          addDays(today, -1 - nth),
        ),
      );
  }
  const [first] = physicians;
  if (first) {
    inbox(
      20,
      'fax_recu.pdf',
      paperOf(letters[0]!, shape.hospital, 'Monsieur TREVAREZEC Corentin, né le 17/09/1961', first, addDays(today, -1)),
    );
    inbox(
      21,
      'mot_de_la_pharmacie.txt',
      Buffer.from(
        'Bonjour, la dernière ordonnance est illisible pour une ligne : pouvez-vous rappeler la pharmacie ? Merci.\n',
      ),
      'text/plain',
    );
    const photographed = await store
      .read('Patient', shape.key === 'abers' ? 'pat-patrick-cozic' : 'pat-alain-thebault')
      .then(
        (one) => named(one.resource as unknown as Patient),
        () => null,
      );
    const photo =
      photographed &&
      (await photographedLetter(
        chestLetter(shape.hospital, photographed.heading, first, addDays(today, -4)),
        shape.key === 'abers' ? 0.012 : -0.009,
      ));
    if (photo) inbox(23, 'IMG_2041.jpg', photo, 'image/jpeg');
    const { resources } = await store.search('Patient', [
      ['general-practitioner', `Practitioner/${first.practitionerId}`],
      ['_sort', '-_id'],
      ['_count', '1'],
    ]);
    const patient = resources[0]?.resource as unknown as Patient | undefined;
    if (patient)
      inbox(22, 'resultats_laboratoire.hpr', hprimOf(patient, addDays(today, -1)), 'text/plain; charset=windows-1252');
  }
  await store.createMany(made as unknown as Resource[]);
  await db.transaction(tenant, async (sql) => {
    for (const [at, one] of received.entries()) await addReceived(sql, tenant, one, parisInstant(arrival, 8 * 60 + at));
  });
}
