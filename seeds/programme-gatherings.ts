import type { LivedProject, Region } from './programme-projects.ts';

const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
/** The same day, or the Monday after a week-end. */
const workday = (day: string): string =>
  ((weekday) => (weekday === 6 ? later(day, 2) : weekday === 0 ? later(day, 1) : day))(
    new Date(`${day}T12:00:00Z`).getUTCDay(),
  );
const guests = [
  ['physician', 'Dr Nolwenn Guéguen'],
  ['nurse', 'Régis Carn'],
  ['physiotherapist', 'Élodie Moal'],
  ['pharmacist', 'Benoît Le Fur'],
  ['midwife', 'Sarah Nédélec'],
  ['coordinator', 'Morgane Thomas'],
  ['medical-secretary', 'Chantal Bihan'],
  ['asalee-nurse', 'Solène Prigent'],
] as const;
type Answer = 'yes' | 'maybe' | 'no';

/** Meetings of the demo's projects: a poll under way, dates chosen, minutes with what is to be done, and the completion report of the project that is closed. */
export async function writeGatherings(region: Region, lived: readonly LivedProject[]): Promise<void> {
  const at = (step: string) => lived.find((one) => one.at === step);
  const [launch, deploying, closed] = [at('launch'), at('deployment'), at('closed')];
  const abers = lived.find(({ viewer }) => viewer.practice.id === region.practices[0]?.viewer.practice.id);
  const asking = at('launch-planning') ?? lived.find((one) => one.at === 'needs' && one !== abers);
  if (asking) await pollUnderWay(region, asking);
  if (launch) await invited(region, launch, region.day(16), workday(later(region.today, 5)));
  if (abers) await launched(region, abers, region.day(60));
  if (deploying) await followed(region, deploying);
  if (closed) await completed(region, closed);
}

/** Three dates, half of the answers: the midwives have not answered yet. */
async function pollUnderWay(
  { acts, day, today, gcs, consultant, officer }: Region,
  { id, team, at }: LivedProject,
): Promise<void> {
  const proposed = day(4);
  const launching = at === 'launch-planning';
  const slots = [9, 13, 16].map((days, n) => ({
    starts: `${workday(later(today, days))}T${['12:30', '20:00', '13:00'][n]}`,
    minutes: 90,
    place: `Maison de santé, ${team.territory.split(',')[0]}`,
    visio: '',
  }));
  const { id: poll } = await acts(proposed).addPoll(gcs, id, {
    purpose: launching ? 'launch' : 'other',
    title: launching ? 'Réunion de lancement' : 'Restitution des besoins',
    note: 'Une personne au moins de chaque profession, même une heure.',
    deadline: later(today, 5),
    slots,
  });
  await acts(proposed).inviteToPoll(consultant, id, poll, {
    people: [],
    guests: guests.slice(0, 6).map(([profession, name]) => ({
      name,
      profession,
      email: `${name
        .toLowerCase()
        .normalize('NFD')
        .replace(/[^a-z]+/g, '.')}@exemple.example`,
    })),
  });
  const { slots: order, people } = await acts(proposed).pollOf(gcs, id, poll);
  const [a, b, c] = [...order].sort((x, y) => x.starts.localeCompare(y.starts)).map((one) => one.id) as [
    string,
    string,
    string,
  ];
  const said: Record<string, Record<string, Answer>> = {
    [gcs.name]: { [a]: 'yes', [b]: 'yes', [c]: 'yes' },
    [officer.name]: { [a]: 'yes', [b]: 'no', [c]: 'yes' },
    [consultant.name]: { [a]: 'yes', [b]: 'yes', [c]: 'maybe' },
    'Dr Nolwenn Guéguen': { [a]: 'no', [b]: 'yes', [c]: 'maybe' },
    'Régis Carn': { [a]: 'yes', [b]: 'yes', [c]: 'yes' },
    'Élodie Moal': { [a]: 'maybe', [b]: 'yes', [c]: 'no' },
    'Morgane Thomas': { [a]: 'yes', [b]: 'yes', [c]: 'yes' },
  };
  for (const one of people) {
    const answers = said[one.name];
    const who = [gcs, officer, consultant].find(({ name }) => name === one.name) ?? consultant;
    if (answers) await acts(day(2)).answerPoll(who, id, poll, one.id, answers);
  }
}

/** A poll that came to its end: each profession is there but one, and the reason is kept. */
async function invited(
  { acts, gcs, officer, consultant, practices }: Region,
  { id, team, viewer }: LivedProject,
  proposed: string,
  on: string,
): Promise<string> {
  const { id: poll } = await acts(proposed).addPoll(officer, id, {
    purpose: 'launch',
    title: 'Réunion de lancement',
    note: '',
    deadline: later(proposed, 8),
    slots: [
      { starts: `${on}T12:30`, minutes: 90, place: `Maison de santé, ${team.territory.split(',')[0]}`, visio: '' },
      { starts: `${workday(later(on, 3))}T20:00`, minutes: 90, place: '', visio: 'https://visio.example/lancement' },
    ],
  });
  const professions = Object.keys(team.members);
  // A team that works here answers with its accounts.
  const nurse = practices.find((one) => one.viewer.practice.id === viewer.practice.id)?.nurse;
  const wanted = guests.filter(
    ([profession]) =>
      (professions.length === 0 || professions.includes(profession)) &&
      !(nurse && ['nurse', 'coordinator'].includes(profession)),
  );
  await acts(proposed).inviteToPoll(consultant, id, poll, {
    people: nurse ? [viewer.practitioner, nurse.practitioner] : [],
    guests: wanted.map(([profession, name]) => ({ name, profession, email: '' })),
  });
  const { slots, people } = await acts(proposed).pollOf(officer, id, poll);
  const chosen = [...slots].sort((x, y) => x.starts.localeCompare(y.starts))[0]!.id;
  for (const [n, one] of people.entries()) {
    const who =
      [gcs, officer, consultant, viewer, ...(nurse ? [nurse] : [])].find(({ name }) => name === one.name) ?? consultant;
    await acts(later(proposed, 3)).answerPoll(who, id, poll, one.id, {
      [chosen]: n === people.length - 1 ? 'no' : n % 5 === 4 ? 'maybe' : 'yes',
    });
  }
  const { version } = await acts(later(proposed, 9)).pollOf(officer, id, poll);
  await acts(later(proposed, 9)).chooseSlot(officer, id, poll, {
    seen: version,
    slot: chosen,
    reason:
      'Les absents ont dit leurs attentes au consultant par téléphone ; reporter retarderait le recueil des besoins.',
  });
  return poll;
}

async function launched(region: Region, project: LivedProject, on: string): Promise<void> {
  const { acts, consultant } = region;
  const { id, viewer } = project;
  const held = workday(on);
  const poll = await invited(region, project, later(held, -25), held);
  const { id: sheet } = await acts(held).addMinutes(consultant, id, { kind: 'launch-minutes', poll });
  await acts(later(held, 1)).writeMinutes(consultant, id, sheet, {
    'item.welcome':
      'Chacun dit ce qu’il attend d’un dossier commun : ne plus ressaisir, savoir ce que l’autre a fait, préparer les réunions.',
    'item.questions':
      'Que deviennent les dossiers papier ? Qui prévient les patients ? Réponses à la prochaine réunion.',
    decisions: [
      'Le questionnaire part à toute l’équipe, réponses sous quinze jours.',
      'Un médecin et une infirmière portent le projet avec la coordination.',
    ],
  });
  const asked = acts(later(held, 1));
  const { id: sent } = await asked.addMeetingAction(consultant, id, {
    sheet,
    words: 'Envoyer le questionnaire à toute l’équipe',
    owner: consultant.name,
    due: later(held, 7),
  });
  await asked.addMeetingAction(consultant, id, {
    sheet,
    words: 'Faire la liste des postes et du réseau de chaque site',
    owner: viewer.name,
    due: later(held, 30),
  });
  await asked.addMeetingAction(consultant, id, {
    sheet,
    words: 'Afficher l’information aux patients en salle d’attente',
    owner: viewer.name,
    due: later(region.today, 20),
  });
  await acts(later(held, 2)).issueMinutes(consultant, id, sheet);
  await acts(later(held, 6)).changeMeetingAction(consultant, id, sent, {
    seen: 1,
    words: 'Envoyer le questionnaire à toute l’équipe',
    owner: consultant.name,
    due: later(held, 7),
    state: 'done',
  });
}

async function followed({ acts, day, consultant }: Region, { id, viewer }: LivedProject): Promise<void> {
  const held = workday(day(23));
  const { id: sheet } = await acts(held).addMinutes(consultant, id, { kind: 'follow-up-minutes', poll: null });
  await acts(held).writeMinutes(consultant, id, sheet, {
    heldOn: held,
    place: 'Visioconférence',
    present: [
      { name: consultant.name, profession: '', side: 'consultant', there: true },
      { name: viewer.name, profession: 'coordinator', side: 'team', there: true },
      { name: 'Dr Nolwenn Guéguen', profession: 'physician', side: 'team', there: true },
      { name: 'Régis Carn', profession: 'nurse', side: 'team', there: false },
    ],
    'item.settings':
      'Les comptes sont ouverts. La reprise d’essai a porté sur cinquante dossiers : deux rejets, expliqués et corrigés.',
    'item.training': 'Pratique individuelle : neuf personnes sur quatorze. Une séance de plus pour les infirmiers.',
    'item.use': 'Les médecins écrivent déjà leurs notes ; la messagerie sert peu encore.',
    'item.next': 'Dans un mois, en visioconférence.',
    decisions: ['La reprise complète se fait un samedi.'],
  });
  await acts(held).addMeetingAction(consultant, id, {
    sheet,
    words: 'Fixer le samedi de la reprise avec l’éditeur',
    owner: consultant.name,
    due: later(held, 10),
  });
  await acts(held).addMeetingAction(consultant, id, {
    sheet,
    words: 'Inscrire les infirmiers à la seconde séance',
    owner: viewer.name,
    due: later(held, 45),
  });
  await acts(later(held, 1)).issueMinutes(consultant, id, sheet);
}

/** The practice shows its own figures; the consultant concludes, the team signs. */
async function completed({ acts, consultant, officer }: Region, { id, viewer, after }: LivedProject): Promise<void> {
  const launchDay = workday(after(70));
  const { id: sheet } = await acts(launchDay).addMinutes(officer, id, { kind: 'launch-minutes', poll: null });
  await acts(launchDay).writeMinutes(officer, id, sheet, {
    heldOn: launchDay,
    place: 'Redon',
    present: [
      { name: officer.name, profession: '', side: 'officer', there: true },
      { name: consultant.name, profession: '', side: 'consultant', there: true },
      { name: viewer.name, profession: 'coordinator', side: 'team', there: true },
    ],
    decisions: ['Le logiciel de l’équipe est confirmé.'],
  });
  await acts(later(launchDay, 3)).issueMinutes(officer, id, sheet);
  const concluded = after(270);
  await acts(concluded).shareUse(viewer, id);
  await acts(concluded).writeCompletion(consultant, id, {
    product: 'Estran',
    vendor: 'Communauté Estran',
    installedOn: after(120),
    sites: [
      { name: 'Pôle de Redon', workstations: 11, verified: true, note: '' },
      { name: 'Cabinet de Bains-sur-Oust', workstations: 4, verified: true, note: 'Connexion doublée en juin' },
    ],
    modules: [
      { name: 'Dossier patient partagé', state: 'in-use', note: '' },
      { name: 'Messagerie de l’équipe', state: 'in-use', note: '' },
      { name: 'Réunions de concertation', state: 'in-use', note: '' },
      {
        name: 'Protocoles pluriprofessionnels',
        state: 'installed',
        note: 'Deux protocoles écrits, patients à inclure',
      },
      { name: 'Pilotage et indicateurs', state: 'absent', note: 'Prévu l’an prochain' },
    ],
    takeOver: {
      state: 'done',
      note: 'Trois logiciels repris ; les pièces jointes d’avant 2012 restent consultables dans l’ancien.',
    },
    trainings: [
      {
        title: 'Pratique individuelle',
        on: after(125),
        people: 15,
        professions: ['physician', 'nurse', 'physiotherapist', 'medical-secretary'],
      },
      {
        title: 'Pratique pluriprofessionnelle',
        on: after(180),
        people: 12,
        professions: ['physician', 'nurse', 'pharmacist'],
      },
    ],
    observations: 'Médecins et infirmiers écrivent dans les mêmes dossiers et préparent ensemble les réunions.',
    verdict: 'reserves',
    reserves:
      'Les protocoles sont écrits mais peu suivis encore : le point est à refaire dans six mois, avec la coordination.',
    signatory: { name: viewer.name, role: 'Coordination de l’équipe' },
  });
  const { version } = await acts(concluded).issueCompletion(consultant, id);
  await acts(later(concluded, 4)).signCompletion(viewer, id, {
    version,
    remarks: 'L’équipe a pris ses habitudes ; les kinésithérapeutes demandent une séance de plus.',
  });
}
