import { firstContact, nextAppointments, ordinaryIllnesses, otherProfessions } from './acute.ts';
import type { Chart, Result } from './chart.ts';
import { drug, problem, test, vital } from './codes.ts';
import { type Body, type Course, line } from './courses.ts';
import { addDays, addMonths, ageAt, daysBetween, workday } from './dates.ts';
import { asthma, copd, diabetes, hypertension, hypothyroidism, lipids } from './diseases.ts';
import { anticoagulated, dementia, depression, heartFailure, kidney, osteoarthritis } from './diseases-aged.ts';
import { growth } from './growth.ts';
import { autumnVaccines, shot, vaccinesSoFar } from './vaccines.ts';

/** Weight, height and pressure of an adult before any disease bends them. */
export function adultBody(chart: Chart, given: { weight?: number; height?: number } = {}): Body {
  const { chance, person, today } = chart;
  const age = ageAt(person.birth, today);
  const height =
    given.height ??
    Math.round((person.gender === 'male' ? 176 : 163) - Math.max(0, age - 50) * 0.09 + chance.bell() * 6);
  const index = chance.between(20.5, 29) + (age > 45 && age < 75 ? 1.5 : 0);
  const now = given.weight ?? index * (height / 100) ** 2;
  return {
    height,
    weight: line([chart.ago(6), now - chance.between(-2, 4)], [today, now]),
    systolic: () => 118 + Math.max(0, age - 40) * 0.3,
    diastolic: () => 74,
  };
}

/** The three states of allergies: listed, none known, never asked (no entry at all). */
export function allergies(
  chart: Chart,
  state = chart.chance.weighted([
    ['none', 62],
    ['listed', 20],
    ['unknown', 18],
  ] as const),
) {
  const date = chart.ago(0, chart.chance.int(100, 1500));
  const when = date < chart.person.birth ? addDays(chart.person.birth, 30) : date;
  if (when >= chart.today) return;
  if (state === 'none') chart.noKnownAllergy(when, chart.physician);
  if (state !== 'listed') return;
  const atc = (code: string, display: string) => ({ system: 'http://www.whocc.no/atc', code, display });
  const [fr, coding, reaction, severity] = chart.chance.weighted([
    [['Pénicillines', atc('J01C', 'Pénicillines'), 'Urticaire', 'moderate'], 5],
    [['Acariens', undefined, 'Rhinite', 'mild'], 4],
    [['Pollens de graminées', undefined, 'Rhinoconjonctivite', 'mild'], 4],
    [['Arachide', undefined, 'Œdème de Quincke', 'severe'], 1],
    [['Anti-inflammatoires non stéroïdiens', atc('M01A', 'AINS'), 'Bronchospasme', 'severe'], 2],
    [['Venin de guêpe', undefined, 'Choc anaphylactique', 'severe'], 1],
    [['Latex', undefined, 'Eczéma de contact', 'mild'], 1],
    [['Codéine', atc('R05DA04', 'Codéine'), 'Vomissements', 'mild'], 1],
  ] as const);
  chart.allergy(when, chart.physician, fr, coding, reaction, severity);
}

/** Growth visits at the ages of the French health record, with vaccines and illnesses of childhood. */
export function childhood(chart: Chart) {
  const { chance, person, today } = chart;
  const z = Math.max(-1.7, Math.min(1.7, chance.bell() * 0.8));
  vaccinesSoFar(chart);
  if (!chart.out.some((one) => one.resourceType === 'AllergyIntolerance')) allergies(chart);
  const months = [0.3, 1, 2, 3, 4, 5, 7, 9, 11, 13, 18, 24, 36, 48, 60, 72, 96, 120, 138, 162, 186];
  for (const at of months) {
    const date = workday(addDays(person.birth, at * 30.44 + chance.int(0, 9)));
    if (date >= today || date < chart.ago(9)) continue;
    const size = growth(person.gender, daysBetween(person.birth, date) / 30.44, z);
    const visit = chart.visit(
      date,
      chart.physician,
      at < 24 ? 'Examen systématique du nourrisson' : 'Examen de santé de l’enfant',
      {
        note:
          at < 3
            ? 'Bonne prise de poids, éveil normal, sourire réponse. Conseils de couchage.'
            : at < 13
              ? 'Développement psychomoteur normal, diversification bien acceptée.'
              : at < 40
                ? 'Marche acquise, langage en rapport avec l’âge. Carnet de santé rempli.'
                : 'Croissance régulière, vision et audition normales. Sommeil et écrans abordés.',
      },
    );
    chart.measure(visit, vital.weight, size.weight);
    chart.measure(visit, vital.height, size.height);
    if (at < 38) chart.measure(visit, vital.head, size.head);
    else chart.measure(visit, vital.bmi, size.weight / (size.height / 100) ** 2);
    if (at >= 120) chart.pressure(visit, 104, 62);
    if (at === 0.3) chart.prescribe(drug.vitaminDDrops, visit, { until: addMonths(person.birth, 60) });
  }
  const age = ageAt(person.birth, today);
  ordinaryIllnesses(chart, Math.min(10, 3 + chance.int(0, 4) + (age < 4 ? 2 : 0)), Math.min(4, age + 0.6));
}

/** Physician's follow-ups over the years, with every running course looked at in one visit and one blood test. */
export function followUps(chart: Chart, courses: readonly Course[], body: Body, years: number) {
  const { chance, today } = chart;
  const old = ageAt(chart.person.birth, today) > 78;
  const rate =
    courses.length === 0
      ? chance.between(0.5, 1.3)
      : Math.min(4, Math.max(...courses.map((course) => course.rate)) + (courses.length > 2 ? 0.5 : 0));
  const step = 365 / rate;
  const ipa =
    courses.length > 0 && chart.has('advanced-practice-nurse') && chance.yes(0.3)
      ? chart.pro('advanced-practice-nurse')
      : undefined;
  let date = addDays(chart.ago(years), chance.int(0, Math.round(step)));
  let turn = 0;
  while (date < today) {
    const day = workday(date);
    if (day >= today) break;
    const running = courses.filter((course) => (course.condition.onsetDateTime ?? '') <= day);
    const who = ipa && turn % 3 === 2 ? ipa : chart.physician;
    if (turn % 2 === 0 && running.some((course) => course.tests))
      bloodTest(chart, running, addDays(day, -chance.int(3, 9)), old);
    const reason =
      running.length > 0
        ? `Suivi : ${running
            .slice(0, 3)
            .map((course) => course.label)
            .join(', ')}`
        : chance.pick(['Bilan annuel', 'Certificat et vaccination', 'Consultation de prévention']);
    const words =
      running.length > 0
        ? running
            .slice(0, 3)
            .map((course) => course.words(day))
            .join(' ')
        : chance.pick([
            'Bon état général, examen normal.',
            'Point sur les vaccins et le dépistage.',
            'Activité physique régulière, sommeil correct.',
          ]);
    const visit = chart.visit(day, who, reason, { note: words, home: old && chance.yes(0.5) });
    chart.pressure(visit, body.systolic(day) + chance.bell() * 5, body.diastolic(day) + chance.bell() * 4);
    if (turn % 2 === 0)
      chart.body(visit, body.weight(day) + chance.bell() * 0.6, turn % 6 === 0 ? body.height : undefined);
    for (const course of running) course.at?.(visit);
    date = addDays(date, step * chance.between(0.8, 1.2));
    turn++;
  }
}

function bloodTest(chart: Chart, courses: readonly Course[], date: string, home: boolean) {
  const seen = new Map<string, Result>();
  for (const course of courses)
    for (const result of course.tests?.(date) ?? [])
      if (!seen.has(result.test.loinc)) seen.set(result.test.loinc, result);
  if (chart.chance.yes(0.3)) {
    const woman = chart.person.gender === 'female';
    seen.set(test.haemoglobin.loinc, {
      test: test.haemoglobin,
      value: (woman ? 13.1 : 14.6) + chart.chance.bell() * 0.5,
    });
    seen.set(test.crp.loinc, { test: test.crp, value: Math.abs(chart.chance.bell() * 2) + 0.6 });
  }
  const day = workday(date);
  if (home) chart.visit(day, chart.pro('nurse', day), 'Prise de sang à domicile', { home: true });
  chart.laboratory(day, chart.physician, 'Biologie de suivi', [...seen.values()]);
}

/** An ordinary adult: diseases drawn by age, their courses, and the small things of a life. */
export function adulthood(chart: Chart) {
  const { chance, person, today } = chart;
  const age = ageAt(person.birth, today);
  const body = adultBody(chart);
  const years = chance.between(3, 5);
  const since = (low: number, high: number) => addDays(chart.ago(chance.between(low, high)), chance.int(0, 60));
  const likely = (...steps: [number, number][]) => chance.yes(steps.findLast(([from]) => age >= from)?.[1] ?? 0);
  vaccinesSoFar(chart, 0.8);
  allergies(chart);
  backgrounds(chart, age);
  const courses: Course[] = [];
  if (likely([40, 0.08], [50, 0.2], [60, 0.35], [70, 0.52], [80, 0.6]))
    courses.push(hypertension(chart, since(0.5, Math.min(15, age - 35)), body));
  if (likely([40, 0.04], [50, 0.08], [60, 0.14], [70, 0.18])) courses.push(diabetes(chart, since(1, 9), body));
  if (likely([40, 0.08], [50, 0.16], [60, 0.25])) courses.push(lipids(chart, since(1, 8)));
  if (person.gender === 'female' && likely([30, 0.04], [50, 0.1])) courses.push(hypothyroidism(chart, since(1, 7)));
  const asthmatic = likely([18, 0.06]);
  if (asthmatic) courses.push(asthma(chart, since(2, 12)));
  else if (likely([50, 0.04], [60, 0.08])) courses.push(copd(chart, since(1, 8)));
  if (likely([18, 0.07], [30, 0.1])) courses.push(depression(chart, since(0.6, 5)));
  if (likely([60, 0.05], [70, 0.1], [80, 0.2]))
    courses.push(anticoagulated(chart, since(1, 6), chance.yes(0.3), asthmatic));
  if (likely([70, 0.05], [80, 0.15])) courses.push(heartFailure(chart, since(0.8, 5), body));
  else if (likely([65, 0.05], [78, 0.14])) courses.push(kidney(chart, since(1, 5)));
  if (likely([55, 0.15], [65, 0.28])) courses.push(osteoarthritis(chart, since(1, 10)));
  if (likely([75, 0.08], [84, 0.2])) courses.push(dementia(chart, since(1, 4)));
  followUps(chart, courses, body, years);
  ordinaryIllnesses(chart, chance.int(2, age < 45 ? 7 : 4), years);
  if (age >= 65 || courses.length > 1) autumnVaccines(chart, 3);
  else if (chance.yes(0.07))
    chart.refusedVaccine(
      workday(chart.ago(0, chance.int(40, 300))),
      chart.physician,
      'Vaccin contre la grippe',
      'J07BB02',
    );
  if (age >= 80 && chance.yes(0.35)) nurseRound(chart, chance.int(8, 16));
}

/** Weekly pill box and vital signs at home. */
export function nurseRound(chart: Chart, weeks: number) {
  const nurse = chart.pro('nurse', chart.ago(0, weeks * 7));
  for (let i = weeks; i > 0; i--) {
    const visit = chart.visit(addDays(chart.today, -i * 7 + 1), nurse, 'Préparation du pilulier', {
      home: true,
      ...(i % 4 === 0 ? { note: 'Pilulier préparé, prises bien faites. Mange peu le soir.' } : {}),
    });
    chart.pressure(visit, 132 + chart.chance.bell() * 8, 74 + chart.chance.bell() * 5);
  }
}

/** Old operations, family, way of life. */
function backgrounds(chart: Chart, age: number) {
  const { chance, person } = chart;
  const long = (low: number, high: number) => chart.ago(Math.min(age - 8, chance.between(low, high)));
  if (chance.yes(0.14)) chart.problem(problem.appendicectomy, long(8, 40), { history: true });
  if (age > 45 && chance.yes(0.1)) chart.problem(problem.cholecystectomy, long(3, 20), { history: true });
  if (age > 68 && chance.yes(0.3)) chart.problem(problem.cataract, long(1, 8), { history: true });
  if (age > 70 && chance.yes(0.12)) chart.problem(problem.kneeProsthesis, long(2, 12), { history: true });
  if (chance.yes(0.08)) chart.problem(problem.wristFracture, long(2, 25), { history: true });
  if (person.gender === 'female' && age > 50 && chance.yes(0.04))
    chart.problem(problem.breastCancer, long(6, 12), { history: true, ald: true });
  if (person.gender === 'male' && age > 62 && chance.yes(0.18)) chart.problem(problem.prostate, long(1, 8));
  const date = workday(chart.ago(5, chance.int(10, 200)));
  const visit = chart.visit(date, chart.physician, 'Ouverture du dossier', {
    note: 'Antécédents et mode de vie recueillis.',
  });
  chart.smokingStatus(
    visit,
    chance.weighted([
      ['never', 50],
      ['former', 25],
      ['current', 25],
    ] as const),
  );
  chart.lifestyle(
    visit,
    age > 66
      ? chance.pick([
          'À la retraite, jardine, sort chaque jour.',
          'Vit en couple, sort chaque jour.',
          'Maison de plain-pied, enfants à proximité.',
        ])
      : chance.pick([
          'Travaille à temps plein, marche le week-end.',
          'Travail posté, sommeil irrégulier.',
          'Télétravail, peu d’activité physique.',
          'Métier physique, port de charges.',
          'En recherche d’emploi.',
        ]),
  );
  if (chance.yes(0.5))
    chart.familyHistory(
      date,
      chart.physician,
      chance.pick(['MTH', 'FTH', 'SIB'] as const),
      chance.pick([
        problem.hypertension,
        problem.diabetes2,
        problem.coronary,
        problem.breastCancer,
        problem.prostateCancer,
      ]),
      chance.int(45, 78),
    );
  if (chance.yes(0.22))
    chart.letter(
      workday(chart.ago(0, chance.int(20, 900))),
      chance.pick([
        'Compte rendu de consultation de cardiologie',
        'Compte rendu d’hospitalisation',
        'Compte rendu d’imagerie',
        'Compte rendu de consultation de dermatologie',
      ]),
      [
        'Cher confrère,',
        'Examen rassurant ce jour : pas d’élément inquiétant.',
        'Je propose de poursuivre la surveillance par vos soins et de revoir',
        'le patient dans un an, ou plus tôt en cas de besoin.',
      ],
      { pdf: chance.yes(0.6) },
    );
}

/** Whoever has no story of their own. */
export function ordinaryRecord(chart: Chart) {
  const age = ageAt(chart.person.birth, chart.today);
  if (age < 17) {
    childhood(chart);
    if (age > 4 && chart.chance.yes(0.09))
      followUps(
        chart,
        [asthma(chart, chart.ago(Math.min(3, age - 3)))],
        {
          weight: (date) => growth(chart.person.gender, daysBetween(chart.person.birth, date) / 30.44, 0).weight,
          height: growth(chart.person.gender, age * 12, 0).height,
          systolic: () => 104,
          diastolic: () => 62,
        },
        Math.min(2, age - 3),
      );
  } else adulthood(chart);
  otherProfessions(chart, Math.min(4, age + 0.5));
  nextAppointments(chart, 0.24);
  firstContact(chart);
  desks(chart);
  small(chart);
}

/** What the secretary and the coordinator have to do about a patient. */
function desks(chart: Chart) {
  const { chance, physician, today } = chart;
  if (!chance.yes(0.05)) return;
  const wanted = chance.yes(0.6) ? 'medical-secretary' : 'coordinator';
  const desk = chart.shape.people.find((person) => person.profession === wanted)!;
  const words =
    desk.profession === 'coordinator'
      ? ['Inscrire à la réunion de jeudi', 'Trouver une aide à domicile', 'Organiser la sortie d’hospitalisation']
      : [
          'Rappeler le patient pour un rendez-vous',
          'Envoyer le courrier au spécialiste',
          'Mutuelle à mettre à jour',
          'Numériser la pièce d’identité',
        ];
  chart.task(addDays(today, -chance.int(0, 9)), physician, desk, chance.pick(words), addDays(today, chance.int(0, 9)));
}

/** A task or a message between professionals, here and there. */
function small(chart: Chart) {
  const { chance, physician, today } = chart;
  const others = [...chart.team.values()].map(({ person }) => person).filter((person) => person !== physician);
  const other = others[0];
  if (!other || !chance.yes(0.15)) return;
  const date = addDays(today, -chance.int(1, 25));
  if (chance.yes(0.5))
    chart.message(
      date,
      other,
      physician,
      chance.pick([
        'Fatigue marquée cette semaine, peux-tu passer ?',
        'Séances terminées, bilan dans le dossier.',
        'Ordonnance à renouveler avant la fin du mois.',
        'Automesures transmises, moyenne correcte.',
      ]),
    );
  else
    chart.task(
      date,
      physician,
      other,
      chance.pick([
        'Contrôler la tension à domicile',
        'Faire le point sur les prises',
        'Bilan à prévoir',
        'Rappeler pour le rendez-vous',
      ]),
      addDays(today, chance.int(1, 20)),
      chance.yes(0.4),
    );
  if (chance.yes(0.2)) shot(chart, 'dtp', workday(chart.ago(0, 200)), physician);
}
