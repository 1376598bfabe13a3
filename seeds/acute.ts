import type { Profession } from '../src/access/professions.ts';
import type { Chart } from './chart.ts';
import { type Drug, drug, type Problem, problem, vital } from './codes.ts';
import { sessions } from './courses.ts';
import { addDays, ageAt, weekday, workday } from './dates.ts';

interface Episode {
  what: Problem;
  weight: (age: number, sex: string) => number;
  note: string;
  drug?: Drug;
  days?: number;
  fever?: boolean;
}
const child = (age: number) => age < 10;
const episodes: readonly Episode[] = [
  {
    what: problem.cold,
    weight: (age) => (child(age) ? 9 : 4),
    note: 'Nez qui coule, toux depuis trois jours, bon état général. Lavages de nez, à revoir si fièvre.',
    fever: true,
  },
  {
    what: problem.otitis,
    weight: (age) => (age < 6 ? 7 : 0),
    note: 'Otalgie, tympan droit congestif et bombant. Antibiotique, contrôle si fièvre à 48 heures.',
    drug: drug.amoxicillin,
    days: 8,
    fever: true,
  },
  {
    what: problem.bronchitis,
    weight: (age) => (age > 45 ? 5 : 2),
    note: 'Toux grasse, ronchi diffus, pas de foyer. Traitement symptomatique.',
    fever: true,
  },
  {
    what: problem.gastroenteritis,
    weight: () => 3,
    note: 'Vomissements puis diarrhée, pas de déshydratation. Réhydratation, éviction de deux jours.',
  },
  {
    what: problem.angina,
    weight: (age) => (age > 3 && age < 30 ? 4 : 1),
    note: 'Angine érythémateuse, test rapide négatif. Antalgique seul.',
    drug: drug.paracetamol,
    days: 5,
    fever: true,
  },
  {
    what: problem.cystitis,
    weight: (age, sex) => (sex === 'female' && age > 16 ? 5 : 0),
    note: 'Brûlures mictionnelles, bandelette positive, pas de fièvre.',
    drug: drug.fosfomycin,
    days: 1,
  },
  {
    what: problem.backPain,
    weight: (age) => (age > 25 && age < 70 ? 6 : 0),
    note: 'Lombalgie commune après effort, pas de signe neurologique. Rester actif, kinésithérapie.',
    drug: drug.paracetamol,
    days: 7,
  },
  {
    what: problem.shoulder,
    weight: (age) => (age > 35 && age < 75 ? 3 : 0),
    note: 'Douleur à l’abduction, coiffe douloureuse. Échographie et kinésithérapie.',
    drug: drug.ibuprofen,
    days: 5,
  },
  {
    what: problem.ankleSprain,
    weight: (age) => (age > 8 && age < 45 ? 3 : 0),
    note: 'Entorse externe bénigne, critères d’Ottawa négatifs. Attelle, glace, reprise progressive.',
  },
  {
    what: problem.influenza,
    weight: () => 2,
    note: 'Fièvre brutale, courbatures en période d’épidémie. Repos, arrêt de travail de cinq jours.',
    drug: drug.paracetamol,
    days: 5,
    fever: true,
  },
  {
    what: problem.eczema,
    weight: (age) => (age < 8 ? 4 : 1),
    note: 'Plaques sèches des plis. Émollient quotidien, dermocorticoïde sur les poussées.',
  },
  {
    what: problem.reflux,
    weight: (age) => (age > 30 ? 3 : 0),
    note: 'Brûlures rétrosternales après le repas du soir. Conseils, inhibiteur de la pompe quatre semaines.',
    drug: drug.omeprazole,
    days: 28,
  },
];

/** The medicine that this person bears: another where an allergy is known by then, or what they already take forbids it. */
function borne(chart: Chart, wanted: Drug, at: string, age: number): Drug {
  const allergic = (atc: string) =>
    chart.out.some(
      (one) =>
        one.resourceType === 'AllergyIntolerance' && one.recordedDate! <= at && one.code?.coding?.[0]?.code === atc,
    );
  const takes = (atc: string) =>
    chart.out.some(
      (one) =>
        one.resourceType === 'MedicationRequest' &&
        one.authoredOn! <= at &&
        one.medicationCodeableConcept?.coding?.[0]?.code?.startsWith(atc),
    );
  if (wanted === drug.ibuprofen)
    return allergic('M01A') || takes('B01A') || takes('C03CA') || age >= 75 ? drug.paracetamol : wanted;
  if (wanted !== drug.amoxicillin) return wanted;
  if (allergic('J01C'))
    return {
      fr: 'Cefpodoxime 40 mg/5 mL, poudre pour suspension',
      atc: 'J01DD13',
      dose: '1 dose-poids matin et soir pendant 5 jours',
    };
  return age < 12
    ? {
        ...wanted,
        fr: 'Amoxicilline 500 mg/5 mL, poudre pour suspension',
        dose: '1 dose-poids matin et soir pendant 8 jours',
      }
    : wanted;
}

/** `count` ordinary illnesses spread over the last `years`, treated and resolved. */
export function ordinaryIllnesses(chart: Chart, count: number, years: number) {
  const { chance, person } = chart;
  for (let i = 0; i < count; i++) {
    const date = workday(chart.ago(0, chance.int(20, Math.round(years * 365))));
    if (date <= addDays(person.birth, 25) || date >= chart.today) continue;
    const age = ageAt(person.birth, date);
    const episode = chance.weighted(episodes.map((one) => [one, one.weight(age, person.gender)] as const));
    const who = chance.yes(0.8)
      ? chart.physician
      : chance.pick(chart.shape.people.filter((one) => one.profession === 'physician'));
    const visit = chart.visit(date, who, episode.what, { note: episode.note });
    if (episode.fever) chart.measure(visit, vital.temperature, chance.between(37.4, 39.3));
    else if (age > 18) chart.pressure(visit, chance.int(112, 136), chance.int(66, 84));
    const condition = chance.yes(0.35)
      ? chart.problem(episode.what, date, { until: addDays(date, chance.int(6, 25)), by: who })
      : undefined;
    if (episode.drug)
      chart.prescribe(borne(chart, episode.drug, visit.at, age), visit, {
        until: addDays(date, episode.days!),
        ...(condition ? { for: condition } : {}),
      });
    if ((episode.what === problem.backPain || episode.what === problem.shoulder) && chance.yes(0.6))
      sessions(
        chart,
        episode.what === problem.backPain ? 'Rééducation lombaire' : 'Rééducation de l’épaule',
        'physiotherapist',
        addDays(date, 9),
        chance.int(4, 8),
        ['Étirements et renforcement, douleur en baisse.', 'Bonne participation, gestes et postures revus.'],
      );
  }
}

/** What other professions do in anyone's life: teeth, feet, eyes, a pharmacist's word. */
export function otherProfessions(chart: Chart, years: number) {
  const { chance, person, today } = chart;
  const age = ageAt(person.birth, today);
  const somewhere = (span = years) => workday(chart.ago(0, chance.int(15, Math.round(span * 365))));
  if (age > 5 && chart.has('dental-surgeon') && chance.yes(0.55)) {
    const visit = chart.visit(somewhere(), chart.pro('dental-surgeon'), 'Bilan bucco-dentaire', {
      note: 'Détartrage, une carie soignée. Revoir dans un an.',
    });
    chart.procedure(visit, 'Détartrage et polissage des dents', { ccam: 'HBJD001' });
  }
  if (age > 3 && age < 8 && chart.has('orthoptist') && chance.yes(0.4))
    chart.visit(somewhere(1.5), chart.pro('orthoptist'), 'Dépistage visuel', {
      note: 'Acuité 10/10 aux deux yeux, pas de strabisme.',
    });
  if (age > 65 && chance.yes(0.35)) {
    const pharmacist = chart.pro('pharmacist');
    const visit = chart.visit(somewhere(1.5), pharmacist, 'Bilan partagé de médication', {
      minutes: 45,
      note: 'Traitements passés en revue : prises comprises, pilulier conseillé. Automédication par anti-inflammatoire déconseillée.',
    });
    chart.takes(drug.paracetamol, visit, 'Automédication occasionnelle.');
  }
  if (age > 70 && chance.yes(0.25))
    chart.visit(somewhere(1), chart.pro('chiropodist'), 'Soins de pédicurie', {
      note: 'Ongles épais, soins et conseils de chaussage.',
    });
  if (person.gender === 'female' && age >= 20 && age < 65 && chance.yes(0.4)) {
    const visit = chart.visit(somewhere(3), chart.pro('midwife'), 'Suivi gynécologique de prévention', {
      label: 'SEX',
      note: 'Examen sans particularité, frottis réalisé. Prochain contrôle dans trois ans.',
    });
    chart.procedure(visit, 'Prélèvement cervico-utérin', { ccam: 'JKHD001' });
    if (age < 42 && chance.yes(0.5))
      chart.prescribe(drug.levonorgestrel, visit, { label: 'SEX', until: addDays(visit.date, 365) });
  }
  if (age > 3 && age < 9 && chart.has('speech-therapist') && chance.yes(0.18)) {
    chart.problem(problem.languageDelay, chart.ago(1, 60), { by: chart.pro('speech-therapist') });
    sessions(chart, 'Orthophonie : langage oral', 'speech-therapist', chart.ago(0, 200), 8, [
      'Jeux de rimes, phrases de trois mots.',
      'Articulation en progrès, parents partie prenante.',
    ]);
  }
  if (age < 7 && chart.has('psychomotor-therapist') && chance.yes(0.15))
    sessions(chart, 'Psychomotricité', 'psychomotor-therapist', chart.ago(0, 160), 6, [
      'Parcours moteur, équilibre en progrès.',
      'Coordination fine à travailler.',
    ]);
}

/** Next days' appointments, today first: enough for each profession's page of the day. */
export function nextAppointments(chart: Chart, likely: number) {
  const { chance, today, person } = chart;
  const reasons: Partial<Record<string, string[]>> = {
    physician: [
      'Consultation de suivi',
      'Renouvellement d’ordonnance',
      'Certificat de sport',
      'Résultats de biologie',
      'Douleur depuis quelques jours',
    ],
    nurse: ['Prise de sang', 'Pansement', 'Injection', 'Prise des constantes'],
    'advanced-practice-nurse': ['Suivi de pathologie chronique'],
    'asalee-nurse': ['Éducation thérapeutique'],
    physiotherapist: ['Séance de rééducation'],
    chiropodist: ['Soins de pieds'],
    pharmacist: ['Entretien pharmaceutique', 'Vaccination'],
    midwife: ['Consultation de suivi'],
    'speech-therapist': ['Séance d’orthophonie'],
    dietician: ['Consultation diététique'],
    psychologist: ['Séance'],
    'dental-surgeon': ['Contrôle annuel'],
    orthoptist: ['Bilan orthoptique'],
    'occupational-therapist': ['Visite du domicile'],
    'psychomotor-therapist': ['Séance de psychomotricité'],
    radiographer: ['Radiographie'],
    'medical-assistant': ['Préparation de consultation'],
  };
  for (const { person: pro } of [...chart.team.values()]) {
    const words = reasons[pro.profession];
    if (!words || !chance.yes(likely * (pro.profession === 'physician' || pro.profession === 'nurse' ? 1 : 1.6)))
      continue;
    let date = addDays(
      today,
      chance.weighted([
        [0, 6],
        [1, 3],
        [2, 2],
        [3, 2],
        [4, 1],
        [5, 1],
        [7, 2],
        [8, 1],
        [12, 1],
      ] as const),
    );
    if (date !== today && weekday(date) === 0) date = addDays(date, 1);
    const home = pro.profession === 'nurse' && ageAt(person.birth, today) > 75;
    const minutes = [
      'physiotherapist',
      'psychologist',
      'speech-therapist',
      'dietician',
      'psychomotor-therapist',
      'occupational-therapist',
      'asalee-nurse',
    ].includes(pro.profession)
      ? 45
      : pro.profession === 'nurse'
        ? 15
        : 30;
    if (chart.agenda.load(pro, date) < 20)
      chart.book(pro, date, chance.pick(words), {
        home,
        minutes: pro.profession === 'physician' ? chance.pick([15, 15, 30]) : minutes,
      });
  }
}

/** Whom each profession would see for the first time today: youngest and oldest age, reason, minutes. */
const firstContacts: Partial<Record<Profession, readonly [number, number, string, number]>> = {
  'medical-assistant': [30, 90, 'Préparation de consultation', 15],
  'advanced-practice-nurse': [48, 88, 'Entrée en suivi partagé', 45],
  'asalee-nurse': [45, 80, 'Première séance d’éducation thérapeutique', 45],
  nurse: [60, 110, 'Prise de sang', 15],
  physiotherapist: [18, 85, 'Bilan de rééducation', 45],
  chiropodist: [50, 95, 'Soins de pédicurie', 30],
  pharmacist: [30, 95, 'Entretien pharmaceutique', 30],
  'speech-therapist': [3, 11, 'Bilan orthophonique', 45],
  dietician: [16, 80, 'Première consultation diététique', 45],
  psychologist: [12, 70, 'Première séance', 45],
  orthoptist: [3, 80, 'Bilan orthoptique', 30],
  'occupational-therapist': [70, 99, 'Visite du domicile', 60],
  'psychomotor-therapist': [2, 11, 'Bilan psychomoteur', 45],
  radiographer: [20, 95, 'Radiographie', 15],
  'laboratory-technician': [20, 95, 'Prélèvement', 15],
};

/** Fills the day of the professions that few patients have in their team yet, one patient at a time. */
export function firstContact(chart: Chart) {
  const { chance, today, person } = chart;
  if (!chance.yes(0.5)) return;
  const age = ageAt(person.birth, today);
  const able = chart.shape.people.filter((pro) => {
    const who = firstContacts[pro.profession];
    return (
      who &&
      age >= who[0] &&
      age <= who[1] &&
      chart.agenda.load(pro, today) < (pro.profession === 'nurse' ? 12 : who[3] >= 45 ? 15 : 10)
    );
  });
  if (able.length === 0) return;
  const pro = able.reduce((a, b) => (chart.agenda.load(a, today) <= chart.agenda.load(b, today) ? a : b));
  const [, , reason, minutes] = firstContacts[pro.profession]!;
  chart.book(pro, today, reason, { minutes, home: pro.profession === 'nurse' && age > 75 });
}
