import type { Chart } from './chart.ts';
import { drug, problem, test, vital } from './codes.ts';
import { line, sessions } from './courses.ts';
import { addDays, addMonths, weekday, workday } from './dates.ts';
import { adultBody, followUps } from './life.ts';
import { situations } from './situations.ts';
import { autumnVaccines, vaccinesSoFar } from './vaccines.ts';

/** Jeanne, 88: widow, weekly rounds, a fall five weeks ago, and what the team did about it. */
export function frailWidow(chart: Chart) {
  const { today } = chart;
  const doctor = chart.physician;
  const nurse = chart.pro('nurse', chart.ago(3));
  vaccinesSoFar(chart, 1);
  chart.allergy(
    chart.ago(8),
    doctor,
    'Pénicillines',
    { system: 'http://www.whocc.no/atc', code: 'J01C', display: 'Pénicillines' },
    'Éruption étendue',
    'moderate',
  );
  const weight = line([chart.ago(4), 57], [chart.ago(1), 53], [today, 49.6]);
  const htn = chart.problem(problem.hypertension, chart.ago(22));
  const bones = chart.problem(problem.osteoporosis, chart.ago(6));
  const frail = chart.problem(problem.frailty, chart.ago(1.5));
  chart.problem(problem.wristFracture, chart.ago(6, 30), { history: true });
  chart.problem(problem.cataract, chart.ago(9), { history: true });
  const opening = chart.visit(workday(chart.ago(4)), doctor, 'Suivi à domicile', {
    home: true,
    note: 'Vit seule depuis le décès de son mari. Fille à vingt minutes, passe deux fois par semaine.',
  });
  chart.lifestyle(opening, 'Veuve, maison à étage, aide ménagère trois heures par semaine, téléalarme.');
  situations(chart, opening, [
    ['tobacco', ['never']],
    ['alcohol', ['none']],
    ['falls', ['one']],
    ['driving', ['accompanied', 'aid']],
    ['household', ['alone']],
    ['housing', ['house', 'stairs']],
    ['helpers', ['relative', 'homehelp', 'nurse', 'alarm']],
    ['rights', ['apa', 'insured']],
    ['protection', ['trusted']],
  ]);
  for (const [medicine, condition] of [
    [drug.amlodipine, htn],
    [drug.alendronate, bones],
    [drug.vitaminD, bones],
  ] as const)
    chart.prescribe(medicine, opening, { for: condition });
  for (let date = chart.ago(3.6), i = 0; date < today; date = addDays(date, 92), i++) {
    const day = workday(date);
    const visit = chart.visit(day, doctor, 'Visite à domicile', {
      home: true,
      note: chart.chance.pick([
        'Bon moral, appétit moyen.',
        'Marche avec une canne, se lève de la chaise avec les bras.',
        'Traitement simplifié, pilulier bien suivi.',
        'Se plaint d’être un peu seule.',
      ]),
    });
    chart.pressure(visit, 136 + chart.chance.bell() * 7, 72 + chart.chance.bell() * 4);
    chart.body(visit, weight(day), i === 0 ? 156 : undefined);
    if (i % 3 === 0)
      chart.laboratory(addDays(day, -4), doctor, 'Biologie de suivi', [
        ...chart.kidney(78 + i * 2.2, day),
        { test: test.haemoglobin, value: 12.2 - i * 0.06 },
        { test: test.vitaminD, value: 32 },
        { test: test.sodium, value: 138 },
      ]);
  }
  for (let week = 14; week >= 1; week--) {
    const visit = chart.visit(addDays(today, -week * 7), nurse, 'Tournée : pilulier et constantes', {
      home: true,
      ...(week % 3 === 0 ? { note: 'Pilulier préparé. Jambes un peu gonflées le soir, sort peu.' } : {}),
    });
    chart.pressure(visit, 134 + chart.chance.bell() * 8, 72 + chart.chance.bell() * 5);
  }
  const fallDay = chart.ago(0, 36);
  const fall = chart.problem(problem.fall, fallDay, {
    until: addDays(fallDay, 20),
    by: nurse,
    note: 'Trouvée au pied du lit au passage du matin, restée au sol deux heures environ.',
  });
  const found = chart.visit(fallDay, nurse, problem.fall, {
    home: true,
    minutes: 45,
    note: 'Trouvée assise par terre à 7 h 40, consciente, s’est levée dans le noir. Pas de douleur à la hanche, plaie de l’avant-bras droit. Médecin appelé.',
  });
  chart.section('chute', found, {
    chutes: 2,
    peur: true,
    releve: false,
    sol: true,
    trauma: true,
    malaise: false,
    'chute-lieu': 'Chambre, levée dans le noir',
    predisposants: ['age-80', 'fracture', 'marche', 'force', 'vue', 'denutrition'],
    precipitants: ['logement'],
  });
  chart.section('chute', opening, { chutes: 0, peur: false, predisposants: ['age-80', 'vue'] });
  chart.pressure(found, 112, 60);
  chart.measure(found, vital.pulse, 88);
  chart.measure(found, vital.pain, 5);
  const wound = chart.procedure(found, 'Pansement de plaie cutanée de l’avant-bras', { for: fall });
  const seen = chart.visit(fallDay, doctor, problem.fall, {
    home: true,
    note: 'Chute mécanique nocturne. Hypotension orthostatique (−24 mmHg debout) : amlodipine diminuée. Pas de signe de fracture. Bilan de chute et kinésithérapie.',
  });
  chart.pressure(seen, 118, 64);
  chart.flag(fallDay, doctor, 'Risque de chute élevé : hypotension au lever, tapis de la chambre');
  chart.message(
    fallDay,
    nurse,
    doctor,
    'Chute cette nuit, plaie de l’avant-bras pansée, tension 11/6. Pouvez-vous passer ce matin ?',
  );
  for (const days of [2, 4, 7, 10])
    chart.procedure(
      chart.visit(addDays(fallDay, days), nurse, 'Pansement à domicile', {
        home: true,
        note: `${wound.code!.text} : plaie propre, berges rapprochées.`,
      }),
      'Pansement simple',
      { for: fall },
    );
  const physio = chart.pro('physiotherapist', addDays(fallDay, 6));
  sessions(chart, 'Rééducation de l’équilibre à domicile', 'physiotherapist', addDays(fallDay, 6), 7, [
    'Relevés du sol travaillés, appui unipodal 3 secondes.',
    'Marche en terrain varié avec la canne.',
    'Lever de chaise sans les mains : trois fois.',
  ]);
  chart.finding(
    chart.visit(workday(addDays(fallDay, 6)), physio, 'Bilan kinésithérapique de chute', {
      home: true,
      note: 'Timed Up and Go 21 secondes, peur de tomber marquée.',
    }),
    'Timed Up and Go (secondes)',
    21,
  );
  const others: [string, typeof doctor][] = [
    ['Passage quotidien, pilulier, poids le lundi', nurse],
    ['Deux séances par semaine, équilibre', physio],
  ];
  if (chart.has('occupational-therapist')) {
    const occupational = chart.pro('occupational-therapist', addDays(fallDay, 15));
    chart.visit(workday(addDays(fallDay, 15)), occupational, 'Visite du domicile', {
      home: true,
      minutes: 60,
      note: 'Barre près du lit, veilleuse automatique, tapis ôtés. Rehausseur de toilettes prescrit.',
    });
    others.push(['Aménagement de la chambre et de la salle d’eau', occupational]);
  }
  if (chart.has('dietician')) {
    const dietician = chart.pro('dietician', addDays(fallDay, 18));
    chart.finding(
      chart.visit(workday(addDays(fallDay, 18)), dietician, 'Dénutrition', {
        home: true,
        note: 'Perte de 6 % en un an. Enrichissement des plats, collation du soir.',
      }),
      'Mini-GDS',
      2,
    );
    others.push(['Enrichissement de l’alimentation', dietician]);
  }
  const goal = chart.goal(addDays(fallDay, 6), doctor, 'Rester chez elle sans nouvelle chute jusqu’à l’été');
  chart.plan(addDays(fallDay, 6), doctor, 'Plan après chute', {
    conditions: [fall, frail],
    goals: [goal],
    activities: others,
  });
  chart.letter(addDays(fallDay, 10), 'Compte rendu de passage aux urgences', [
    'Radiographies du poignet et du bassin : pas de fracture.',
    'Retour au domicile le jour même avec son entourage.',
  ]);
  autumnVaccines(chart, 4);
  chart.task(chart.ago(0, 5), doctor, nurse, 'Tension couchée puis debout, trois matins de suite', addDays(today, 2));
  chart.book(nurse, today, 'Tournée : pilulier et constantes', { home: true, at: 7 * 60 + 45 });
  for (const days of [1, 2, 3])
    chart.book(nurse, addDays(today, days), 'Tournée : pilulier et constantes', { home: true, at: 7 * 60 + 45 });
  chart.book(
    physio,
    weekday(addDays(today, 1)) === 0 ? addDays(today, 2) : addDays(today, 1),
    'Rééducation de l’équilibre',
    { home: true, minutes: 45 },
  );
}

/** René, at home until the end: pain brought down, daily nurses, advance directives. */
export function palliative(chart: Chart) {
  const { today } = chart;
  const doctor = chart.physician;
  const start = workday(chart.ago(0, 210));
  vaccinesSoFar(chart, 0.8);
  chart.noKnownAllergy(chart.ago(4), doctor);
  const htn = chart.problem(problem.hypertension, chart.ago(14));
  const body = adultBody(chart, { weight: 66, height: 172 });
  followUps(
    chart,
    [
      {
        condition: htn,
        label: 'hypertension',
        rate: 3,
        words: () => 'PA à l’objectif.',
        tests: (date) => chart.kidney(88, date),
      },
    ],
    body,
    3,
  );
  const cancer = chart.problem(problem.pancreasCancer, start, {
    ald: true,
    note: 'Découverte sur ictère. Pas de chirurgie possible, soins de confort choisis.',
  });
  chart.letter(addDays(start, 12), 'Compte rendu de réunion de concertation', [
    'Adénocarcinome du pancréas localement avancé avec métastases hépatiques.',
    'Proposition : soins palliatifs, retour au domicile selon le souhait du patient.',
  ]);
  chart.letter(
    addDays(start, 60),
    'Directives anticipées',
    [
      'Je souhaite rester chez moi et ne pas souffrir.',
      'Je ne souhaite ni réanimation ni alimentation artificielle.',
      'Ma femme est ma personne de confiance.',
    ],
    { by: doctor, pdf: false, loinc: '42348-3' },
  );
  const nurse = chart.pro('nurse', addDays(start, 40));
  const first = chart.visit(addDays(start, 41), doctor, problem.pancreasCancer, {
    home: true,
    minutes: 45,
    note: 'Entretien avec lui et sa femme : rester à la maison. Douleur 7/10, morphine LP et interdoses, macrogol d’emblée.',
  });
  for (const medicine of [drug.morphine, drug.morphineFast, drug.macrogol, drug.haloperidol])
    chart.prescribe(medicine, first, { for: cancer });
  chart.flag(
    addDays(start, 60),
    doctor,
    'Soins palliatifs à domicile : directives anticipées dans les documents, ne pas réanimer',
  );
  const pain = line(
    [addDays(start, 40), 7],
    [addDays(start, 70), 4],
    [addDays(today, -20), 3],
    [addDays(today, -8), 5],
    [today, 2],
  );
  const weight = line([start, 71], [today, 57]);
  for (let back = 24; back >= 1; back--) {
    const date = addDays(today, -back);
    const visit = chart.visit(date, nurse, 'Soins de confort', {
      home: true,
      minutes: 30,
      ...(back % 3 === 0
        ? {
            note: [
              'Douleur soulagée, a vu ses petits-enfants.',
              'Toilette au lit, points d’appui corrects, mange deux cuillères.',
              'Deux interdoses cette nuit, épouse fatiguée.',
              'Nausées calmées par les gouttes du soir.',
            ][(back / 3) % 4]!,
          }
        : {}),
    });
    chart.measure(visit, vital.pain, Math.max(0, Math.round(pain(date) + chart.chance.bell() * 0.6)));
    if (back % 6 === 0) chart.measure(visit, vital.weight, weight(date));
  }
  for (const back of [60, 45, 30, 16, 7, 2]) {
    const visit = chart.visit(addDays(today, -back), doctor, 'Visite à domicile', {
      home: true,
      minutes: 30,
      note:
        back === 7
          ? 'Accès douloureux plus fréquents : morphine LP portée à 30 mg matin et soir.'
          : 'Confort satisfaisant. Épouse soutenue, passages infirmiers deux fois par jour.',
    });
    chart.measure(visit, vital.pain, Math.round(pain(visit.date)));
    if (back === 7)
      chart.prescribe({ ...drug.morphine, fr: 'Sulfate de morphine LP 30 mg, gélule' }, visit, { for: cancer });
  }
  if (chart.has('psychologist'))
    chart.visit(addDays(today, -18), chart.pro('psychologist'), 'Soutien à domicile', {
      home: true,
      label: 'PSY',
      note: 'Parle de la mer et de ses années de pêche. Inquiet surtout pour sa femme.',
    });
  const pharmacist = chart.pro('pharmacist', addDays(start, 45));
  chart.message(
    addDays(today, -7),
    doctor,
    pharmacist,
    'Morphine LP passée à 30 mg matin et soir : peux-tu livrer ce soir et reprendre les gélules de 20 ?',
  );
  const goal = chart.goal(addDays(start, 41), doctor, 'Douleur à 3 ou moins, à la maison', {
    measure: vital.pain,
    high: 4,
    due: addMonths(today, 1),
  });
  chart.plan(addDays(start, 41), doctor, 'Soins palliatifs à domicile', {
    conditions: [cancer],
    goals: [goal],
    activities: [
      ['Deux passages par jour, feuille de suivi de la douleur', nurse],
      ['Visite deux fois par semaine, joignable', doctor],
      ['Livraison et reprise des opiacés', pharmacist],
    ],
  });
  chart.task(addDays(today, -2), nurse, doctor, 'Ordonnance de lit médicalisé à faire', addDays(today, 1));
  chart.book(nurse, today, 'Soins de confort', { home: true, at: 8 * 60 + 30, minutes: 30 });
  chart.book(nurse, today, 'Soins de confort (soir)', { home: true, at: 18 * 60, minutes: 30 });
  chart.book(doctor, addDays(today, 1), 'Visite à domicile', { home: true, minutes: 30 });
}
