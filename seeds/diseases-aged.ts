import type { Chart } from './chart.ts';
import { drug, problem, test, vital } from './codes.ts';
import { type Body, type Course, firstVisit, jitter, line, sessions } from './courses.ts';
import { addDays, workday } from './dates.ts';

export function depression(chart: Chart, since: string): Course {
  const { chance } = chart;
  const start = since > chart.ago(4) ? since : chart.ago(2, chance.int(0, 300));
  const condition = chart.problem(chance.yes(0.6) ? problem.depression : problem.anxiety, start);
  const visit = chart.visit(workday(start), chart.physician, problem.depression, {
    note: 'Tristesse, troubles du sommeil, perte d’élan depuis deux mois. Pas d’idée suicidaire. Traitement et soutien psychologique proposés.',
  });
  chart.finding(visit, 'PHQ-9', chance.int(14, 19), 'PSY');
  chart.prescribe(chance.pick([drug.sertraline, drug.escitalopram]), visit, {
    for: condition,
    label: 'PSY',
    until: chance.yes(0.4) ? addDays(start, 300) : addDays(chart.today, 120),
  });
  if (chart.has('psychologist')) {
    const psy = chart.pro('psychologist', start);
    for (
      let i = 0, date = addDays(start, 20);
      i < 7 && date < chart.today;
      i++, date = addDays(date, chance.int(10, 25))
    )
      chart.visit(workday(date), psy, 'Séance de soutien psychologique', {
        label: 'PSY',
        ...(i % 3 === 0
          ? { note: 'Repérage des situations difficiles, exercices de respiration entre les séances.' }
          : {}),
      });
  }
  const after = addDays(start, 90);
  if (after < chart.today)
    chart.finding(
      chart.visit(workday(after), chart.physician, problem.depression, {
        note: 'Mieux : sommeil retrouvé, reprise des activités. Traitement poursuivi six mois.',
      }),
      'PHQ-9',
      chance.int(4, 8),
      'PSY',
    );
  return { condition, label: 'humeur', rate: 2, words: () => 'Humeur stable.' };
}

/** @param asthmatic no beta-blocker: the rate is slowed by diltiazem */
export function anticoagulated(chart: Chart, since: string, withInr: boolean, asthmatic = false): Course {
  const { chance } = chart;
  const condition = chart.problem(problem.fibrillation, since, { ald: true });
  const start = since > chart.ago(5) ? since : chart.ago(3, chance.int(0, 200));
  const visit = firstVisit(
    chart,
    start,
    problem.fibrillation,
    `Palpitations, fibrillation atriale à l’ECG. CHA2DS2-VASc 4 : anticoagulation. ${asthmatic ? 'Asthme : pas de bêtabloquant, diltiazem.' : 'Bêtabloquant.'}`,
  );
  chart.procedure(visit, 'Électrocardiogramme', { ccam: 'DEQP003', for: condition });
  chart.prescribe(withInr ? drug.warfarin : drug.apixaban, visit, { for: condition });
  chart.prescribe(asthmatic ? drug.diltiazem : drug.bisoprolol, visit, { for: condition });
  chart.flag(
    start,
    chart.physician,
    withInr ? 'Sous AVK : pas d’anti-inflammatoire, pas d’injection intramusculaire' : 'Sous anticoagulant oral direct',
  );
  if (withInr)
    for (let date = chart.ago(0, 330), i = 0; date < chart.today; date = addDays(date, chance.int(19, 30)), i++)
      chart.laboratory(workday(date), chart.physician, 'INR', [
        { test: test.inr, value: i === 5 ? 4.3 : Math.max(1.5, jitter(chart, 2.5, 0.35)) },
      ]);
  return {
    condition,
    label: 'fibrillation',
    rate: 4,
    at: (one) => void chart.measure(one, vital.pulse, jitter(chart, 72, 6)),
    tests: (date) => [
      { test: test.haemoglobin, value: jitter(chart, 13.2, 0.5) },
      ...chart.kidney(jitter(chart, 92, 7), date),
    ],
    words: () => chance.pick(['Pas de saignement.', 'Rythme irrégulier bien contrôlé.']),
  };
}

export function heartFailure(chart: Chart, since: string, body: Body): Course {
  const { chance } = chart;
  const condition = chart.problem(problem.heartFailure, since, { ald: true });
  const start = since > chart.ago(4) ? since : chart.ago(3);
  chart.prescribe(
    drug.furosemide,
    firstVisit(
      chart,
      start,
      problem.heartFailure,
      'Œdèmes et essoufflement, NT-proBNP élevé. Diurétique, surveillance du poids à domicile.',
    ),
    { for: condition },
  );
  chart.flag(start, chart.physician, 'Insuffisance cardiaque : appeler si +2 kg en trois jours');
  const creatinine = line([start, 88], [chart.today, chance.int(110, 148)]);
  const nurse = chart.pro('nurse', start);
  for (let date = chart.ago(0, 150); date < chart.today; date = addDays(date, 14))
    chart.body(
      chart.visit(workday(date), nurse, 'Surveillance de l’insuffisance cardiaque', { home: true }),
      body.weight(date) + chance.bell() * 0.5,
    );
  return {
    condition,
    label: 'cœur',
    rate: 4,
    tests: (date) => [
      { test: test.ntProBnp, value: chance.int(480, 1600) },
      { test: test.potassium, value: jitter(chart, 4.4, 0.3) },
      ...chart.kidney(jitter(chart, creatinine(date), 4), date),
    ],
    words: () => 'Pas d’œdème, dyspnée stable (NYHA II).',
  };
}

export function kidney(chart: Chart, since: string): Course {
  const condition = chart.problem(problem.ckd, since, { ald: true });
  const creatinine = line([chart.ago(5), 96], [chart.today, chart.chance.int(118, 165)]);
  return {
    condition,
    label: 'rein',
    rate: 2,
    tests: (date) => [
      ...chart.kidney(jitter(chart, creatinine(date), 4), date),
      { test: test.albuminuria, value: chart.chance.int(35, 180) },
    ],
    words: () => 'Fonction rénale suivie, pas d’anti-inflammatoire.',
  };
}

export function osteoarthritis(chart: Chart, since: string): Course {
  const { chance } = chart;
  const knee = chance.yes(0.6);
  const what = knee ? problem.kneeOsteoarthritis : problem.hipOsteoarthritis;
  const condition = chart.problem(what, since);
  const start = chart.ago(0, chance.int(150, 1100));
  const visit = firstVisit(
    chart,
    start,
    what,
    'Douleur mécanique, dérouillage court. Kinésithérapie, paracétamol à la demande.',
  );
  chart.measure(visit, vital.pain, chance.int(4, 7));
  chart.prescribe(drug.paracetamol, visit, { for: condition });
  sessions(
    chart,
    knee ? 'Rééducation du genou' : 'Rééducation de la hanche',
    'physiotherapist',
    addDays(start, 25),
    chance.int(6, 10),
    [
      'Renforcement du quadriceps, marche.',
      'Gain d’amplitude, douleur moindre.',
      'Exercices à faire à la maison remis.',
    ],
  );
  return {
    condition,
    label: 'arthrose',
    rate: 1,
    words: () => chance.pick(['Marche 20 minutes sans douleur.', 'Douleur à l’escalier.']),
  };
}

export function dementia(chart: Chart, since: string): Course {
  const condition = chart.problem(problem.dementia, since, { ald: true });
  const mmse = line([since, 24], [chart.today, chart.chance.int(13, 19)]);
  const start = since > chart.ago(4) ? since : chart.ago(3);
  chart.letter(addDays(start, 30), 'Compte rendu de consultation mémoire', [
    'Bilan en faveur d’une maladie d’Alzheimer débutante.',
    `MMSE à ${Math.round(mmse(start))}/30. Orthophonie et soutien de l’aidant conseillés.`,
  ]);
  if (chart.has('speech-therapist'))
    sessions(chart, 'Orthophonie : stimulation de la mémoire', 'speech-therapist', addDays(start, 90), 8, [
      'Dénomination et fluences, plaisir à la lecture du journal.',
      'Carnet de repères mis à jour avec l’aidant.',
    ]);
  chart.flag(start, chart.physician, 'Troubles de la mémoire : s’adresser aussi à l’aidant');
  return {
    condition,
    label: 'mémoire',
    rate: 3,
    at: (visit) => void (chart.chance.yes(0.4) && chart.finding(visit, 'MMSE', Math.round(mmse(visit.date)))),
    words: () => 'Aidant rencontré, aides à domicile en place.',
  };
}
