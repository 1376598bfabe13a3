import { matrixLevels } from '../src/programme/index.ts';
import type { LivedProject, Region } from './programme-projects.ts';

/** Levels by axis of the matrix: project, team, patients, tools; then the dimensions that differ. */
const levels = (
  project: number,
  team: number,
  patients: number,
  tools: number,
  but: Record<string, number> = {},
): Record<string, number> => ({
  ...matrixLevels({ 'health-project': project, 'team-work': team, patients, 'information-system': tools }),
  ...but,
});
const undefinedTeam = levels(2, 2, 2, 1, {
  roles: 2,
  meetings: 1,
  protocols: 1,
  'practice-review': 1,
  prevention: 1,
  'secure-mail': 2,
});
const definedTeam = levels(3, 3, 2, 2, { 'practice-review': 2, population: 2, participation: 1, figures: 1 });

/** The organisation comes before the choice of a software: what a team that chose had agreed on before. The Abers are told by themselves. */
export async function matureFirst(region: Region, project: LivedProject, on: string): Promise<void> {
  if (project.viewer.practice.id === region.practices[0]?.viewer.practice.id) return;
  const { id } = await region.acts(on).openAssessment(region.consultant, project.id);
  await region.acts(on).agreeLevels(region.consultant, id, {
    levels: definedTeam,
    words: 'Niveaux retenus en réunion d’équipe, avec le consultant.',
    seen: 1,
  });
}

/** The plan of a project whose deployment is over, once its step ends. */
export async function leaveDeployment(region: Region, project: LivedProject, on: string): Promise<void> {
  if (project.at !== 'closed') return;
  const { consultant, acts } = region;
  await acts(project.after(200)).startPlan(consultant, project.id, {
    from: project.after(200),
    to: project.after(300),
  });
  for (const { id, kind, version, phase: _phase, removed: _removed, ...item } of await acts(on).planItems(
    consultant,
    project.id,
  ))
    if (kind !== 'phase')
      await acts(on).changePlanItem(consultant, project.id, id, {
        ...item,
        professions: [...item.professions],
        doneOn: item.to < on ? item.to : on,
        removed: false,
        seen: version,
      });
  await acts(on).issuePlan(consultant, project.id);
}

/** What leading the projects leaves in the demo region: organisation, time, plans, help, demands. */
export async function writeLeading(region: Region, lived: readonly LivedProject[]): Promise<void> {
  const abers = lived.find(
    ({ viewer, at }) => at !== 'closed' && viewer.practice.id === region.practices[0]?.viewer.practice.id,
  );
  if (abers) await leadAbers(region, abers);
  const others = lived.filter((one) => one !== abers && one.at !== 'closed');
  const choosing = others.filter(({ at }) => at === 'choice');
  for (const [at, project] of choosing.entries()) await chooseUndefined(region, project, at === 0);
  for (const [at, project] of others.filter((one) => one.at === 'deployment').entries())
    await deploy(region, project, at);
  await dailyHelp(region);
  await demands(region, others);
}

/** The Abers: two self-assessments six months apart, actions, a project team with its time, the state of what they work with. */
async function leadAbers(region: Region, { id: project, viewer }: LivedProject): Promise<void> {
  const { acts, day, consultant, practices } = region;
  const { nurse } = practices[0]!;
  const first = await acts(day(200)).openAssessment(viewer, null);
  await acts(day(198)).giveLevels(viewer, first.id, { levels: { ...undefinedTeam, meetings: 2 }, seen: 0 });
  await acts(day(197)).giveLevels(nurse, first.id, { levels: { ...undefinedTeam, roles: 1 }, seen: 0 });
  await acts(day(194)).agreeLevels(viewer, first.id, {
    levels: undefinedTeam,
    words: 'Retenu en réunion d’équipe, onze présents.',
    seen: 1,
  });
  const [meetings, protocol] = [
    await acts(day(190)).addImprovement(viewer, {
      project: null,
      dimension: 'meetings',
      title: 'Fixer une réunion par mois sur les situations complexes',
      means: 'Une date par mois, trois situations, un compte rendu.',
      owner: 'Tristan Le Corre',
      due: day(120),
    }),
    await acts(day(190)).addImprovement(viewer, {
      project: null,
      dimension: 'protocols',
      title: 'Écrire un protocole pour les plaies chroniques',
      means: 'Un médecin, deux infirmiers, une pharmacienne.',
      owner: 'Soizic Abgrall',
      due: day(60),
    }),
  ];
  await acts(day(180)).addImprovement(viewer, {
    project: null,
    dimension: 'information',
    title: 'Relire la notice remise aux patients',
    means: '',
    owner: 'Secrétariat',
    due: day(8),
  });
  await acts(day(118)).changeImprovement(viewer, meetings.id, {
    title: 'Fixer une réunion par mois sur les situations complexes',
    means: 'Une date par mois, trois situations, un compte rendu.',
    owner: 'Tristan Le Corre',
    due: day(120),
    doneOn: day(118),
    removed: false,
    seen: 1,
  });
  await acts(day(70)).changeImprovement(viewer, protocol.id, {
    title: 'Écrire un protocole pour les plaies chroniques',
    means: 'Un médecin, deux infirmiers, une pharmacienne.',
    owner: 'Soizic Abgrall',
    due: day(60),
    doneOn: day(70),
    removed: false,
    seen: 1,
  });
  const second = await acts(day(45)).openAssessment(viewer, null);
  await acts(day(44)).giveLevels(viewer, second.id, { levels: definedTeam, seen: 0 });
  await acts(day(43)).giveLevels(nurse, second.id, { levels: { ...definedTeam, access: 2 }, seen: 0 });
  await acts(day(41)).agreeLevels(viewer, second.id, {
    levels: definedTeam,
    words: 'Les réunions et le premier protocole ont changé la donne.',
    seen: 1,
  });

  const since = acts(day(180));
  const leader = await since.addMember(viewer, project, {
    practitioner: viewer.practitioner,
    name: viewer.name,
    profession: 'coordinator',
    leader: true,
    role: 'Conduit le projet',
    minutesMonth: 480,
  });
  const second2 = await since.addMember(viewer, project, {
    practitioner: nurse.practitioner,
    name: nurse.name,
    profession: 'nurse',
    leader: false,
    role: 'Référente des infirmiers',
    minutesMonth: 180,
  });
  const doctor = await since.addMember(viewer, project, {
    practitioner: null,
    name: 'Gwenaël Prigent',
    profession: 'physician',
    leader: false,
    role: 'Référent des médecins',
    minutesMonth: 120,
  });
  await since.addMember(viewer, project, {
    practitioner: null,
    name: 'Estelle Corre',
    profession: 'pharmacist',
    leader: false,
    role: '',
    minutesMonth: 60,
  });
  for (const [profession, cents] of [
    ['coordinator', 3200],
    ['nurse', 4500],
    ['physician', 7500],
  ] as const)
    await since.setRate(viewer, project, profession, cents);
  const given = [
    [leader.id, 176, 180, 'Préparation du lancement'],
    [second2.id, 150, 120, 'Réunion de lancement'],
    [doctor.id, 150, 120, 'Réunion de lancement'],
    [leader.id, 150, 120, 'Réunion de lancement'],
    [leader.id, 110, 240, 'Inventaire des postes et du réseau'],
    [second2.id, 92, 90, 'Relecture du questionnaire'],
    [leader.id, 60, 300, 'Réponses au questionnaire, relances'],
    [doctor.id, 40, 60, 'Lecture de la synthèse'],
    [second2.id, 21, 75, 'Visite d’une équipe équipée'],
  ] as const;
  for (const [member, back, minutes, what] of given)
    await acts(day(back)).logTime(viewer, project, { member, day: day(back), minutes, what });

  for (const [at, item] of ['organisation', 'team', 'aims', 'software-now', 'workstations'].entries())
    await acts(day(120 - at * 9)).tickItem(at % 2 ? consultant : viewer, project, item, {
      state: 'done',
      note: '',
      owner: at % 2 ? 'Bérengère Salou' : viewer.name,
      seen: 0,
    });
  await acts(day(60)).tickItem(viewer, project, 'backup', {
    state: 'to-do',
    note: 'Deux cabinets ne savent pas où sont leurs sauvegardes.',
    owner: 'Prestataire informatique',
    seen: 0,
  });
  const sites = ['Pôle de Lannilis', 'Cabinet de Plouguerneau'] as const;
  type Line = Parameters<ReturnType<Region['acts']>['addEquipment']>[2];
  const none = { profession: '', quantity: null, down: null, up: null, note: '' } as const;
  const lines: Line[] = [
    { ...none, site: sites[0], kind: 'workstation', name: 'Postes de moins de cinq ans', quantity: 9, state: 'good' },
    {
      ...none,
      site: sites[0],
      kind: 'workstation',
      name: 'Postes de l’accueil',
      quantity: 2,
      state: 'to-replace',
      note: 'Système plus entretenu par son éditeur.',
    },
    { ...none, site: sites[0], kind: 'internet', name: 'Fibre', down: 480, up: 210, state: 'good' },
    { ...none, site: sites[0], kind: 'printer', name: 'Imprimantes à étiquettes et A4', quantity: 5, state: 'good' },
    {
      ...none,
      site: sites[0],
      kind: 'software',
      name: 'Logiciel de médecine',
      profession: 'physician',
      quantity: 4,
      state: 'good',
    },
    {
      ...none,
      site: sites[0],
      kind: 'records',
      name: 'Dossiers de médecine',
      profession: 'physician',
      quantity: 6240,
      state: 'unknown',
    },
    { ...none, site: sites[0], kind: 'backup', name: 'Disque externe, chaque vendredi', state: 'to-replace' },
    {
      ...none,
      site: sites[1],
      kind: 'internet',
      name: 'ADSL',
      down: 7.4,
      up: 0.8,
      state: 'to-replace',
      note: 'Fibre annoncée pour le printemps.',
    },
    {
      ...none,
      site: sites[1],
      kind: 'workstation',
      name: 'Portables',
      quantity: 3,
      profession: 'nurse',
      state: 'good',
    },
    {
      ...none,
      site: sites[1],
      kind: 'records',
      name: 'Dossiers infirmiers',
      profession: 'nurse',
      quantity: 1180,
      state: 'unknown',
    },
  ];
  for (const line of lines) await acts(day(108)).addEquipment(viewer, project, line);
}

/** A team that wants to choose before it is organised: held, or let go on with a reason. */
async function chooseUndefined(region: Region, project: LivedProject, overruled: boolean): Promise<void> {
  const { acts, day, consultant, gcs } = region;
  const { id } = await acts(day(50)).openAssessment(consultant, project.id);
  await acts(day(48)).agreeLevels(consultant, id, {
    levels: undefinedTeam,
    words: 'Équipe récente : peu de réunions, aucun protocole encore.',
    seen: 1,
  });
  await acts(day(47)).addImprovement(consultant, {
    project: project.id,
    dimension: 'protocols',
    title: 'Écrire un premier protocole',
    means: 'Deux réunions d’une heure.',
    owner: project.team.contact,
    due: day(5),
  });
  if (overruled)
    await acts(day(20)).overruleReadiness(
      gcs,
      project.id,
      'Le coordinateur arrive dans un mois et un protocole est en cours d’écriture : le choix se prépare en parallèle.',
    );
}

/** A project that is being deployed: plan, sessions, phases, what is late. */
async function deploy(region: Region, project: LivedProject, at: number): Promise<void> {
  const { acts, day, consultant } = region;
  const begin = 45 + at * 10;
  const { id } = project;
  await acts(day(begin)).startPlan(consultant, id, { from: day(begin), to: day(begin - 150) });
  const people = [
    {
      practitioner: null,
      name: project.team.contact,
      profession: 'coordinator',
      leader: true,
      role: 'Conduit le projet',
      minutesMonth: 420,
    },
    {
      practitioner: null,
      name: 'Odile Garrec',
      profession: 'nurse',
      leader: false,
      role: 'Référente des infirmiers',
      minutesMonth: 150,
    },
    {
      practitioner: null,
      name: 'Marc Tanguy',
      profession: 'physician',
      leader: false,
      role: 'Référent des médecins',
      minutesMonth: 90,
    },
  ];
  for (const person of people) await acts(day(begin)).addMember(consultant, id, person);
  const items = await acts(day(begin)).planItems(consultant, id);
  const modules = items.filter(({ kind }) => kind === 'module');
  for (const { id: item, kind, version, phase: _phase, removed: _removed, ...line } of items)
    if (kind !== 'phase' && kind !== 'module' && line.to < day(12))
      await acts(day(12)).changePlanItem(consultant, id, item, {
        ...line,
        professions: [...line.professions],
        doneOn: day(12),
        removed: false,
        seen: version,
      });
  const team = [
    ['Odile Garrec', 'nurse'],
    ['Sonia Le Meur', 'nurse'],
    ['Marc Tanguy', 'physician'],
    ['Hélène Bescond', 'physician'],
    [project.team.contact, 'coordinator'],
    ['Annie Le Bihan', 'medical-secretary'],
  ] as const;
  for (const [turn, module] of modules.slice(0, 3).entries()) {
    const held = 30 - turn * 12;
    const came = team
      .filter(([, profession]) => module.professions.length === 0 || module.professions.includes(profession))
      .map(([name, profession]) => ({ name, profession, present: null }));
    const { id: session } = await acts(day(held + 5)).addSession(consultant, id, {
      module: module.id,
      day: day(held),
      minutes: module.minutes ?? 60,
      place: 'Salle de réunion',
      trainer: 'Florian Weber',
      people: came,
    });
    await acts(day(held)).changeSession(consultant, id, session, {
      day: day(held),
      minutes: module.minutes ?? 60,
      place: 'Salle de réunion',
      trainer: 'Florian Weber',
      people: came.map((one, i) => ({ ...one, present: i !== 1 || turn !== 1 })),
      state: 'held',
      seen: 1,
    });
  }
  const next = modules[3];
  if (next)
    await acts(day(4)).addSession(consultant, id, {
      module: next.id,
      day: day(-6),
      minutes: next.minutes ?? 60,
      place: 'Salle de réunion',
      trainer: 'Florian Weber',
      people: [{ name: 'Annie Le Bihan', profession: 'medical-secretary', present: null }],
    });
  for (const profession of ['physician', 'nurse', 'coordinator'])
    await acts(day(30)).movePhase(consultant, id, 'individual', profession, {
      begunOn: day(30),
      doneOn: null,
      reason: '',
      seen: 0,
    });
  await acts(day(6)).movePhase(consultant, id, 'individual', 'nurse', {
    begunOn: day(30),
    doneOn: day(6),
    reason: '',
    seen: 1,
  });
  await acts(day(5)).movePhase(consultant, id, 'multi', 'nurse', {
    begunOn: day(5),
    doneOn: null,
    reason: '',
    seen: 0,
  });
  await acts(day(3)).issuePlan(consultant, id);
}

/** Faults and questions of the two practices: solved and marked, answered, handed to the vendor, late. */
async function dailyHelp(region: Region): Promise<void> {
  const { acts, day, gcs, vendor, practices } = region;
  const [abers, vilaine] = practices;
  if (!abers || !vilaine) return;
  const solved = await acts(day(33)).askHelp(abers.nurse, {
    kind: 'question',
    urgency: 'minor',
    title: 'Retrouver un courrier reçu par messagerie',
    words: 'Nous avons reçu un compte rendu hier ; je ne le retrouve pas.',
  });
  await acts(day(33), '13:00:00').writeHelp(gcs, solved.id, {
    words: 'Il est dans les documents à classer, en haut de la page d’accueil.',
    solved: true,
    seen: 1,
  });
  await acts(day(32)).markHelp(abers.nurse, solved.id, { mark: 5, words: 'Réponse dans la journée.', seen: 2 });
  const printer = await acts(day(9)).askHelp(abers.viewer, {
    kind: 'fault',
    urgency: 'hindering',
    title: 'Les étiquettes sortent décalées',
    words: 'Depuis la mise à jour, les étiquettes de prélèvement sortent décalées d’un centimètre.',
  });
  await acts(day(8)).handHelp(gcs, printer.id, {
    practitioner: vendor.practitioner,
    words: 'Même signalement dans une autre équipe.',
    seen: 1,
  });
  await acts(day(7)).writeHelp(vendor, printer.id, {
    words: 'Nous reproduisons le décalage ; un correctif est en essai.',
    solved: false,
    seen: 2,
  });
  await acts(day(6)).askHelp(vilaine.nurse, {
    kind: 'fault',
    urgency: 'blocking',
    title: 'Un poste du cabinet n’ouvre plus la page',
    words: 'Un seul poste est touché, les autres fonctionnent.',
  });
  const old = await acts(day(80)).askHelp(vilaine.viewer, {
    kind: 'question',
    urgency: 'hindering',
    title: 'Ouvrir un compte à une remplaçante',
    words: 'Elle arrive lundi ; que faut-il demander ?',
  });
  await acts(day(80), '15:00:00').writeHelp(gcs, old.id, {
    words: 'La page Structure ouvre un compte de remplaçant avec ses dates. Rien d’autre n’est à demander.',
    solved: true,
    seen: 1,
  });
  await acts(day(79)).markHelp(vilaine.viewer, old.id, { mark: 4, words: '', seen: 2 });
}

/** Demands of several teams: one that was sent and answered, one that is gathered, others still alone. */
async function demands(region: Region, others: readonly LivedProject[]): Promise<void> {
  const { acts, day, gcs, vendor, practices } = region;
  const [abers, vilaine] = practices;
  if (!abers || !vilaine) return;
  const [one, two] = others.map(({ viewer }) => viewer);
  const say = (viewer: typeof abers.viewer, back: number, title: string, words: string) =>
    acts(day(back)).sayDemand(viewer, { title, words, software: '' });
  const page = [
    await say(
      abers.nurse,
      70,
      'Plan de soins sur une page',
      'Le plan de soins d’un patient tient sur trois pages : au domicile, personne ne les lit.',
    ),
    await say(
      vilaine.viewer,
      66,
      'Imprimer le plan de soins',
      'Nous voudrions une feuille A4, en gros caractères, à laisser au domicile.',
    ),
    ...(one
      ? [await say(one, 60, 'Feuille pour le domicile', 'Une feuille de liaison imprimable avec qui fait quoi.')]
      : []),
  ];
  const sent = await acts(day(55)).gatherDemands(gcs, {
    title: 'Plan de soins imprimable sur une page',
    words:
      'Pouvoir imprimer le plan de soins d’un patient sur une page A4 lisible au domicile : qui fait quoi, quand, qui appeler.',
    voices: page.map(({ id }) => id),
  });
  await acts(day(50)).sendDemands(gcs, { vendor: vendor.practitioner, demands: [sent.id], note: '' });
  await acts(day(30)).answerDemand(vendor, sent.id, {
    outcome: 'planned',
    words: 'Prévu dans la version de printemps. Trois équipes volontaires seront consultées sur la maquette.',
    promisedOn: day(-120),
    seen: 2,
  });
  const agenda = [
    await say(
      vilaine.nurse,
      24,
      'Tournées et agenda',
      'Voir les tournées dans le même écran que les rendez-vous du cabinet.',
    ),
    ...(two
      ? [
          await say(
            two,
            20,
            'Agenda des infirmiers',
            'L’agenda du cabinet et celui des tournées sont séparés : nous saisissons deux fois.',
          ),
        ]
      : []),
  ];
  const gathered = await acts(day(12)).gatherDemands(gcs, {
    title: 'Tournées et rendez-vous dans un même agenda',
    words: 'Montrer les tournées des infirmiers dans l’agenda commun, sans seconde saisie.',
    voices: agenda.map(({ id }) => id),
  });
  await acts(day(10)).supportDemand(abers.viewer, gathered.id, true);
  await say(
    abers.viewer,
    4,
    'Trier les documents à classer',
    'Trier les documents reçus par expéditeur : le secrétariat en classe soixante par jour.',
  );
  await say(vilaine.viewer, 3, 'Documents reçus', 'Pouvoir ranger d’un coup tous les documents d’un même laboratoire.');
}
