import type { Chart } from './chart.ts';
import { drug, problem, test, vital } from './codes.ts';
import { line, sessions } from './courses.ts';
import { addDays, daysBetween, parisInstant, weekday, workday } from './dates.ts';
import { asthma } from './diseases.ts';
import { growth } from './growth.ts';
import { adultBody, childhood, followUps } from './life.ts';
import { autumnVaccines, shot, vaccinesSoFar } from './vaccines.ts';

const open = (today: string, days: number) =>
  weekday(addDays(today, days)) === 0 ? addDays(today, days + 1) : addDays(today, days);

/** Malo, eight months: growth along his percentile, vaccines on time, one bronchiolitis. */
export function infant(chart: Chart) {
  const { person, today } = chart;
  const doctor = chart.physician;
  const midwife = chart.pro('midwife', person.birth);
  for (const days of [3, 6, 10]) {
    const visit = chart.visit(addDays(person.birth, days), midwife, 'Visite à domicile après la naissance', {
      home: true,
      note: [
        'Allaitement en cours, ictère discret, ombilic propre.',
        'Reprise du poids de naissance en vue, mère fatiguée.',
        'Poids de naissance repris, cordon tombé.',
      ][[3, 6, 10].indexOf(days)]!,
    });
    chart.measure(visit, vital.weight, 3.42 - (days === 3 ? 0.19 : days === 6 ? 0.06 : -0.08));
  }
  chart.letter(addDays(person.birth, 5), 'Compte rendu de maternité', [
    'Naissance par voie basse à 39 semaines et 4 jours, 3 420 g, 50 cm, Apgar 10 à cinq minutes.',
    'Dépistages néonatals et audition faits. Vitamine K donnée.',
  ]);
  chart.noKnownAllergy(addDays(person.birth, 40), doctor);
  childhood(chart);
  const ill = workday(addDays(person.birth, 160));
  const visit = chart.visit(ill, doctor, problem.bronchiolitis, {
    note: 'Toux et gêne depuis deux jours, boit les trois quarts des biberons, SpO2 96 %. Lavages de nez, fractionner, surveillance expliquée.',
  });
  chart.measure(visit, vital.saturation, 96);
  chart.measure(visit, vital.temperature, 38.1);
  chart.problem(problem.bronchiolitis, ill, { until: addDays(ill, 12) });
  const check = chart.visit(addDays(ill, 2), doctor, problem.bronchiolitis, {
    note: 'Va mieux, tétées complètes. Fin de surveillance.',
  });
  chart.measure(check, vital.saturation, 98);
  for (let days = 14; days < daysBetween(person.birth, today) - 3; days += 21) {
    const size = growth('male', days / 30.44, 0.35);
    const weigh = chart.visit(workday(addDays(person.birth, days)), days % 2 ? doctor : midwife, 'Pesée', {
      minutes: 10,
    });
    chart.measure(weigh, vital.weight, size.weight);
  }
  chart.flag(addDays(person.birth, 5), doctor, 'Nourrisson : posologies au poids');
  chart.book(doctor, today, 'Examen du neuvième mois', { at: 9 * 60 + 30, minutes: 30 });
}

/** Camille, 28 weeks: followed by the midwife, gestational diabetes just found. */
export function pregnancy(chart: Chart) {
  const { today } = chart;
  const midwife = chart.pro('midwife', chart.ago(1));
  const body = adultBody(chart, { weight: 62, height: 166 });
  vaccinesSoFar(chart);
  chart.noKnownAllergy(chart.ago(3), chart.physician);
  followUps(chart, [], body, 3);
  const lmp = addDays(today, -28 * 7 - 2);
  const date = (week: number) => workday(addDays(lmp, week * 7));
  const pregnant = chart.problem(problem.pregnancy, date(7), {
    by: midwife,
    note: 'Première grossesse. Terme prévu à 41 semaines.',
  });
  chart.smokingStatus(
    chart.visit(date(8), midwife, problem.pregnancy, {
      minutes: 40,
      note: 'Première consultation : grossesse désirée, acide folique poursuivi, toxoplasmose non immunisée. Entretien prénatal proposé.',
    }),
    'never',
  );
  const firstVisit = chart.visit(date(9), chart.physician, problem.pregnancy, {
    note: 'Déclaration de grossesse faite avec la sage-femme.',
  });
  chart.prescribe(drug.folicAcid, firstVisit, { for: pregnant, label: 'SEX', until: date(14) });
  chart.letter(
    date(12),
    'Échographie du premier trimestre',
    ['Grossesse monofœtale évolutive, longueur cranio-caudale 62 mm.', 'Clarté nucale 1,2 mm. Terme confirmé.'],
    { label: 'SEX' },
  );
  chart.letter(
    date(22),
    'Échographie morphologique',
    ['Morphologie normale, biométries au 48e percentile.', 'Placenta antérieur non recouvrant.'],
    { label: 'SEX' },
  );
  for (const week of [8, 12, 16, 20, 24, 27]) {
    const visit = chart.visit(date(week), midwife, problem.pregnancy, {
      minutes: 30,
      note: `${week} semaines. ${week < 14 ? 'Nausées du matin.' : week < 22 ? 'Premiers mouvements perçus.' : 'Mouvements actifs, col long.'} Bandelette négative.`,
    });
    chart.pressure(visit, 112 + chart.chance.bell() * 4, 66 + chart.chance.bell() * 3);
    chart.body(visit, 62 + Math.max(0, week - 9) * 0.42, week === 8 ? 166 : undefined);
    if (week >= 16) chart.finding(visit, 'Hauteur utérine (cm)', week - 2, 'SEX');
    chart.laboratory(addDays(visit.date, 1), midwife, 'Bilan mensuel de grossesse', [
      { test: test.toxoplasmosis, value: 2 },
      { test: test.haemoglobin, value: 12.6 - week * 0.06 },
    ]);
  }
  const sugar = chart.problem(problem.gestational, date(26), { by: midwife });
  chart.laboratory(date(25), midwife, 'Hyperglycémie provoquée', [
    { test: test.glucose, value: 96 },
    { test: test.ferritin, value: 14 },
  ]);
  chart.prescribe(
    drug.iron,
    chart.visit(date(26), chart.physician, problem.gestational, {
      note: 'Glycémie à jeun 0,96 g/L : régime, autosurveillance six fois par jour. Fer pour ferritine basse.',
    }),
    { for: sugar, label: 'SEX' },
  );
  if (chart.has('dietician'))
    chart.measure(
      chart.visit(date(27), chart.pro('dietician'), 'Diabète gestationnel', {
        label: 'SEX',
        minutes: 45,
        note: 'Trois repas et deux collations, glucides répartis. Carnet de glycémies relu.',
      }),
      vital.capillaryGlucose,
      104,
    );
  shot(chart, 'dtcap', date(23), midwife);
  chart.plan(date(8), midwife, 'Suivi de grossesse', {
    conditions: [pregnant, sugar],
    activities: [
      ['Consultation mensuelle, préparation à la naissance', midwife],
      ['Suivi partagé, ordonnances', chart.physician],
    ],
  });
  chart.flag(date(7), midwife, 'Enceinte : vérifier tout médicament');
  chart.message(
    date(26),
    midwife,
    chart.physician,
    'Glycémie à jeun à 0,96 : diabète gestationnel. Je lance l’autosurveillance, pouvez-vous la voir pour le fer ?',
    'SEX',
  );
  chart.book(midwife, today, 'Consultation du septième mois', { at: 14 * 60 + 30, minutes: 30 });
  chart.book(midwife, open(today, 7), 'Préparation à la naissance', { minutes: 45 });
}

/** Enora, 16: anxiety and contraception; opposes sharing with one nurse, a neighbour of the family. */
export function adolescent(chart: Chart) {
  const { today } = chart;
  const doctor = chart.physician;
  childhood(chart);
  const nurse = chart.shape.people.find((person) => person.login === 'soizic.abgrall') ?? chart.pro('nurse');
  chart.join(nurse, chart.ago(2));
  chart.oppose(chart.ago(0, 95), nurse);
  const anxiety = chart.problem(problem.anxiety, chart.ago(0, 140));
  const visit = chart.visit(workday(chart.ago(0, 140)), doctor, problem.anxiety, {
    minutes: 30,
    note: 'Vue seule à sa demande. Crises d’angoisse avant les contrôles, sommeil court, pas d’idée suicidaire. Accord pour la psychologue, secret rappelé.',
  });
  chart.finding(visit, 'GAD-7', 13, 'PSY');
  chart.note(visit, 'Penser à reparler du climat à la maison quand elle sera prête.', { private: true, label: 'PSY' });
  const psychologist = chart.pro('psychologist', chart.ago(0, 125));
  for (let i = 0, date = chart.ago(0, 125); i < 7; i++, date = addDays(date, 14))
    chart.visit(workday(date), psychologist, 'Séance', {
      label: 'PSY',
      minutes: 45,
      ...(i % 2 === 0
        ? {
            note: [
              'Alliance bonne, parle du lycée et de la pression des notes.',
              'Exposition graduée, respiration lente acquise.',
              'Dort mieux, a repris la danse.',
              'Bilan : crises rares.',
            ][i / 2]!,
          }
        : {}),
    });
  chart.note(
    { pro: psychologist, date: chart.ago(0, 80), at: parisInstant(chart.ago(0, 80), 18 * 60) },
    'Hypothèse : conflit de loyauté entre les parents, à explorer.',
    { private: true, label: 'PSY' },
  );
  const midwife = chart.pro('midwife', chart.ago(0, 95));
  const talk = chart.visit(workday(chart.ago(0, 95)), midwife, problem.contraception, {
    minutes: 30,
    note: 'Première contraception, confidentielle et gratuite. Règles douloureuses. Préservatifs remis, dépistage proposé.',
  });
  chart.pressure(talk, 108, 64);
  chart.prescribe(drug.levonorgestrel, talk, {
    for: chart.problem(problem.contraception, talk.date, { by: midwife }),
    label: 'SEX',
    until: addDays(today, 260),
  });
  chart.finding(
    chart.visit(workday(chart.ago(0, 30)), doctor, problem.anxiety, {
      note: 'Nettement mieux, passe au lycée sans appréhension.',
    }),
    'GAD-7',
    5,
    'PSY',
  );
  chart.plan(chart.ago(0, 130), doctor, 'Soutien', {
    conditions: [anxiety],
    activities: [
      ['Séances toutes les deux semaines', psychologist],
      ['Point mensuel', doctor],
    ],
  });
  chart.flag(chart.ago(0, 95), doctor, 'Ne pas laisser de message au domicile : appeler son portable');
  chart.book(psychologist, today, 'Séance', { at: 17 * 60, minutes: 45 });
}

/** Titouan, nine: asthma found two winters ago, peak flow rising, written plan. */
export function asthmaticChild(chart: Chart) {
  const { person, today } = chart;
  childhood(chart);
  chart.allergy(chart.ago(1.8), chart.physician, 'Acariens', undefined, 'Sifflements', 'moderate');
  const course = asthma(chart, chart.ago(2.2));
  const size = (date: string) => growth('male', daysBetween(person.birth, date) / 30.44, 0.1);
  followUps(
    chart,
    [course],
    { weight: (date) => size(date).weight, height: size(today).height, systolic: () => 102, diastolic: () => 60 },
    2,
  );
  const flow = line([chart.ago(0, 120), 235], [today, 275]);
  for (const days of [120, 110, 100, 90, 75, 60, 45, 30, 15])
    chart.measure(
      { pro: chart.physician, date: chart.ago(0, days), at: parisInstant(chart.ago(0, days), 8 * 60) },
      vital.peakFlow,
      flow(chart.ago(0, days)) + chart.chance.bell() * 9,
    );
  const crisis = chart.visit(workday(chart.ago(0, 400)), chart.physician, problem.asthma, {
    note: 'Crise après un rhume : sifflements bilatéraux, parle par phrases. Six bouffées en chambre, bonne réponse.',
  });
  chart.measure(crisis, vital.saturation, 93);
  chart.measure(crisis, vital.peakFlow, 170);
  const pharmacist = chart.pro('pharmacist');
  chart.visit(workday(chart.ago(0, 200)), pharmacist, 'Entretien asthme', {
    minutes: 30,
    note: 'Technique revue avec Titouan et sa mère : chambre nettoyée, dix respirations.',
  });
  sessions(chart, 'Kinésithérapie respiratoire', 'physiotherapist', chart.ago(0, 395), 4, [
    'Ventilation contrôlée, jeu du souffle.',
    'Auscultation claire.',
  ]);
  chart.letter(chart.ago(1.1), 'Compte rendu de consultation de pneumologie pédiatrique', [
    'Asthme allergique aux acariens, spirométrie normalisée sous traitement.',
    'Poursuite du corticoïde inhalé, housse anti-acariens.',
  ]);
  chart.letter(
    chart.ago(0, 80),
    'Projet d’accueil individualisé',
    [
      'En cas de gêne : salbutamol, deux bouffées, à répéter après dix minutes.',
      'Appeler le 15 si pas d’amélioration.',
    ],
    { by: chart.physician, pdf: false },
  );
  chart.flag(chart.ago(2), chart.physician, 'Asthme : plan d’action écrit et PAI à l’école');
  autumnVaccines(chart, 1);
  chart.book(chart.physician, open(today, 1), 'Suivi de l’asthme', { minutes: 15 });
}

/** Sandrine, 44: an episode of depression with work leave, alcohol talked about; hides her mental health from the pharmacist. */
export function depressed(chart: Chart) {
  const { today } = chart;
  const doctor = chart.physician;
  const body = adultBody(chart);
  vaccinesSoFar(chart);
  chart.allergy(
    chart.ago(3),
    doctor,
    'Codéine',
    { system: 'http://www.whocc.no/atc', code: 'R05DA04', display: 'Codéine' },
    'Vomissements',
    'mild',
  );
  followUps(chart, [], body, 4);
  const start = workday(chart.ago(0, 300));
  const episode = chart.problem(problem.depression, start, { severity: 'Modéré' });
  const score = line([start, 19], [addDays(start, 40), 14], [addDays(start, 120), 8], [today, 5]);
  const words = [
    'Pleurs, perte de poids, ne dort plus. Idées noires sans projet. Arrêt de travail, sertraline, psychologue.',
    'Tolère le traitement, dort un peu mieux.',
    'Sort marcher chaque matin. Arrêt prolongé.',
    'Reprise à mi-temps envisagée avec le médecin du travail.',
    'Reprise à mi-temps tenue.',
    'Travaille à temps plein, sommeil réparateur. Traitement poursuivi.',
  ];
  for (const [i, days] of [0, 15, 45, 100, 170, 260].entries()) {
    const visit = chart.visit(workday(addDays(start, days)), doctor, problem.depression, {
      minutes: 30,
      note: words[i]!,
    });
    chart.finding(visit, 'PHQ-9', Math.round(score(visit.date)), 'PSY');
    if (i === 0) {
      chart.prescribe(drug.sertraline, visit, { for: episode, label: 'PSY' });
      chart.prescribe(drug.oxazepam, visit, { for: episode, label: 'PSY', until: addDays(start, 25) });
    }
    if (i % 2 === 0)
      chart.measure(visit, vital.weight, body.weight(visit.date) - Math.max(0, score(visit.date) - 8) * 0.3);
  }
  const drinking = chart.visit(workday(addDays(start, 30)), doctor, problem.alcohol, {
    note: 'Parle spontanément du vin le soir, deux verres puis trois. AUDIT 11. Objectif : jours sans alcool, on en reparle.',
    label: 'ETH',
  });
  chart.problem(problem.alcohol, drinking.date);
  chart.finding(drinking, 'AUDIT', 11, 'ETH');
  const psychologist = chart.pro('psychologist', addDays(start, 10));
  for (let i = 0, date = addDays(start, 12); i < 10; i++, date = addDays(date, 16))
    chart.visit(workday(date), psychologist, 'Séance', {
      label: 'PSY',
      minutes: 45,
      ...(i % 3 === 0
        ? {
            note: [
              'Deuil non dit, surcharge au travail.',
              'Ruminations repérées, activités plaisantes planifiées.',
              'Apprend à dire non, moins d’insomnie.',
              'Fin du suivi, plan en cas de rechute.',
            ][i / 3]!,
          }
        : {}),
    });
  chart.note(
    { pro: doctor, date: addDays(start, 45), at: parisInstant(addDays(start, 45), 12 * 60 + 30) },
    'Revoir en tête-à-tête la prochaine fois, l’entourage répond à sa place.',
    { private: true, label: 'PSY' },
  );
  chart.laboratory(addDays(start, 8), doctor, 'Bilan de fatigue', [
    { test: test.tsh, value: 1.9 },
    { test: test.haemoglobin, value: 13 },
    { test: test.ferritin, value: 42 },
    { test: test.crp, value: 1.1 },
  ]);
  const pharmacist = chart.pro('pharmacist');
  chart.oppose(addDays(start, 20), pharmacist, 'mental-health');
  chart.message(
    addDays(start, 60),
    psychologist,
    doctor,
    'Bonne évolution. Les vendredis soirs restent difficiles, peut-être en reparler pour l’alcool.',
    'PSY',
  );
  chart.book(doctor, addDays(today, weekday(addDays(today, 2)) === 0 ? 3 : 2), 'Suivi', { minutes: 30 });
}
