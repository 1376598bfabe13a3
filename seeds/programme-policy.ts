import type { PersonCaller } from '../src/access/index.ts';
import { addDays, renderPdf } from '../src/platform/index.ts';
import type { PracticeViewer, Programme, Viewer } from '../src/programme/index.ts';
import { type Team, teams } from './programme-teams.ts';
import { type DemoPerson, slug } from './staff.ts';

interface DemoTeam {
  id: string;
  name: string;
  tenant: number;
  people: readonly DemoPerson[];
}

const msp: Record<string, string> = {
  team: 'Le territoire compte 6 800 habitants, dont 29 % ont plus de 65 ans. Deux médecins partiront à la retraite d’ici trois ans.\n\nMédecins, infirmiers, kinésithérapeutes et pharmaciens s’engagent, sur deux sites distants de 4 km. La coordination est assurée un jour par semaine.',
  opening:
    'Les deux sites couvrent ensemble 8 h à 20 h en semaine. Le samedi de 8 h à 12 h, un médecin et un infirmier sont présents.\n\nPendant les vacances scolaires, un site au moins reste ouvert.',
  unscheduled:
    'Chaque médecin garde quatre créneaux par jour, ouverts le matin même. Le secrétariat oriente selon une grille écrite par l’équipe.',
  continuity:
    'Les absences sont couvertes à l’intérieur de l’équipe. Les médecins prennent part à la permanence des soins du secteur. Un plan de crise sanitaire sera écrit la première année.',
  'public-health':
    'Deux actions : dépistage du diabète chez les plus de 45 ans, prévention des chutes avec les kinésithérapeutes et la commune.',
  protocols:
    'Trois protocoles : suivi du diabète de type 2, plaies chroniques, anticoagulants. Chacun est écrit par deux professions au moins et relu chaque année.',
  'case-meetings':
    'Une réunion toutes les six semaines, de 12 h 30 à 14 h, avec ordre du jour et compte rendu. Chaque profession peut inscrire une situation.',
  training:
    'Deux soirées par an, ouvertes aux professionnels du secteur : soins palliatifs à domicile, usage des opioïdes.',
  trainees: 'Trois maîtres de stage : deux médecins, un kinésithérapeute. Six stagiaires par an.',
  'secure-messaging':
    'Toute l’équipe a une adresse MSSanté. Les comptes rendus des spécialistes et de l’hôpital arrivent par cette voie.',
  'information-system':
    'Un logiciel labellisé, partagé par toutes les professions, choisi après les démonstrations. Déploiement en un an.',
};
const esp: Record<string, string> = {
  territory:
    'Antrain, Bazouges et les communes voisines : 4 100 habitants. Un seul cabinet de médecine générale, ouvert quatre jours et demi.',
  professionals:
    'Deux médecins généralistes, deux infirmières, une kinésithérapeute, une pharmacienne. Une infirmière anime l’équipe.',
  themes:
    'Personnes âgées fragiles : repérer, prévenir les chutes, éviter les hospitalisations. On comptera les évaluations faites et les passages aux urgences.',
  'case-meetings': 'Une réunion par mois, d’une heure, sur trois situations.',
};
const requirementActions: readonly (readonly [
  requirement: string,
  section: string,
  title: string,
  who: string,
  months: number,
  state: 'todo' | 'doing' | 'done',
])[] = [
  ['opening', 'opening', 'Ouvrir le samedi matin sur un des deux sites', 'Les médecins', -3, 'done'],
  ['opening', 'unscheduled', 'Écrire et signer la charte des soins non programmés', 'La coordination', -1, 'done'],
  [
    'crisis',
    'continuity',
    'Écrire le plan de préparation aux crises sanitaires',
    'Un médecin, la pharmacienne',
    -1,
    'doing',
  ],
  ['coordination', 'team', 'Fiche de poste et contrat de la coordination', 'L’association', -4, 'done'],
  ['protocols', 'protocols', 'Protocole diabète de type 2', 'Médecins et infirmiers', -2, 'done'],
  ['protocols', 'protocols', 'Protocole plaies chroniques', 'Infirmiers et médecins', 2, 'doing'],
  [
    'case-meetings',
    'case-meetings',
    'Six réunions de concertation avec leur compte rendu',
    'Toute l’équipe',
    5,
    'doing',
  ],
  [
    'information-system',
    'information-system',
    'Choisir et acquérir un logiciel labellisé',
    'Le groupe projet',
    4,
    'todo',
  ],
  [
    'information-system',
    'secure-messaging',
    'Une adresse MSSanté pour chaque professionnel',
    'La coordination',
    -2,
    'done',
  ],
];

/** The ways of the demo region's teams to a recognised ESP or MSP, lived through the acts of the room on their days: each phase has one, and both demo practices have theirs. */
export async function writeTracks(
  programme: Programme,
  region: Viewer['region'],
  people: readonly Viewer[],
  practices: readonly DemoTeam[],
  today: string,
): Promise<void> {
  const officer = people.find(({ as }) => as === 'officer')!;
  const reviewers = people.filter(({ as }) => as === 'reviewer');
  const consultant = people.find(({ as }) => as === 'consultant')!;
  const partner = people.find(({ as }) => as === 'partner')!;
  const acts = (day: string) => programme.on(() => new Date(`${day}T09:30:00Z`));
  const ago = (days: number): string => addDays(today, -days);
  const of = (key: string): Team => teams.find((one) => one.key === key)!;
  const caller = (id: string, name: string, profession: PersonCaller['profession'], tenant: number): PersonCaller => ({
    kind: 'person',
    tenant,
    practitioner: id,
    profession,
    roles: [],
    name,
    session: '',
  });
  const outside = (team: Team): PracticeViewer => {
    const id = `equipe-${team.key}`;
    return {
      region,
      practitioner: id,
      name: team.contact,
      caller: caller(id, team.contact, 'coordinator', 0),
      as: 'practice',
      practice: { id, name: team.name },
      manages: true,
      mail: `coordination@${slug(team.name)}.example`,
    };
  };
  const inside = (practice: DemoTeam, person: DemoPerson): PracticeViewer => {
    const name = `${person.given} ${person.family}`;
    return {
      region,
      practitioner: person.practitionerId,
      name,
      caller: caller(person.practitionerId, name, person.profession, practice.tenant),
      as: 'practice',
      practice: { id: practice.id, name: practice.name },
      manages: true,
      mail: `coordination@${slug(practice.name)}.example`,
    };
  };
  const about = (
    viewer: PracticeViewer,
    territory: string,
    members: Record<string, number>,
    themes: string[],
    askedBy: 'professionals' | 'elected' = 'professionals',
  ) => ({
    askedBy,
    territory,
    members,
    generalists: members.physician ?? 0,
    themes,
    association: {
      name: `Santé ${territory.split(',')[0]}`,
      seat: `Mairie de ${territory.split(',')[0]}`,
      president: viewer.name,
      purpose: '',
    },
    contact: { name: viewer.name, role: 'Coordination', mail: viewer.mail ?? '' },
  });
  const present = (
    members: Record<string, number>,
    more: { name: string; side: 'ars' | 'elected' | 'geco' | 'essort' }[],
  ) => [
    ...Object.keys(members).map((profession, at) => ({
      name: ['Maëlle Kerné', 'Loïc Prigent', 'Enora Tual', 'Denis Lamour', 'Sylvie Huon', 'Brieuc Denmat'][at % 6]!,
      side: 'team' as const,
      profession,
    })),
    ...more.map((one) => ({ ...one, profession: null })),
  ];

  /** Phase 1 from the first meeting to the request, which stands `days` ago. */
  async function begin(
    viewer: PracticeViewer,
    kind: 'esp' | 'msp',
    said: ReturnType<typeof about>,
    days: number,
  ): Promise<string> {
    const { id } = await acts(ago(days + 90)).openTrack(viewer, kind);
    await acts(ago(days + 89)).saveTrack(viewer, id, kind, said);
    await acts(ago(days + 60)).shareTrack(viewer, id, partner.practitioner);
    const meeting = await acts(ago(days + 60)).logMeeting(viewer, id, {
      phase: 1,
      day: ago(days + 60),
      place: `Mairie de ${said.territory.split(',')[0]}`,
      halfDays: 0,
      present: present(said.members, [
        { name: partner.name, side: 'essort' },
        { name: officer.name, side: 'ars' },
      ]),
      minutes:
        'Tour de table : chaque profession dit ce qu’elle attend d’un exercice coordonné.\nLes communes du territoire sont arrêtées. L’association sera créée dans le mois.',
    });
    await acts(ago(days + 58)).meetingMinutes(viewer, id, meeting.id);
    await acts(ago(days + 40)).statutes(viewer, id);
    await acts(ago(days)).askSupport(viewer, id);
    return id;
  }
  async function accept(id: string, days: number): Promise<void> {
    await acts(ago(days)).answerCheck(
      officer,
      id,
      'professions',
      true,
      'Chaque profession était représentée aux rencontres.',
    );
    await acts(ago(days)).answerCheck(officer, id, 'territory', true);
    await acts(ago(days)).answerRequest(officer, id, true);
  }
  const self = {
    mode: 'self',
    amount: 10,
    provider: '',
    consultant: null,
    coordinator: '',
    coordinatorSince: null,
    pacte: false,
  } as const;
  /** Phase 2 to the commission, `days` ago. */
  async function write(
    viewer: PracticeViewer,
    id: string,
    texts: Record<string, string>,
    days: number,
    support: Parameters<ReturnType<typeof acts>['planSupport']>[2] = self,
  ): Promise<void> {
    await acts(ago(days + 80)).planSupport(viewer, id, support);
    await acts(ago(days + 30)).writeProject(viewer, id, texts);
    await acts(ago(days + 29)).keepVersion(viewer, id, 'Première rédaction');
    await acts(ago(days)).submitProject(viewer, id);
  }
  async function decide(id: string, outcome: 'validated' | 'returned', days: number, reason = ''): Promise<void> {
    await acts(ago(days + 6)).giveOpinion(
      reviewers[0]!,
      id,
      outcome === 'validated' ? 'favourable' : 'reserved',
      outcome === 'validated'
        ? 'Projet clair, porté par toutes les professions, besoins du territoire bien décrits.'
        : 'La permanence des soins et les absences ne sont pas organisées.',
    );
    await acts(ago(days + 5)).giveOpinion(
      reviewers[1]!,
      id,
      outcome === 'validated' ? 'favourable' : 'unfavourable',
      outcome === 'validated'
        ? 'Organisation réaliste, calendrier tenable.'
        : 'Les infirmiers du secteur nord ne sont pas associés au projet.',
    );
    await acts(ago(days)).decideTrack(officer, id, {
      outcome,
      reason,
      signatory: officer.name,
      role: 'Pour le directeur général',
      opinions: 2,
    });
  }
  async function third(viewer: PracticeViewer, id: string, started: number): Promise<void> {
    await acts(ago(started)).agreeTrack(officer, id, {
      startsOn: ago(started),
      amountCents: 3_200_000,
      signatory: officer.name,
      signatoryRole: 'Pour le directeur général',
    });
    const proof = renderPdf(
      '#show: letter.with(title: data.title, practice: data.team, foot: data.foot)\n#words(data.text)',
      {
        title: 'Preuve',
        team: viewer.practice.name,
        foot: 'Document inventé',
        text: 'Ce document est inventé : il tient lieu de la preuve jointe par l’équipe.',
      },
      new Date(`${ago(20)}T10:00:00Z`),
    );
    for (const [requirement, section, title, who, months, state] of requirementActions) {
      const facts = { requirement, section, title, who, due: addDays(today, months * 30) };
      const { id: action } = await acts(ago(started - 5)).addAction(viewer, id, facts);
      if (state !== 'todo') await acts(ago(20)).markAction(viewer, id, action, facts, state);
      if (state === 'done')
        await acts(ago(19)).addTrackFile(viewer, id, {
          kind: `proof-${action}`,
          name: `${slug(title).slice(0, 40)}.pdf`,
          bytes: proof,
        });
    }
    await acts(ago(started - 6)).agreementPaper(officer, id);
  }

  // Recognised long ago.
  const iroise = outside(of('iroise'));
  const first = await begin(
    iroise,
    'msp',
    about(iroise, of('iroise').territory, of('iroise').members, ['Diabète']),
    2600,
  );
  await accept(first, 2580);
  await write(iroise, first, msp, 2400);
  await decide(first, 'validated', 2380);
  // In phase 3, half of its plan done.
  const blavet = outside(of('blavet'));
  const plan = await begin(
    blavet,
    'msp',
    about(blavet, of('blavet').territory, of('blavet').members, ['Plaies chroniques', 'Chutes']),
    620,
  );
  await accept(plan, 600);
  await write(blavet, plan, msp, 330, { ...self, mode: 'consultant', amount: 9, consultant: consultant.practitioner });
  await decide(plan, 'validated', 300);
  await third(blavet, plan, 200);
  // Sent back with reasons.
  const semnon = outside(of('semnon'));
  const back = await begin(
    semnon,
    'msp',
    about(semnon, of('semnon').territory, of('semnon').members, ['Personnes âgées'], 'elected'),
    260,
  );
  await accept(back, 240);
  await write(semnon, back, { ...msp, continuity: 'À compléter avec les confrères.' }, 40);
  await decide(
    back,
    'returned',
    12,
    'La permanence des soins et les absences ne sont pas organisées. Les infirmiers du secteur nord ne sont pas associés : rencontrez-les, puis complétez la partie « Continuité des soins ».',
  );
  // Before the commission, one opinion given.
  const trieux = outside(of('trieux'));
  const waiting = await begin(
    trieux,
    'msp',
    about(trieux, of('trieux').territory, of('trieux').members, ['Insuffisance cardiaque']),
    210,
  );
  await accept(waiting, 200);
  await write(trieux, waiting, msp, 8, {
    ...self,
    mode: 'pool',
    amount: 11,
    coordinator: 'Gwenola Mahé',
    coordinatorSince: ago(900),
    pacte: true,
  });
  await acts(ago(3)).giveOpinion(
    reviewers[0]!,
    waiting,
    'favourable',
    'Organisation précise des soins non programmés ; équipe déjà en mouvement.',
  );
  // An ESP that writes its project.
  const couesnon = outside(of('couesnon'));
  const writing = await begin(
    couesnon,
    'esp',
    about(couesnon, of('couesnon').territory, of('couesnon').members, [
      'Personnes âgées fragiles',
      'Prévention des chutes',
    ]),
    90,
  );
  await accept(writing, 75);
  await acts(ago(70)).planSupport(couesnon, writing, {
    ...self,
    mode: 'meetings',
    amount: 5,
    provider: 'Atelier Santé Coordonnée',
  });
  for (const [day, words] of [
    [60, 'Choix des thèmes.'],
    [35, 'Écriture du territoire et des professionnels.'],
    [14, 'Rythme des réunions sur les situations.'],
  ] as const)
    await acts(ago(day)).logMeeting(couesnon, writing, {
      phase: 2,
      day: ago(day),
      place: 'Pharmacie d’Antrain',
      halfDays: 1,
      present: present(of('couesnon').members, []),
      minutes: words,
    });
  await acts(ago(30)).writeProject(couesnon, writing, esp);
  await acts(ago(28)).keepVersion(couesnon, writing, 'Après la deuxième réunion');
  await acts(ago(10)).addRemark(
    officer,
    writing,
    'themes',
    'Combien d’évaluations par an ? Un chiffre aiderait la commission.',
  );
  // Asked for by elected officials, not yet answered.
  const arree = outside(of('arree'));
  await begin(
    arree,
    'esp',
    about(arree, of('arree').territory, of('arree').members, ['Accès aux soins des enfants'], 'elected'),
    6,
  );

  const [abers, vilaine] = practices;
  const coordinatorOf = (practice: DemoTeam) =>
    inside(practice, practice.people.find(({ profession }) => profession === 'coordinator')!);
  const counted = (practice: DemoTeam): Record<string, number> => {
    const members: Record<string, number> = {};
    for (const { profession } of practice.people)
      if (!['administrator', 'coordinator', 'medical-secretary', 'medical-assistant'].includes(profession))
        members[profession] = (members[profession] ?? 0) + 1;
    return members;
  };
  if (abers) {
    const viewer = coordinatorOf(abers);
    const id = await begin(
      viewer,
      'msp',
      about(viewer, 'Lannilis, Landéda, Plouguerneau', counted(abers), ['Diabète', 'Fragilité']),
      860,
    );
    await accept(id, 840);
    await write(viewer, id, msp, 530);
    await decide(id, 'validated', 500);
    await third(viewer, id, 240);
  }
  if (vilaine) {
    const viewer = coordinatorOf(vilaine);
    const id = await begin(
      viewer,
      'msp',
      about(viewer, 'Redon, Bains-sur-Oust', counted(vilaine), ['Soins palliatifs à domicile']),
      120,
    );
    await accept(id, 100);
    await acts(ago(95)).planSupport(viewer, id, {
      ...self,
      mode: 'consultant',
      amount: 8,
      consultant: consultant.practitioner,
    });
    const writer = vilaine.people.find(({ profession }) => profession === 'nurse')!;
    await acts(ago(90)).shareTrack(viewer, id, writer.practitionerId);
    await acts(ago(60)).logMeeting(consultant, id, {
      phase: 2,
      day: ago(60),
      place: 'Pôle de Redon',
      halfDays: 2,
      present: present(counted(vilaine), []),
      minutes: 'Répartition des parties entre les professions.',
    });
    await acts(ago(40)).writeProject(
      viewer,
      id,
      Object.fromEntries(
        ['team', 'opening', 'unscheduled', 'protocols', 'case-meetings'].map((section) => [section, msp[section]!]),
      ),
    );
    await acts(ago(38)).keepVersion(viewer, id, 'Avant la réunion d’équipe');
    await acts(ago(21)).writeProject({ ...inside(vilaine, writer), manages: false }, id, {
      'case-meetings': '\n\nLes infirmiers préparent la liste des situations la semaine d’avant.',
      continuity: 'Les absences sont couvertes à l’intérieur de l’équipe.',
    });
    await acts(ago(20)).addRemark(
      consultant,
      id,
      'opening',
      'Dites aussi ce qui est prévu pendant les vacances scolaires sur le site de Bains.',
    );
  }
}
