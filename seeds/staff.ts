import type { Location, Organization, Practitioner, PractitionerRole, Resource } from '@medplum/fhirtypes';
import { nationalCoding, type Profession, professions } from '../src/access/professions.ts';
import { type Town, towns } from './words.ts';

/** Someone who works in a demo practice and can sign in. */
export interface DemoPerson {
  practitionerId: string;
  family: string;
  given: string;
  gender: 'male' | 'female';
  profession: Profession;
  /** Begins with 9999: real numbers begin with 10 and the national test cards with 997. The last digit is a valid Luhn key. */
  rpps?: string;
  email: string;
  login: string;
  /** An administrator's account is apart from care accounts. */
  kind: 'care' | 'privileged';
  story: string;
}

export interface DemoSite {
  id: string;
  name: string;
  line: string;
  town: Town;
  phone: string;
}

export interface PracticeShape {
  key: 'abers' | 'redon';
  id: string;
  name: string;
  finess: string;
  sites: DemoSite[];
  hospital: string;
  laboratory: string;
  people: DemoPerson[];
}

const FR_ID = 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203';

/** `9999` + six digits + Luhn key. */
export function inventedRpps(order: number): string {
  const body = `9999${String(order).padStart(6, '0')}`;
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const digit = Number(body[body.length - 1 - i]);
    const twice = i % 2 === 0 ? digit * 2 : digit;
    sum += twice > 9 ? twice - 9 : twice;
  }
  return body + ((10 - (sum % 10)) % 10);
}

export const slug = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f’']/g, '')
    .replace(/ı/g, 'i')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** One line each: profession | sex given family | story */
const parse = (from: number, text: string): DemoPerson[] =>
  text
    .trim()
    .split('\n')
    .map((line, i) => {
      const [profession, sex, given, family, story] = line.split('|').map((part) => part.trim()) as [
        Profession,
        string,
        string,
        string,
        string,
      ];
      const login = `${slug(given)}.${slug(family)}`;
      return {
        practitionerId: `pro-${slug(given)}-${slug(family)}`,
        family,
        given,
        gender: sex === 'f' ? 'female' : 'male',
        profession,
        ...(professions[profession].tre ? { rpps: inventedRpps(from + i) } : {}),
        email: `${login}@demo.estran.example`,
        login,
        kind: profession === 'administrator' ? 'privileged' : 'care',
        story,
      };
    });

export const practiceShapes: readonly PracticeShape[] = [
  {
    key: 'abers',
    id: 'msp-des-abers',
    name: 'Maison de santé des Abers',
    finess: '299990011',
    hospital: 'Centre hospitalier de l’Élorn-Izel',
    laboratory: 'Laboratoire Bio-Abers',
    sites: [
      {
        id: 'site-kerzouarn',
        name: 'Site de Kerzouarn',
        line: '4 place du Sémaphore-Vert',
        town: towns.lannilis,
        phone: '02 61 91 10 10',
      },
      {
        id: 'site-porz-gwenn',
        name: 'Site de Porz-Gwenn',
        line: '12 rue des Goémoniers-Perdus',
        town: towns.landeda,
        phone: '02 61 91 10 20',
      },
      {
        id: 'site-lanveur',
        name: 'Site de Lanveur-Vian',
        line: '1 allée de l’Estran-Blanc',
        town: towns.plouguerneau,
        phone: '02 61 91 10 30',
      },
    ],
    people: parse(
      1101,
      `
      physician|f|Anne|Kermarrec|Médecin généraliste à Kerzouarn, maître de stage, suit les diabétiques du secteur
      physician|m|Yann|Tanguy|Médecin généraliste à Porz-Gwenn, fait les visites à domicile du jeudi
      physician|f|Inès|Benjelloun|Médecin généraliste, enfants et femmes enceintes, trois jours par semaine
      nurse|f|Soizic|Abgrall|Infirmière libérale, fait la tournée du matin
      nurse|m|Maël|Le Bihan|Infirmier libéral, tournée du soir et pansements
      advanced-practice-nurse|f|Gwenaëlle|Prigent|Infirmière en pratique avancée, pathologies chroniques stabilisées
      asalee-nurse|f|Nolwenn|Cadiou|Infirmière Asalée, éducation thérapeutique du patient diabétique
      physiotherapist|m|Erwan|Quéméneur|Kinésithérapeute, rééducation et prévention des chutes
      chiropodist|f|Claire|Morvan|Pédicure-podologue, pieds diabétiques gradés
      pharmacist|f|Lucie|Hénaff|Pharmacienne de Lannilis, bilans de médication et vaccination
      midwife|f|Marine|Le Gall|Sage-femme, suivi de grossesse et gynécologie de prévention
      speech-therapist|f|Hélène|Riou|Orthophoniste, langage de l’enfant et troubles de la mémoire
      dietician|m|Thibault|Madec|Diététicien, consultations individuelles et ateliers cuisine
      psychologist|f|Julie|Castel|Psychologue du dispositif d’accompagnement, adolescents et adultes
      dental-surgeon|m|Paul|Guivarc’h|Chirurgien-dentiste, bilans bucco-dentaires
      orthoptist|f|Sarah|Nédélec|Orthoptiste, dépistage de la rétinopathie
      occupational-therapist|f|Camille|Jaffrès|Ergothérapeute, aménagement du domicile
      social-worker|f|Enora|Lagadec|Assistante de service social, droits, maintien à domicile, aidants
      medical-assistant|m|Ewen|Salaün|Assistant médical du docteur Kermarrec, prépare les consultations
      medical-secretary|f|Maryvonne|Pellen|Secrétaire, accueil et rendez-vous des trois sites
      coordinator|m|Tristan|Le Corre|Coordinateur, réunions pluriprofessionnelles et protocoles
      administrator|f|Aurore|Miossec|Administratrice de la structure : comptes et droits, sans accès aux soins`,
    ),
  },
  {
    key: 'redon',
    id: 'msp-de-la-vilaine',
    name: 'Pôle de santé de la Vilaine',
    finess: '359990018',
    hospital: 'Centre hospitalier du Pays-des-Marais',
    laboratory: 'Laboratoire Bio-Vilaine',
    sites: [
      {
        id: 'site-ecluses',
        name: 'Site des Écluses-Hautes',
        line: '8 rue des Écluses-Hautes',
        town: towns.redon,
        phone: '02 61 91 20 10',
      },
      {
        id: 'site-croix-rousse',
        name: 'Site de la Grève-Rousse',
        line: '3 chemin de la Grève-Rousse',
        town: towns.bains,
        phone: '02 61 91 20 20',
      },
    ],
    people: parse(
      2101,
      `
      physician|m|Olivier|Chevrel|Médecin généraliste aux Écluses-Hautes, président de l’association
      physician|f|Fanny|Rialland|Médecin généraliste à la Grève-Rousse
      nurse|f|Delphine|Macé|Infirmière libérale, fait la tournée du matin autour de Redon
      nurse|m|Jérémy|Poulain|Infirmier libéral, soins palliatifs et chimiothérapies à domicile
      asalee-nurse|f|Élodie|Thébault|Infirmière Asalée, sevrage tabagique et BPCO
      physiotherapist|f|Aude|Lorand|Kinésithérapeute, rééducation respiratoire
      pharmacist|m|Benoît|Gicquel|Pharmacien à Redon, entretiens AVK et asthme
      midwife|f|Solène|Hervé|Sage-femme, suivi de grossesse et post-partum
      psychologist|m|Mathieu|Barré|Psychologue, séances du dispositif Mon soutien psy
      psychomotor-therapist|f|Laure|Marchand|Psychomotricienne, jeunes enfants et personnes âgées
      radiographer|m|Kévin|Robert|Manipulateur en électroradiologie du plateau d’imagerie
      laboratory-technician|f|Nadia|Haddad|Technicienne du laboratoire de proximité
      chiropodist|m|Simon|Noël|Pédicure-podologue, visites en résidence autonomie
      medical-secretary|f|Véronique|Blanchard|Secrétaire, rendez-vous et courrier
      coordinator|f|Pauline|Gauthier|Coordinatrice, parcours complexes et accords conventionnels
      administrator|m|Didier|Lemoine|Administrateur de la structure : comptes et droits, sans accès aux soins`,
    ),
  },
];

export const titleOf = (person: DemoPerson): string =>
  person.profession === 'physician' || person.profession === 'dental-surgeon'
    ? `Dr ${person.given} ${person.family}`
    : `${person.given} ${person.family}`;

/** Code and words of a profession; staff outside the national table have words only. */
export function professionConcept(profession: Profession) {
  const { fr } = professions[profession];
  const national = nationalCoding(profession);
  return national ? { coding: [{ ...national, display: fr }], text: fr } : { text: fr };
}

const phone = (value: string) => ({ system: 'phone' as const, value, use: 'work' as const });
const address = (site: DemoSite) => ({
  use: 'work' as const,
  line: [site.line],
  city: site.town.name,
  postalCode: site.town.postalCode,
  country: 'FRA',
});

/** Organisations, places, professionals and their roles, in this order. */
export function* staffResources(shape: PracticeShape): Generator<Resource> {
  const fr = (name: string) => ({ profile: [`https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-${name}`] });
  const main = shape.sites[0]!;
  const orgs: Organization[] = [
    {
      resourceType: 'Organization',
      id: 'org-practice',
      meta: fr('organization'),
      identifier: [
        {
          type: { coding: [{ system: FR_ID, code: 'FINEG' }] },
          system: 'https://finess.esante.gouv.fr',
          value: shape.finess,
        },
      ],
      active: true,
      name: shape.name,
      telecom: [phone(main.phone)],
      address: [address(main)],
    },
    {
      resourceType: 'Organization',
      id: 'org-hospital',
      meta: fr('organization'),
      active: true,
      name: shape.hospital,
      telecom: [phone('02 61 91 90 00')],
    },
    {
      resourceType: 'Organization',
      id: 'org-laboratory',
      meta: fr('organization'),
      active: true,
      name: shape.laboratory,
      telecom: [phone('02 61 91 90 50')],
    },
  ];
  yield* orgs;
  for (const site of shape.sites) {
    const place: Location = {
      resourceType: 'Location',
      id: site.id,
      status: 'active',
      name: site.name,
      mode: 'instance',
      telecom: [phone(site.phone)],
      address: address(site),
      managingOrganization: { reference: 'Organization/org-practice', display: shape.name },
    };
    yield place;
  }
  for (const [i, person] of shape.people.entries()) {
    const practitioner: Practitioner = {
      resourceType: 'Practitioner',
      id: person.practitionerId,
      meta: fr('practitioner'),
      identifier: [
        ...(person.rpps
          ? [
              {
                use: 'official' as const,
                type: { coding: [{ system: FR_ID, code: 'RPPS' }] },
                system: 'https://rpps.esante.gouv.fr',
                value: person.rpps,
              },
            ]
          : []),
        {
          use: 'secondary',
          type: { coding: [{ system: FR_ID, code: 'INTRN' }] },
          system: `urn:estran:staff:${shape.id}`,
          value: String(i + 1).padStart(3, '0'),
        },
      ],
      active: true,
      name: [
        {
          use: 'official',
          text: titleOf(person),
          family: person.family,
          given: [person.given],
          prefix: [person.gender === 'female' ? 'MME' : 'M'],
          ...(titleOf(person).startsWith('Dr') ? { suffix: ['DR'] } : {}),
        },
      ],
      telecom: [
        { system: 'email', value: person.email, use: 'work' },
        phone(`06 39 98 ${shape.key === 'abers' ? '10' : '20'} ${String(10 + i).padStart(2, '0')}`),
      ],
      gender: person.gender,
    };
    yield practitioner;
  }
  for (const [i, person] of shape.people.entries()) {
    const role: PractitionerRole = {
      resourceType: 'PractitionerRole',
      id: person.practitionerId.replace('pro-', 'role-'),
      active: true,
      period: { start: `${2015 + (i % 9)}-0${1 + (i % 9)}-01` },
      practitioner: { reference: `Practitioner/${person.practitionerId}`, display: titleOf(person) },
      organization: { reference: 'Organization/org-practice', display: shape.name },
      code: [professionConcept(person.profession)],
      location: [{ reference: `Location/${shape.sites[i % shape.sites.length]!.id}` }],
      telecom: [{ system: 'email', value: person.email, use: 'work' }],
    };
    yield role;
  }
}
