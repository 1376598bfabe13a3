import type { Chart } from './chart.ts';
import { drug, problem, test, vital } from './codes.ts';
import { line, sessions } from './courses.ts';
import { addDays, addMonths, weekday, workday } from './dates.ts';
import { copd, diabetes, hypertension, lipids } from './diseases.ts';
import { anticoagulated } from './diseases-aged.ts';
import { adultBody, followUps } from './life.ts';
import { monthlyDispenses, waitingConciliation } from './treatments.ts';
import { situations } from './situations.ts';
import { autumnVaccines, shot, vaccinesSoFar } from './vaccines.ts';

const comma = (value: number, digits = 1) => value.toFixed(digits).replace('.', ',');

/** Jean, 63: six years of diabetes, HbA1c from 9.4 to 6.6, followed by physician, Asalée nurse, chiropodist, dietician and more. */
export function diabeticMan(chart: Chart) {
  const { today } = chart;
  const start = workday(chart.ago(5.6));
  const doctor = chart.join(chart.physician, start);
  vaccinesSoFar(chart, 1);
  chart.noKnownAllergy(start, doctor);
  chart.problem(problem.appendicectomy, '1979-06-01', { history: true });
  chart.familyHistory(start, doctor, 'MTH', problem.diabetes2, 58);
  chart.familyHistory(start, doctor, 'FTH', problem.coronary, 66);
  const ald = chart.problem(problem.diabetes2, start, {
    ald: true,
    note: 'ALD 8 accordée, à renouveler dans dix ans.',
  });
  const htn = chart.problem(problem.hypertension, addDays(start, -900));
  const ldl = chart.problem(problem.lipids, addDays(start, 30));
  chart.problem(problem.obesity, start);
  const a1c = line(
    [start, 9.4],
    [addDays(start, 100), 8.1],
    [addDays(start, 200), 7.4],
    [addDays(start, 700), 7.9],
    [addDays(start, 850), 7.2],
    [today, 6.6],
  );
  const weight = line([start, 101], [addDays(start, 400), 96.5], [addDays(start, 800), 95], [today, 90.2]);
  const first = chart.visit(start, doctor, problem.diabetes2, {
    minutes: 30,
    note: 'Soif et fatigue depuis deux mois. HbA1c 9,4 %, glycémie à jeun 2,10 g/L. Annonce du diabète, metformine à dose progressive, équipe présentée.',
  });
  chart.body(first, 101, 176);
  chart.pressure(first, 152, 92);
  situations(chart, first, [
    ['tobacco', ['former'], { perDay: 20, years: 25, packYears: 25, stopped: '2012' }],
    ['alcohol', ['regular'], { glasses: 8 }],
    ['exposure', ['asbestos']],
    ['activity', ['some']],
    ['household', ['couple']],
    ['rights', ['ald', 'insured']],
  ]);
  chart.lifestyle(first, 'Ancien mécanicien de marine, à la retraite. Vit avec Monique, jardin et pêche à pied.');
  chart.prescribe(drug.metformin, first, { for: ald });
  chart.prescribe(drug.ramipril, first, { for: htn });
  chart.prescribe(
    drug.atorvastatin,
    chart.visit(workday(addDays(start, 30)), doctor, problem.lipids, { note: 'LDL 1,72 g/L : statine.' }),
    { for: ldl },
  );
  const second = chart.visit(workday(addDays(start, 720)), doctor, problem.diabetes2, {
    note: 'HbA1c remontée à 7,9 % malgré les efforts : ajout d’empagliflozine. Conseils d’hydratation et d’hygiène.',
  });
  chart.prescribe(drug.empagliflozin, second, { for: ald });
  for (let date = addDays(start, 95), i = 0; date < today; date = addDays(date, 95), i++) {
    const day = workday(date);
    const creatinine = 82 + i * 0.5;
    const found = a1c(day) + chart.chance.bell() * 0.06;
    chart.laboratory(addDays(day, -5), doctor, 'Biologie du diabète', [
      { test: test.hba1c, value: found },
      { test: test.glucose, value: 80 + (a1c(day) - 4) * 20 + chart.chance.bell() * 6 },
      ...(i % 3 === 0
        ? [
            { test: test.ldl, value: i === 0 ? 1.1 : 0.78 + chart.chance.bell() * 0.05 },
            { test: test.hdl, value: 0.46 },
            { test: test.triglycerides, value: 1.6 },
            ...chart.kidney(creatinine, day),
            { test: test.albuminuria, value: 18 + i },
          ]
        : []),
    ]);
    const visit = chart.visit(day, doctor, 'Suivi du diabète', {
      note: `HbA1c ${comma(found)} %. ${chart.chance.pick(['Poids en baisse, marche chaque matin.', 'Quelques écarts à Noël, sans conséquence.', 'Pas d’hypoglycémie, fond d’œil prévu.', 'Pieds examinés : pouls présents.'])}`,
    });
    chart.pressure(visit, 134 + chart.chance.bell() * 5 - i * 0.2, 80 + chart.chance.bell() * 3);
    chart.body(visit, weight(day) + chart.chance.bell() * 0.4, i % 8 === 0 ? 176 : undefined);
  }
  if (chart.has('asalee-nurse')) {
    const asalee = chart.pro('asalee-nurse', addDays(start, 20));
    for (let date = addDays(start, 20), i = 0; date < today; date = addDays(date, 150), i++) {
      const visit = chart.visit(workday(date), asalee, 'Éducation thérapeutique du diabète', {
        minutes: 45,
        note: [
          'Objectif choisi : marcher trente minutes par jour. Lecture des étiquettes.',
          'A remplacé le goûter par un fruit. Fier de sa ceinture d’un cran.',
          'Autosurveillance comprise, carnet bien tenu.',
          'Point sur l’hypoglycémie et la conduite.',
        ][i % 4]!,
      });
      chart.measure(visit, vital.weight, weight(date));
      chart.measure(visit, vital.waist, 112 - i * 0.9);
      chart.measure(visit, vital.capillaryGlucose, 85 + (a1c(date) - 4) * 20);
    }
  }
  const podo = chart.pro('chiropodist', addDays(start, 300));
  for (let date = addDays(start, 300), i = 0; date < today; date = addDays(date, 92), i++) {
    const visit = chart.visit(workday(date), podo, 'Soins de pieds diabétiques', {
      note:
        i > 8
          ? 'Monofilament : un site non perçu à droite. Grade 2. Hyperkératose sous M1 réduite, chaussage vérifié avec lui.'
          : 'Monofilament perçu partout. Grade 0. Soins et conseils.',
    });
    const felt = i <= 8;
    if (i % 4 === 0)
      chart.section('pied-diabetique', visit, {
        'mono-droit': felt ? 'percu' : '1',
        'mono-gauche': 'percu',
        diapason: felt ? 'percue' : 'diminuee',
        neuropathie: !felt,
        'pedieux-droit': 'percu',
        'pedieux-gauche': 'percu',
        'tibial-droit': 'percu',
        'tibial-gauche': 'percu',
        arteriopathie: false,
        deformations: ['metatarsiens'],
        deformation: !felt,
        peau: ['hyperkeratose'],
        ulcere: false,
        amputation: false,
      });
    else chart.finding(visit, 'Grade podologique du pied diabétique', felt ? 0 : 2);
  }
  const neuropathy = chart.problem(problem.neuropathy, chart.ago(1.2), { by: podo });
  if (chart.has('dietician')) {
    const dietician = chart.pro('dietician', addDays(start, 60));
    for (const days of [60, 130, 320])
      chart.body(
        chart.visit(workday(addDays(start, days)), dietician, 'Consultation diététique', {
          minutes: 45,
          note: 'Enquête alimentaire : grignotage le soir. Assiette repère, deux portions de légumes par repas.',
        }),
        weight(addDays(start, days)),
      );
  }
  const nurse = chart.pro('nurse', chart.ago(1));
  if (chart.has('orthoptist'))
    chart.visit(workday(chart.ago(0, 160)), chart.pro('orthoptist'), 'Dépistage de la rétinopathie', {
      note: 'Rétinographies faites et transmises : pas de rétinopathie.',
    });
  chart.letter(chart.ago(0, 150), 'Lecture de rétinographies', [
    'Absence de rétinopathie diabétique aux deux yeux.',
    'Contrôle dans un an.',
  ]);
  chart.letter(
    chart.ago(2, 40),
    'Compte rendu de consultation de cardiologie',
    [
      'Épreuve d’effort négative à 88 % de la fréquence maximale théorique.',
      'Pas de modification du traitement, revoir dans deux ans.',
    ],
    { pdf: false },
  );
  const goals = [
    chart.goal(start, doctor, 'HbA1c sous 7 %', { measure: test.hba1c, high: 7, due: addMonths(today, 6) }),
    chart.goal(start, doctor, 'Poids sous 88 kg', { measure: vital.weight, high: 88, due: addMonths(today, 12) }),
  ];
  chart.plan(start, doctor, 'Parcours diabète', {
    conditions: [ald, neuropathy],
    goals,
    activities: [
      ['HbA1c tous les trois mois, consultation médicale', doctor],
      ['Soins de pieds tous les trois mois', podo],
      ['Surveillance et vaccinations', nurse],
      ...(chart.has('asalee-nurse')
        ? [['Éducation thérapeutique', chart.pro('asalee-nurse')] as [string, typeof doctor]]
        : []),
    ],
  });
  autumnVaccines(chart, 5);
  const pharmacist = chart.pro('pharmacist');
  const ibuprofen = chart.takes(
    { ...drug.ibuprofen, dose: '1 comprimé si douleur, maximum 3 prises par semaine' },
    chart.visit(workday(chart.ago(0, 75)), pharmacist, 'Entretien pharmaceutique', {
      note: 'Prend de l’ibuprofène acheté sans ordonnance pour une épaule : déconseillé avec le ramipril, médecin prévenu.',
    }),
    'Sans ordonnance, deux à trois fois par semaine.',
  );
  waitingConciliation(chart, ibuprofen);
  monthlyDispenses(chart);
  chart.message(
    chart.ago(0, 75),
    pharmacist,
    doctor,
    'Jean Kerleau prend de l’ibuprofène en automédication avec son ramipril. Je lui ai conseillé d’arrêter ; à revoir pour son épaule ?'.replace(
      'Jean Kerleau',
      chart.subject.display,
    ),
  );
  chart.task(chart.ago(0, 9), doctor, podo, 'Semelles à prévoir, grade 2 confirmé', addDays(today, 12));
  chart.book(doctor, today, 'Suivi du diabète', { at: 10 * 60, minutes: 15 });
  chart.book(podo, addDays(today, 2), 'Soins de pieds diabétiques', { minutes: 30 });
}

/** Patrick, 66: forty pack-years, two exacerbations, and a weaning that holds since this spring. */
export function copdSmoker(chart: Chart) {
  const { today } = chart;
  const body = adultBody(chart, { weight: 68, height: 172 });
  vaccinesSoFar(chart);
  chart.noKnownAllergy(chart.ago(3), chart.physician);
  const course = copd(chart, chart.ago(4.5));
  followUps(chart, [course], body, 4.2);
  for (const days of [640, 280]) {
    const visit = chart.visit(workday(chart.ago(0, days)), chart.physician, problem.copd, {
      note: 'Exacerbation : dyspnée, crachats purulents. Antibiotique, kinésithérapie, contrôle à 48 heures.',
    });
    chart.measure(visit, vital.saturation, 90);
    chart.measure(visit, vital.temperature, 38.2);
    chart.prescribe(drug.amoxicillin, visit, { until: addDays(visit.date, 7), for: course.condition });
    chart.laboratory(addDays(visit.date, 1), chart.physician, 'Bilan infectieux', [
      { test: test.crp, value: 64 },
      { test: test.leukocytes, value: 13.2 },
    ]);
  }
  const asalee = chart.pro('asalee-nurse', chart.ago(0, 240));
  for (const [i, days] of [240, 225, 195, 150, 90, 30].entries()) {
    const visit = chart.visit(workday(chart.ago(0, days)), asalee, 'Sevrage tabagique', {
      minutes: 40,
      note: [
        '20 cigarettes par jour, motivation 7/10. Date d’arrêt choisie.',
        'Arrêt depuis trois jours, irritable, timbre bien toléré.',
        'Un faux pas au mariage de sa nièce, repart.',
        'Deux mois sans tabac, monte la côte sans s’arrêter.',
        'Quatre mois. Économies pour un moteur de bateau.',
        'Six mois sans tabac. Suivi espacé.',
      ][i]!,
    });
    chart.finding(visit, 'Monoxyde de carbone expiré (ppm)', [24, 6, 9, 3, 2, 2][i]!);
    if (i === 0) {
      chart.smokingStatus(visit, 'current');
      chart.prescribe(drug.nicotine, { ...visit, pro: chart.physician }, { until: addDays(visit.date, 90) });
    }
    if (i === 5) chart.smokingStatus(visit, 'former');
  }
  sessions(chart, 'Réadaptation respiratoire', 'physiotherapist', chart.ago(0, 250), 10, [
    'Cycle 15 minutes à 30 W, SpO2 91 % à l’effort.',
    'Six minutes de marche : 380 mètres.',
    'Auto-drainage acquis.',
  ]);
  chart.letter(chart.ago(0, 200), 'Compte rendu d’exploration fonctionnelle respiratoire', [
    'VEMS 58 % de la théorique, Tiffeneau 0,61.',
    'Pas de réversibilité. Poursuite de la bronchodilatation longue.',
  ]);
  autumnVaccines(chart, 4);
  chart.book(asalee, addDays(today, weekday(addDays(today, 1)) === 0 ? 2 : 1), 'Sevrage tabagique', { minutes: 45 });
  chart.book(chart.physician, today, 'Suivi de BPCO', { at: 11 * 60, minutes: 15 });
}

/** Yvonne, 82: a venous ulcer measured week after week, closing. */
export function legUlcer(chart: Chart) {
  const { today } = chart;
  const doctor = chart.physician;
  const body = adultBody(chart, { weight: 71, height: 158 });
  vaccinesSoFar(chart);
  chart.allergy(chart.ago(2), doctor, 'Sparadrap (colophane)', undefined, 'Eczéma de contact', 'mild');
  chart.problem(problem.varicose, chart.ago(20));
  followUps(chart, [hypertension(chart, chart.ago(12), body), lipids(chart, chart.ago(5))], body, 3);
  const start = chart.ago(0, 120);
  const ulcer = chart.problem(problem.legUlcer, start, { by: doctor });
  const opening = chart.visit(workday(start), doctor, problem.legUlcer, {
    note: 'Ulcère malléolaire interne gauche de 6 × 4 cm, index de pression systolique 1,0 : compression possible. Bandes et pansements par l’infirmière.',
  });
  chart.prescribe(drug.dressing, opening, { for: ulcer });
  const nurse = chart.pro('nurse', start);
  const area = line([start, 24], [addDays(start, 30), 19], [today, 4]);
  for (let date = addDays(start, 3), i = 0; date < today; date = addDays(date, i % 2 ? 3 : 4), i++) {
    const visit = chart.visit(date, nurse, 'Pansement d’ulcère', {
      home: true,
      ...(i % 4 === 0
        ? {
            note: `Surface ${Math.round(area(date))} cm², fond ${area(date) > 14 ? 'fibrineux à détersion' : 'bourgeonnant'}, exsudat ${area(date) > 14 ? 'abondant' : 'faible'}. Bandes bien supportées.`,
          }
        : {}),
    });
    chart.procedure(visit, 'Pansement complexe avec compression', { for: ulcer });
    if (i % 4 === 0) {
      chart.finding(visit, 'Surface de la plaie (cm²)', Math.round(area(date)));
      chart.measure(visit, vital.pain, Math.max(0, Math.round(area(date) / 5 + chart.chance.bell() * 0.5)));
    }
  }
  chart.letter(addDays(start, 25), 'Compte rendu d’écho-Doppler veineux', [
    'Incontinence de la grande veine saphène gauche.',
    'Artères perméables : compression forte autorisée.',
  ]);
  chart.message(
    chart.ago(0, 20),
    nurse,
    doctor,
    'L’ulcère d’Yvonne est presque fermé, 5 cm². Je propose de passer à deux pansements par semaine.'.replace(
      'Yvonne',
      chart.person.given[0]!,
    ),
  );
  autumnVaccines(chart, 3);
  chart.book(nurse, today, 'Pansement d’ulcère', { home: true, at: 9 * 60 });
  chart.book(nurse, addDays(today, 3), 'Pansement d’ulcère', { home: true, at: 9 * 60 });
}

/** Michel, 75: warfarin, an INR every three weeks, one of them too high. */
export function anticoagulatedMan(chart: Chart) {
  const body = adultBody(chart, { weight: 82, height: 171 });
  vaccinesSoFar(chart);
  chart.noKnownAllergy(chart.ago(5), chart.physician);
  const courses = [anticoagulated(chart, chart.ago(3.5), true), hypertension(chart, chart.ago(9), body)];
  if (chart.chance.yes(0.5)) courses.push(diabetes(chart, chart.ago(3), body));
  followUps(chart, courses, body, 3.5);
  const pharmacist = chart.pro('pharmacist');
  chart.visit(workday(chart.ago(0, 210)), pharmacist, 'Entretien AVK', {
    minutes: 30,
    note: 'Carnet AVK à jour. Sait réagir à un oubli et à un saignement. Choux et épinards expliqués.',
  });
  chart.message(
    chart.ago(0, 218),
    chart.physician,
    pharmacist,
    'INR à 4,3 : une prise sautée puis demi-comprimé de moins par semaine. Contrôle dans cinq jours.',
  );
  shot(chart, 'rsv', workday(chart.ago(0, 60)), pharmacist);
  autumnVaccines(chart, 4);
  chart.book(chart.pro('nurse'), addDays(chart.today, 1), 'Prise de sang : INR', { home: true, at: 7 * 60 + 30 });
}
