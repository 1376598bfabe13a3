import type { ProgrammeActs } from '../src/programme/index.ts';
import { Chance } from './random.ts';
import type { LivedProject, Region } from './programme-projects.ts';

type NeedAnswers = Parameters<ProgrammeActs['answerNeeds']>[2];

/** The choice that a project past its step «choice» recorded. */
export async function recordChoice(region: Region, project: LivedProject, on: string): Promise<void> {
  await region.acts(on).choose(region.consultant, project.id, {
    solution: null,
    product: 'Logiciel labellisé, retenu par l’équipe',
    decidedOn: on,
    reasons:
      'Retenu en réunion d’équipe : label, prix, avis des équipes déjà équipées. La comparaison est dans les fichiers du projet.',
    tookPart: [
      { name: project.team.contact, profession: 'coordinator' },
      { name: 'Un médecin de l’équipe', profession: 'physician' },
      { name: 'Une infirmière de l’équipe', profession: 'nurse' },
    ],
  });
}

const software: Record<string, readonly string[]> = {
  physician: ['Logiciel de médecine A, version 9', 'Logiciel de médecine B'],
  nurse: ['Logiciel infirmier de tournée', 'Logiciel infirmier de tournée, version 3'],
  physiotherapist: ['Aucun, sur papier', 'Logiciel de kinésithérapie'],
  pharmacist: ['Logiciel de gestion d’officine'],
  midwife: ['Aucun, sur papier'],
};
const expected: Record<string, readonly string[]> = {
  physician: [
    'Voir les notes des infirmiers sans téléphoner.',
    'Un seul dossier, et les comptes rendus de l’hôpital dedans.',
    'Savoir ce que le pharmacien a changé.',
  ],
  nurse: [
    'Prévenir le médecin sans courir après lui.',
    'Des photos de plaies qui ne restent pas sur mon téléphone.',
    'Avoir les ordonnances à jour avant la tournée.',
  ],
  physiotherapist: ['Recevoir les ordonnances et envoyer mon bilan au médecin.'],
  pharmacist: ['Connaître les traitements en cours et les changements.'],
  midwife: ['Partager le suivi de grossesse avec le médecin.'],
  coordinator: ['Préparer les réunions pluriprofessionnelles et en garder le compte rendu.'],
  'medical-secretary': ['Un agenda commun, et savoir à qui transmettre.'],
};
const lost = [
  'Les comptes rendus de l’hôpital arrivent trop tard.',
  'Les changements de traitement.',
  'Qui passe voir le patient, et quand.',
  'Les comptes rendus de l’hôpital.',
];
const fearWords = [
  'Que la reprise des dossiers soit incomplète.',
  'Passer plus de temps à l’écran qu’avec les patients.',
  'Que tout le monde lise tout.',
];
/** Functions that matter to nearly all. */
const common = ['summary', 'tasks', 'messages', 'rights'];
/** Functions that matter most to each profession. */
const dear: Record<string, readonly string[]> = {
  physician: ['summary', 'results', 'prescription', 'ins', 'cohorts'],
  nurse: ['notes', 'measures', 'tasks', 'rounds', 'messages'],
  physiotherapist: ['notes', 'messages', 'agenda'],
  pharmacist: ['prescription', 'messages', 'summary'],
  midwife: ['summary', 'measures', 'agenda'],
  coordinator: ['meetings', 'protocols', 'aci', 'directory'],
  'medical-secretary': ['agenda', 'online', 'billing', 'messages'],
};

/** What one person of this profession answers. */
function answersOf(region: Region, profession: string, key: string): NeedAnswers {
  const chance = new Chance(`needs ${key}`);
  const answers: Record<string, NeedAnswers[string]> = {};
  for (const { questions } of region.acts(region.today).needsForm.sections)
    for (const question of questions) {
      if (question.type === 'matrix')
        answers[question.id] = Object.fromEntries(
          (question.rows ?? [])
            .filter(() => chance.yes(0.94))
            .map(({ code }) => [
              code,
              dear[profession]?.includes(code)
                ? chance.weighted([
                    [3, 8],
                    [2, 1],
                  ])
                : common.includes(code)
                  ? chance.weighted([
                      [3, 6],
                      [2, 3],
                      [1, 1],
                    ])
                  : chance.weighted([
                      [0, 3],
                      [1, 4],
                      [2, 3],
                      [3, 1],
                    ]),
            ]),
        );
      else if (question.type === 'single') answers[question.id] = chance.pick(question.choices!).code;
      else if (question.type === 'multiple')
        answers[question.id] = chance
          .some(
            question.choices!.filter(({ code }) => code !== 'none' && code !== 'nothing'),
            chance.int(1, 4),
          )
          .map(({ code }) => code);
      else if (question.type === 'scale')
        answers[question.id] = chance.weighted([
          [1, 1],
          [2, 3],
          [3, 4],
          [4, 3],
          [5, 1],
        ]);
    }
  return {
    ...answers,
    software: chance.pick(software[profession] ?? ['Aucun']),
    expected: chance.pick(expected[profession] ?? ['Moins de papier, moins de téléphone.']),
    training: chance.pick([4, 6, 8, 8, 12]),
    'take-over': profession === 'physician' ? chance.int(9, 14) * 100 : chance.int(1, 6) * 50,
    ...(chance.yes(0.5) && { lost: chance.pick(lost) }),
    ...(chance.yes(0.35) && { 'fears-words': chance.pick(fearWords) }),
    ...(chance.yes(0.3) && {
      'systems-good': chance.pick([
        'Mes modèles de courriers.',
        'La rapidité de la saisie.',
        'L’historique des ordonnances.',
      ]),
    }),
  };
}

const phare = {
  name: 'Phare Santé',
  company: 'Éditions du Phare',
  label: 'advanced',
  mode: 'saas',
  hds: 'yes',
  host: 'Hébergeur du Ponant',
  note: 'Application pour téléphone comprise. Reprise des dossiers essayée sur une copie.',
  costs: [
    { label: 'Mise en place et réglages', every: 'once', cents: 180_000, count: 1 },
    { label: 'Reprise des données, par médecin', every: 'once', cents: 35_000, count: 4 },
    { label: 'Formation, par demi-journée', every: 'once', cents: 45_000, count: 6 },
    { label: 'Abonnement, par professionnel', every: 'month', cents: 4_200, count: 14 },
  ],
} as const;
const amer = {
  name: 'Amer Dossier',
  company: 'Logiciels de l’Amer',
  label: 'standard',
  mode: 'saas',
  hds: 'yes',
  host: 'Hébergeur de la Rade',
  note: 'Agenda très complet ; le téléphone est en projet.',
  costs: [
    { label: 'Mise en place', every: 'once', cents: 90_000, count: 1 },
    { label: 'Formation, par demi-journée', every: 'once', cents: 39_000, count: 4 },
    { label: 'Abonnement, par professionnel', every: 'month', cents: 3_600, count: 14 },
    { label: 'Agenda et rappels', every: 'year', cents: 48_000, count: 1 },
  ],
} as const;

/** Opens the questionnaire, has most of the people answer, issues the synthesis and the specification. */
async function gather(
  region: Region,
  project: LivedProject,
  opened: string,
  answered: string,
  closes: string,
  people: { name: string; profession: string; mail: string }[],
): Promise<void> {
  const { acts, consultant } = region;
  await acts(opened).askNeeds(consultant, project.id, people, people.length === 0);
  await acts(opened, '10:30:00').openNeeds(consultant, project.id, closes);
  const asked = await acts(opened).needsAsked(consultant, project.id);
  const chance = new Chance(`who ${project.team.key}`);
  for (const [at, { id, profession }] of asked.entries()) {
    const silent =
      profession === 'dietician' ||
      profession === 'speech-therapist' ||
      (at % 7 === 6 && asked.filter((one) => one.profession === profession).length > 1);
    if (!silent)
      await acts(answered).answerNeeds(
        consultant,
        id,
        answersOf(region, profession, `${project.team.key} ${id.length} ${at}`),
        { nameless: chance.yes(0.2) },
      );
    else if (at % 2)
      await acts(answered).answerNeeds(consultant, id, { software: 'Logiciel de ma profession' }, { submit: false });
  }
}
async function compare(region: Region, project: LivedProject, on: string): Promise<{ phare: string; amer: string }> {
  const { acts, consultant, vendor } = region;
  const act = acts(on);
  await act.buildSpecification(consultant, project.id);
  await act.writeChoiceText(
    consultant,
    project.id,
    'specification.lead',
    'L’équipe exerce sur plusieurs sites. Trois logiciels sont à reprendre ; les autres professions écrivent sur papier.',
  );
  await act.writeChoiceText(
    consultant,
    project.id,
    'specification.end',
    'Réponse attendue sous trois semaines, exigence par exigence, avec un devis détaillé. Une démonstration d’une heure et demie devant l’équipe. Ouverture souhaitée au printemps.',
  );
  await act.issueSpecification(consultant, project.id);
  await act.giveParty(consultant, project.id, vendor.practitioner);
  const one = (
    await act.addSolution(consultant, project.id, { ...phare, costs: [...phare.costs], vendor: vendor.practitioner })
  ).id;
  const other = (await act.addSolution(consultant, project.id, { ...amer, costs: [...amer.costs], vendor: null })).id;
  const chance = new Chance(`coverage ${project.team.key}`);
  for (const { id } of await act.requirementsIn(consultant, project.id)) {
    await act.cover(
      consultant,
      project.id,
      one,
      id,
      chance.weighted([
        ['yes', 8],
        ['partly', 2],
        ['no', 1],
      ]),
    );
    if (chance.yes(0.92))
      await act.cover(
        consultant,
        project.id,
        other,
        id,
        chance.weighted([
          ['yes', 5],
          ['partly', 3],
          ['no', 2],
        ]),
      );
  }
  return { phare: one, amer: other };
}
const sheets: readonly (readonly [string, string, Record<string, number>, string])[] = [
  [
    'Anne Kermarrec',
    'physician',
    { entry: 4, find: 5, share: 4, coordinate: 4, clarity: 4, mobile: 3, trust: 4 },
    'La synthèse se lit d’un coup d’œil.',
  ],
  [
    'Maryvonne Pellen',
    'medical-secretary',
    { entry: 3, find: 4, share: 3, coordinate: 4, clarity: 3, trust: 3 },
    'L’agenda demande trop de clics.',
  ],
];

/** Needs and choice of two projects: the Abers, whose people have answered and who compare two solutions; a team that does not work with this product. */
export async function writeChoice(region: Region, lived: readonly LivedProject[]): Promise<void> {
  const { acts, day, consultant, today } = region;
  const abers = lived.find(
    ({ viewer, at }) => at === 'needs' && region.practices.some((one) => one.viewer.practice.id === viewer.practice.id),
  );
  const ahead = (days: number) =>
    new Date(Date.parse(`${today}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  if (abers) {
    await gather(region, abers, day(24), day(15), ahead(6), []);
    const act = acts(day(8));
    await act.writeChoiceText(
      consultant,
      abers.id,
      'synthesis.lead',
      'Une équipe qui se parle déjà, par téléphone et de vive voix. Trois logiciels ne se connaissent pas ; les professions hors médecine et soins infirmiers écrivent sur papier.',
    );
    await act.writeChoiceText(
      consultant,
      abers.id,
      'synthesis.end',
      'D’abord : une synthèse partagée, les tâches et la messagerie d’équipe. La mobilité décide pour les infirmiers. La reprise des dossiers inquiète : un essai sur copie sera demandé.',
    );
    await act.issueSynthesis(consultant, abers.id);
    const { phare: one, amer: other } = await compare(region, abers, day(6));
    const held = (
      await acts(day(5)).planDemonstration(consultant, abers.id, {
        solution: one,
        on: day(3),
        time: '12:30',
        place: 'Salle de réunion du pôle de Lannilis',
      })
    ).id;
    await acts(day(5)).planDemonstration(consultant, abers.id, {
      solution: other,
      on: ahead(4),
      time: '12:30',
      place: 'Salle de réunion du pôle de Lannilis',
    });
    for (const [name, profession, scores, comment] of sheets)
      await acts(day(2)).typeSheet(consultant, abers.id, held, { name, profession, scores: { ...scores }, comment });
    const nurse = region.practices.find((one) => one.viewer.practice.id === abers.viewer.practice.id)!.nurse;
    await acts(day(2)).scoreDemonstration(nurse, abers.id, held, {
      scores: { entry: 4, find: 4, share: 5, coordinate: 5, clarity: 4, mobile: 4, trust: 4 },
      comment: 'La tournée marche sans réseau.',
    });
    await acts(day(4)).addVisit(abers.viewer, abers.id, {
      solution: one,
      practice: 'Maison de santé du Léon',
      on: day(9),
      who: 'Soizic Abgrall et Tristan Le Corre, reçus par leur coordinatrice',
      good: 'Les infirmiers s’en servent à domicile. Les réunions s’y préparent.',
      bad: 'La reprise des ordonnances a pris deux mois de plus que prévu.',
      again: 'yes',
    });
  }
  // After the Abers have scored: they keep the sheet they began with, and are offered this one.
  await acts(day(1)).publishModel(
    region.officer,
    'sheet',
    (lines) => [
      ...lines,
      {
        id: 'rounds',
        group: '',
        title: 'Préparer et suivre une tournée',
        help: 'Avec un réseau faible, de porte en porte.',
        words: '',
        weight: 2,
        must: false,
      },
    ],
    'Une ligne sur les tournées, demandée par les infirmiers de plusieurs équipes.',
  );
  const other = lived.find(({ at }) => at === 'choice');
  if (!other) return;
  const people = [
    ['Hervé Quiniou', 'physician'],
    ['Claire Le Bec', 'physician'],
    ['Marion Cloarec', 'nurse'],
    ['Gwen Rannou', 'nurse'],
    ['Paul Hascoët', 'physiotherapist'],
    ['Elen Floch', 'pharmacist'],
    ['Nora Guillou', 'dietician'],
    ['Rozenn Cariou', 'medical-secretary'],
  ].map(([name, profession]) => ({
    name: name!,
    profession: profession!,
    mail: `${name!.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s/g, '.')}@aulne.example`,
  }));
  await gather(region, other, day(70), day(60), day(50), people);
  await acts(day(48)).issueSynthesis(consultant, other.id);
  await compare(region, other, day(30));
  for (const [clause, answer, article, note] of [
    ['phases', 'present', 'Annexe 1', ''],
    ['training', 'present', '4.2', ''],
    ['take-over', 'weak', '5', 'Aucun essai sur une copie n’est prévu.'],
    ['support', 'present', '6.1', ''],
    ['reversibility', 'missing', '', 'Le contrat ne dit rien de la remise des données.'],
    ['service-levels', 'missing', '', ''],
  ] as const)
    await acts(day(12)).answerClause(consultant, other.id, clause, { answer, article, note });
}
