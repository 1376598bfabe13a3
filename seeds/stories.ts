import type { Chart } from './chart.ts';
import { addDays } from './dates.ts';
import type { Peopler } from './households.ts';
import type { Person } from './identity.ts';
import { childhood, ordinaryRecord } from './life.ts';
import type { DemoPerson } from './staff.ts';
import { anticoagulatedMan, copdSmoker, diabeticMan, legUlcer } from './stories-chronic.ts';
import { frailWidow, palliative } from './stories-old.ts';
import { adolescent, asthmaticChild, depressed, infant, pregnancy } from './stories-young.ts';

/** A patient whose record is told rather than drawn. */
export interface Story {
  write: (chart: Chart) => void;
  physician?: DemoPerson;
}

/** The first inhabitants of a practice, with stable ids (`pat-jean-kerleau`). */
export function storiesOf(peopler: Peopler): Map<Person, Story> {
  const { today, shape } = peopler;
  const stories = new Map<Person, Story>();
  const doctors = shape.people.filter((person) => person.profession === 'physician');
  const aged = (years: number, days = 40) => addDays(today, -Math.round(years * 365.25) - days);
  const tell = (
    key: string,
    sex: 'm' | 'f',
    given: string[],
    birthName: string,
    birth: string,
    write: Story['write'],
    rest: Partial<Person> & { doctor?: number } = {},
  ) => {
    const { doctor, ...person } = rest;
    const one = peopler.add({
      key,
      gender: sex === 'm' ? 'male' : 'female',
      given,
      birthName,
      birth,
      home: rest.home ?? peopler.home(),
      identity: 'qualified',
      ...person,
    });
    stories.set(one, { write, ...(doctor === undefined ? {} : { physician: doctors[doctor % doctors.length]! }) });
    return one;
  };
  const wed = (a: Person, b: Person) => {
    a.partner = b;
    b.partner = a;
  };
  const parent = (child: Person, mother?: Person, father?: Person) => {
    for (const one of [mother, father]) one?.children.push(child);
    Object.assign(child, mother ? { mother } : {}, father ? { father } : {});
  };

  if (shape.key === 'abers') {
    const jean = tell('jean-kerleau', 'm', ['Jean', 'Yves'], 'Kerleau', aged(63), diabeticMan, {
      married: true,
      doctor: 0,
    });
    const monique = tell('monique-kerleau', 'f', ['Monique'], 'Prigent', aged(61), ordinaryRecord, {
      usualName: 'Kerleau',
      married: true,
      home: jean.home,
      doctor: 0,
    });
    wed(jean, monique);
    const jeanne = tell('jeanne-le-goff', 'f', ['Jeanne', 'Marie', 'Anne'], 'Pennec', aged(88), frailWidow, {
      usualName: 'Le Goff',
      widowed: true,
      doctor: 1,
    });
    const daughter = tell('martine-le-goff', 'f', ['Martine'], 'Le Goff', aged(59), ordinaryRecord, {
      usualName: 'Le Goff-Martin',
      married: true,
      doctor: 1,
    });
    parent(daughter, jeanne);
    const mother = tell('elodie-riou', 'f', ['Élodie', 'Anne'], 'Floc’h', aged(32), ordinaryRecord, {
      usualName: 'Riou',
      married: true,
      doctor: 2,
    });
    const father = tell('guillaume-riou', 'm', ['Guillaume'], 'Riou', aged(34), ordinaryRecord, {
      married: true,
      home: mother.home,
      doctor: 2,
    });
    wed(mother, father);
    const malo = tell('malo-riou', 'm', ['Malo', 'Jean'], 'Riou', addDays(today, -248), infant, {
      home: mother.home,
      doctor: 2,
    });
    parent(malo, mother, father);
    tell('camille-morvan', 'f', ['Camille', 'Louise'], 'Jestin', aged(30), pregnancy, {
      usualName: 'Morvan',
      married: true,
      doctor: 2,
    });
    const laurence = tell('laurence-talarmin', 'f', ['Laurence'], 'Kervella', aged(46), ordinaryRecord, {
      usualName: 'Talarmin',
      doctor: 2,
    });
    const enora = tell('enora-talarmin', 'f', ['Enora', 'Rose'], 'Talarmin', aged(16, 80), adolescent, {
      home: laurence.home,
      doctor: 2,
      mobile: '06 39 98 77 16',
    });
    parent(enora, laurence);
    tell('rene-abiven', 'm', ['René', 'Louis'], 'Abiven', aged(78), palliative, { married: true, doctor: 1 });
    const gael = tell('gaelle-le-bris', 'f', ['Gaëlle'], 'Le Bris', aged(38), ordinaryRecord, { doctor: 2 });
    const titouan = tell('titouan-le-bris', 'm', ['Titouan'], 'Le Bris', aged(9), asthmaticChild, {
      home: gael.home,
      doctor: 2,
    });
    parent(titouan, gael);
    tell('patrick-cozic', 'm', ['Patrick', 'Alain'], 'Cozic', aged(66), copdSmoker, { doctor: 0 });
    tell('sandrine-guillou', 'f', ['Sandrine', 'Marie'], 'Madec', aged(44), depressed, {
      usualName: 'Guillou',
      doctor: 0,
    });
    tell('yvonne-salaun', 'f', ['Yvonne', 'Marie'], 'Uguen', aged(82), legUlcer, {
      usualName: 'Salaün',
      widowed: true,
      doctor: 1,
    });
    tell('michel-quentel', 'm', ['Michel', 'Joseph'], 'Quentel', aged(75), anticoagulatedMan, {
      married: true,
      doctor: 1,
    });
    const solenn = tell('solenn-hamon', 'f', ['Solenn'], 'Hamon', aged(35), ordinaryRecord, { doctor: 2 });
    const twins = { home: solenn.home, doctor: 2 };
    parent(tell('lena-hamon', 'f', ['Léna', 'Marie'], 'Hamon', aged(6), childhood, twins), solenn);
    parent(tell('lea-hamon', 'f', ['Léa', 'Rose'], 'Hamon', aged(6), childhood, twins), solenn);
    // Homonyms: two people.
    tell('marie-le-gall-a', 'f', ['Marie', 'Françoise'], 'Le Gall', '1961-03-12', ordinaryRecord, { doctor: 0 });
    tell('marie-le-gall-b', 'f', ['Marie', 'Thérèse'], 'Le Gall', '1961-03-21', ordinaryRecord, { doctor: 1 });
    // A true duplicate: one man entered twice, the second time from a hurried telephone call.
    const yann = tell('yann-gueguen', 'm', ['Yann', 'Hervé'], 'Guéguen', '1974-09-05', ordinaryRecord, {
      doctor: 0,
      mobile: '06 39 98 44 05',
    });
    tell('yan-gueguen', 'm', ['Yan'], 'Gueguen', '1974-09-05', shortRecord, {
      identity: 'provisional',
      home: { ...yann.home },
      mobile: '06 39 98 44 05',
      born: yann.born,
      doctor: 1,
    });
  } else {
    const alain = tell('alain-thebault', 'm', ['Alain', 'Pierre'], 'Thébault', aged(68), copdSmoker, {
      married: true,
      doctor: 0,
    });
    wed(
      alain,
      tell('josiane-thebault', 'f', ['Josiane'], 'Poulain', aged(66), ordinaryRecord, {
        usualName: 'Thébault',
        married: true,
        home: alain.home,
        doctor: 0,
      }),
    );
    tell('bernard-noel', 'm', ['Bernard', 'Marie'], 'Noël', aged(71), palliative, { doctor: 1 });
    tell('laura-chevrel', 'f', ['Laura', 'Anne'], 'Lorand', aged(29), pregnancy, {
      usualName: 'Chevrel',
      married: true,
      doctor: 1,
    });
    tell('paulette-mace', 'f', ['Paulette', 'Anne'], 'Robert', aged(86), frailWidow, {
      usualName: 'Macé',
      widowed: true,
      doctor: 0,
    });
    tell('christian-hervieu', 'm', ['Christian'], 'Hervieu', aged(60), diabeticMan, { doctor: 0 });
    tell('karim-benali', 'm', ['Karim'], 'Benali', aged(43), depressed, {
      born: { code: '99352', town: 'Tlemcen', country: 'Algérie' },
      doctor: 1,
    });
    tell('jean-martin-a', 'm', ['Jean', 'Paul'], 'Martin', '1950-05-02', ordinaryRecord, { doctor: 0 });
    tell('jean-martin-b', 'm', ['Jean', 'Marie'], 'Martin', '1950-05-12', anticoagulatedMan, { doctor: 1 });
    const nolwenn = tell('nolwenn-le-corre', 'f', ['Nolwenn', 'Claire'], 'Le Corre', '1988-11-23', ordinaryRecord, {
      doctor: 1,
      mobile: '06 39 98 52 23',
    });
    tell('nolwen-lecorre', 'f', ['Nolwen'], 'Lecorre', '1988-11-23', shortRecord, {
      identity: 'provisional',
      born: nolwenn.born,
      mobile: '06 39 98 52 23',
      doctor: 0,
    });
  }
  return stories;
}

/** Two visits under the wrong file: what a duplicate looks like. */
function shortRecord(chart: Chart) {
  const visit = chart.visit(chart.ago(0, 47), chart.physician, 'Consultation sans rendez-vous', {
    note: 'Consultation de dépannage, dossier créé au téléphone : pièce d’identité à vérifier.',
  });
  chart.pressure(visit, 128, 78);
  chart.body(visit, 79.4);
  chart.visit(chart.ago(0, 12), chart.physician, 'Résultats', { note: 'Résultats normaux, expliqués.' });
}
