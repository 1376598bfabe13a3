import type { Chart } from './chart.ts';
import { addDays, addMonths, ageAt, workday } from './dates.ts';

const kinds = {
  hexa: {
    fr: 'Hexyon (DTPCa-Hib-Hépatite B)',
    nuva: 'VAC0510',
    atc: 'J07CA09',
    target: 'Diphtérie, tétanos, poliomyélite, coqueluche, Hib, hépatite B',
  },
  pneumo: { fr: 'Prevenar 13', nuva: 'VAC0123', atc: 'J07AL02', target: 'Infections à pneumocoque' },
  pneumo15: { fr: 'Vaxneuvance', nuva: 'VAC0780', atc: 'J07AL02', target: 'Infections à pneumocoque' },
  pneumo20: { fr: 'Prevenar 20', nuva: 'VAC0900', atc: 'J07AL02', target: 'Infections à pneumocoque' },
  menB: { fr: 'Bexsero', nuva: 'VAC0495', atc: 'J07AH09', target: 'Infections à méningocoque B' },
  menACWY: { fr: 'Nimenrix', nuva: 'VAC0486', atc: 'J07AH08', target: 'Infections à méningocoque ACWY' },
  menC: { fr: 'Neisvac', nuva: 'VAC0022', atc: 'J07AH07', target: 'Infections à méningocoque C' },
  ror: { fr: 'Priorix', nuva: 'VAC0053', atc: 'J07BD52', target: 'Rougeole, oreillons, rubéole' },
  tetra: {
    fr: 'Infanrix Tetra',
    nuva: 'VAC0051',
    atc: 'J07CA02',
    target: 'Diphtérie, tétanos, poliomyélite, coqueluche',
  },
  dtcap: { fr: 'Repevax', nuva: 'VAC0029', atc: 'J07CA02', target: 'Diphtérie, tétanos, poliomyélite, coqueluche' },
  dtp: { fr: 'Revaxis', nuva: 'VAC0030', atc: 'J07CA01', target: 'Diphtérie, tétanos, poliomyélite' },
  hpv: { fr: 'Gardasil 9', nuva: 'VAC0523', atc: 'J07BM03', target: 'Infections à papillomavirus humains' },
  flu: { fr: 'Vaxigrip', nuva: 'VAC0062', atc: 'J07BB02', target: 'Grippe saisonnière' },
  fluHigh: { fr: 'Efluelda', nuva: 'VAC1347', atc: 'J07BB02', target: 'Grippe saisonnière' },
  covid: { fr: 'Comirnaty', nuva: 'VAC0658', atc: 'J07BN01', target: 'Covid-19' },
  zoster: { fr: 'Shingrix', nuva: 'VAC0567', atc: 'J07BK03', target: 'Zona' },
  rsv: { fr: 'Abrysvo', nuva: 'VAC1047', atc: 'J07BX05', target: 'Virus respiratoire syncytial' },
} as const;
export type VaccineKind = keyof typeof kinds;

/** One dose, by whoever gives it. */
export function shot(chart: Chart, kind: VaccineKind, date: string, by = chart.physician, dose?: number) {
  const lot = `${String.fromCharCode(65 + chart.chance.int(0, 25))}${String.fromCharCode(65 + chart.chance.int(0, 25))}${chart.chance.int(1000, 9999)}`;
  chart.vaccine(date, by, {
    ...kinds[kind],
    ...(dose ? { dose } : {}),
    left: chart.chance.yes(0.7),
    lot,
    thigh: ageAt(chart.person.birth, date) < 2,
  });
}

/** Doses of the French calendar already due, in months of age (children) or years (boosters at 25, 45, 65, 75…). A few are late or missing. */
export function vaccinesSoFar(chart: Chart, keen = 0.94) {
  const { birth } = chart.person;
  const due = (months: number) => workday(addDays(addMonths(birth, months), chart.chance.int(0, 20)));
  const give = (kind: VaccineKind, months: number, dose?: number, from = '1900-01-01') => {
    const date = due(months);
    if (date <= chart.today && birth >= from && chart.chance.yes(keen)) shot(chart, kind, date, chart.physician, dose);
  };
  if (birth >= '2008-01-01') {
    for (const [dose, months] of [2, 4, 11].entries()) {
      give('hexa', months, dose + 1);
      give(birth >= '2025-01-01' ? 'pneumo15' : 'pneumo', months, dose + 1);
    }
    for (const [dose, months] of [3, 5, 12].entries()) give('menB', months, dose + 1, '2022-01-01');
    if (birth >= '2024-06-01') for (const [dose, months] of [6, 12].entries()) give('menACWY', months, dose + 1);
    else for (const [dose, months] of [5, 12].entries()) give('menC', months, dose + 1, '2017-06-01');
    give('ror', 12, 1);
    give('ror', 17, 2);
  } else if (birth >= '1985-01-01') {
    give('ror', 13, 1);
    give('ror', 40, 2);
  }
  if (birth >= '1985-01-01') {
    give('tetra', 73);
    give('dtcap', 12 * 11 + 6);
  }
  if (birth >= (chart.person.gender === 'female' ? '2002-01-01' : '2010-01-01')) {
    give('hpv', 12 * 11 + 9, 1);
    give('hpv', 12 * 12 + 3, 2);
  }
  for (const years of [25, 45, 65, 75, 85])
    if (addMonths(birth, years * 12) >= '2006-01-01') give(years === 25 ? 'dtcap' : 'dtp', years * 12);
  if (ageAt(birth, chart.today) >= 66 && chart.chance.yes(0.3))
    shot(chart, 'zoster', workday(chart.ago(0, chart.chance.int(60, 400))), chart.physician, 1);
}

/** The autumn's vaccines, given by the pharmacist, the nurse or the physician. */
export function autumnVaccines(chart: Chart, years: number) {
  const age = ageAt(chart.person.birth, chart.today);
  const year = Number(chart.today.slice(0, 4));
  for (let back = years; back >= 0; back--) {
    const date = workday(addDays(`${year - back}-10-15`, chart.chance.int(0, 40)));
    if (date >= chart.today || !chart.chance.yes(0.72)) continue;
    const by = chart.pro(
      chart.chance.weighted([
        ['pharmacist', 5],
        ['nurse', 4],
        ['physician', 2],
      ] as const),
      date,
    );
    shot(chart, age >= 65 ? 'fluHigh' : 'flu', date, by);
    if (age >= 65 && chart.chance.yes(0.5)) shot(chart, 'covid', date, by);
  }
}
