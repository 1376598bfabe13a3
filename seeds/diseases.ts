import type { Chart } from './chart.ts';
import { type Drug, drug, problem, test, vital } from './codes.ts';
import { type Body, type Course, firstVisit, jitter, line, sessions } from './courses.ts';
import { addDays, workday, yearsBetween } from './dates.ts';

export function hypertension(chart: Chart, since: string, body: Body): Course {
  const { chance } = chart;
  const recent = since > chart.ago(6);
  const started: Drug = chance.pick([drug.ramipril, drug.perindopril, drug.amlodipine, drug.irbesartan]);
  const before = chance.int(152, 172);
  const after = chance.int(126, 140);
  const treated = addDays(since, 40);
  body.systolic = line([since, before], [treated, before - 4], [addDays(treated, 120), after]);
  body.diastolic = line([since, 94], [addDays(treated, 120), chance.int(74, 84)]);
  const condition = chart.problem(problem.hypertension, since);
  const start = recent ? since : chart.ago(4, chance.int(0, 200));
  const visit = firstVisit(
    chart,
    start,
    problem.hypertension,
    recent
      ? 'Chiffres élevés confirmés par l’automesure. Règles hygiéno-diététiques, traitement débuté.'
      : 'Reprise du suivi, traitement bien toléré.',
  );
  chart.pressure(visit, body.systolic(visit.date), body.diastolic(visit.date));
  chart.prescribe(started, visit, { for: condition });
  if (after > 134)
    chart.prescribe(
      drug.hydrochlorothiazide,
      chart.visit(workday(addDays(start, 200)), chart.physician, problem.hypertension, {
        note: 'Objectif non atteint en automesure (moyenne 146/88) : bithérapie.',
      }),
      { for: condition },
    );
  return {
    condition,
    label: 'hypertension',
    rate: 3,
    tests: (date) => [
      { test: test.potassium, value: jitter(chart, 4.2, 0.25) },
      { test: test.sodium, value: jitter(chart, 140, 2) },
      ...chart.kidney(jitter(chart, 78, 6), date),
    ],
    words: () =>
      chance.pick([
        'PA à l’objectif en automesure.',
        'Pas d’effet indésirable, observance bonne.',
        'PA un peu haute ce jour, automesure correcte à la maison.',
        'Sel : des efforts, à poursuivre.',
      ]),
  };
}

export function diabetes(chart: Chart, since: string, body: Body): Course {
  const { chance } = chart;
  const condition = chart.problem(problem.diabetes2, since, { ald: true, note: 'ALD 8 accordée.' });
  const start = since > chart.ago(7) ? since : chart.ago(5, chance.int(0, 250));
  const peak = chance.between(8.1, 9.8);
  const second = addDays(start, 560);
  const a1c = line(
    [start, peak],
    [addDays(start, 210), peak - 1.3],
    [second, peak - 0.9],
    [addDays(second, 200), chance.between(6.4, 7.3)],
    [chart.today, chance.between(6.5, 7.4)],
  );
  const visit = firstVisit(
    chart,
    start,
    problem.diabetes2,
    `Diabète de type 2, HbA1c ${a1c(start).toFixed(1).replace('.', ',')} %. Metformine et conseils alimentaires, éducation avec l’infirmière Asalée proposée.`,
  );
  chart.prescribe(drug.metformin, visit, { for: condition });
  if (second < chart.today) {
    const next = chart.visit(workday(second), chart.physician, problem.diabetes2, {
      note: 'HbA1c au-dessus de l’objectif malgré l’observance : ajout d’un second traitement.',
    });
    chart.prescribe(chance.pick([drug.empagliflozin, drug.sitagliptin, drug.gliclazide]), next, { for: condition });
  }
  const goal = chart.goal(start, chart.physician, 'HbA1c sous 7 %', {
    measure: test.hba1c,
    high: 7,
    due: addDays(chart.today, 180),
  });
  if (chart.has('asalee-nurse')) {
    const asalee = chart.pro('asalee-nurse', start);
    for (let date = addDays(start, 60); date < chart.today; date = addDays(date, chance.int(170, 280))) {
      const session = chart.visit(workday(date), asalee, 'Éducation thérapeutique du diabète', {
        minutes: 45,
        note: chance.pick([
          'Repas de la semaine notés ensemble, collations remplacées.',
          'Marche 30 minutes quatre fois par semaine. Les résultats encouragent.',
          'Point sur l’autosurveillance glycémique et les signes d’hypoglycémie.',
          'Tour de taille stable, projet de reprise du vélo.',
        ]),
      });
      chart.body(session, body.weight(date));
      chart.measure(session, vital.capillaryGlucose, jitter(chart, 80 + (a1c(date) - 4) * 22, 12));
    }
    chart.plan(start, chart.physician, 'Suivi partagé du diabète', {
      conditions: [condition],
      goals: [goal],
      activities: [
        ['HbA1c tous les trois à six mois', chart.physician],
        ['Éducation thérapeutique', asalee],
      ],
    });
  }
  if (chart.has('chiropodist') && chance.yes(0.6)) {
    const podo = chart.pro('chiropodist', start);
    for (
      let date = addDays(chart.today, -chance.int(200, 330));
      date < chart.today;
      date = addDays(date, chance.int(60, 100))
    ) {
      const session = chart.visit(workday(date), podo, 'Soins de pieds diabétiques', {
        note: 'Monofilament perçu aux trois sites, pouls présents. Soins et conseils de chaussage.',
      });
      chart.finding(session, 'Grade podologique du pied diabétique', 1);
    }
  }
  return {
    condition,
    label: 'diabète',
    rate: 4,
    tests: (date) => [
      { test: test.hba1c, value: jitter(chart, a1c(date), 0.12) },
      { test: test.glucose, value: jitter(chart, 75 + (a1c(date) - 4) * 21, 8) },
      { test: test.albuminuria, value: Math.abs(jitter(chart, 16, 9)) },
    ],
    words: (date) =>
      chance.pick([
        `HbA1c ${a1c(date).toFixed(1).replace('.', ',')} %.`,
        'Pas d’hypoglycémie.',
        'Fond d’œil à jour.',
        'Pieds examinés, sensibilité conservée.',
      ]),
  };
}

export function lipids(chart: Chart, since: string): Course {
  const { chance } = chart;
  const condition = chart.problem(problem.lipids, since);
  const start = since > chart.ago(6) ? since : chart.ago(4, chance.int(0, 300));
  const ldl = line([start, chance.between(1.7, 2.2)], [addDays(start, 120), chance.between(0.8, 1.15)]);
  chart.prescribe(
    drug.atorvastatin,
    firstVisit(
      chart,
      start,
      problem.lipids,
      'LDL au-dessus de la cible malgré le régime : statine, contrôle à trois mois.',
    ),
    { for: condition },
  );
  return {
    condition,
    label: 'cholestérol',
    rate: 1,
    tests: (date) => [
      { test: test.ldl, value: jitter(chart, ldl(date), 0.06) },
      { test: test.hdl, value: jitter(chart, 0.5, 0.05) },
      { test: test.triglycerides, value: Math.abs(jitter(chart, 1.2, 0.3)) },
    ],
    words: () => chance.pick(['Statine bien tolérée, pas de myalgie.', 'Bilan lipidique à la cible.']),
  };
}

export function hypothyroidism(chart: Chart, since: string): Course {
  const condition = chart.problem(problem.hypothyroidism, since);
  const start = since > chart.ago(5) ? since : chart.ago(3, chart.chance.int(0, 300));
  const tsh = line([start, 9.5], [addDays(start, 90), 4.8], [addDays(start, 200), 2.4]);
  chart.prescribe(
    drug.levothyroxine,
    firstVisit(chart, start, problem.hypothyroidism, 'Asthénie, frilosité, TSH élevée : substitution progressive.'),
    { for: condition },
  );
  return {
    condition,
    label: 'thyroïde',
    rate: 1,
    tests: (date) => [{ test: test.tsh, value: Math.abs(jitter(chart, tsh(date), 0.35)) }],
    words: () => 'Euthyroïdie clinique.',
  };
}

export function copd(chart: Chart, since: string): Course {
  const { chance } = chart;
  const condition = chart.problem(problem.copd, since, { ald: chance.yes(0.4) });
  chart.problem(problem.smoking, addDays(since, -9000));
  const visit = firstVisit(
    chart,
    since > chart.ago(5) ? since : chart.ago(4),
    problem.copd,
    'Dyspnée d’effort, toux matinale. VEMS 62 % de la théorique. Bronchodilatateur de longue durée.',
  );
  chart.smokingStatus(visit, chance.yes(0.5) ? 'current' : 'former');
  chart.prescribe(drug.tiotropium, visit, { for: condition });
  chart.prescribe(drug.salbutamol, visit, { for: condition });
  const flow = line([visit.date, chance.int(290, 340)], [chart.today, chance.int(240, 290)]);
  if (chart.has('physiotherapist') && chance.yes(0.5))
    sessions(chart, 'Réadaptation respiratoire', 'physiotherapist', addDays(visit.date, chance.int(200, 700)), 8, [
      'Réentraînement sur cycle 20 minutes à 40 W.',
      'Drainage bronchique, SpO2 correcte à l’effort.',
      'Périmètre de marche en progrès.',
    ]);
  return {
    condition,
    label: 'BPCO',
    rate: 3,
    at: (one) => {
      chart.measure(one, vital.saturation, jitter(chart, 94, 1));
      chart.measure(one, vital.peakFlow, jitter(chart, flow(one.date), 12));
    },
    words: () =>
      chance.pick([
        'Dyspnée stade 2 de la mMRC.',
        'Une exacerbation cet hiver.',
        'Technique d’inhalation revue avec le pharmacien.',
      ]),
  };
}

export function asthma(chart: Chart, since: string): Course {
  const { chance } = chart;
  const condition = chart.problem(problem.asthma, since);
  const start = since > chart.ago(4) ? since : chart.ago(3, chance.int(0, 300));
  const visit = firstVisit(
    chart,
    start,
    problem.asthma,
    'Sifflements nocturnes et à l’effort. Traitement de fond débuté, plan d’action écrit remis.',
  );
  const child = yearsBetween(chart.person.birth, chart.today) < 15;
  chart.prescribe(child ? drug.beclometasone : drug.formoterol, visit, { for: condition });
  chart.prescribe(drug.salbutamol, visit, { for: condition });
  const best = child ? 160 + Math.max(0, yearsBetween(chart.person.birth, start) - 5) * 30 : 430;
  const flow = line(
    [start, best * 0.72],
    [addDays(start, 120), best * 0.92],
    [chart.today, best * (child ? 1.2 : 0.97)],
  );
  return {
    condition,
    label: 'asthme',
    rate: 2,
    at: (one) => void chart.measure(one, vital.peakFlow, jitter(chart, flow(one.date), 10)),
    words: () =>
      chance.pick([
        'Asthme bien contrôlé, pas de réveil nocturne.',
        'Gêne au sport, à revoir avec la chambre d’inhalation.',
        'Deux recours au salbutamol ce mois-ci.',
      ]),
  };
}
