import type { Access, PersonCaller, Practice, Profession } from '../src/access/index.ts';
import { addDays, renderPdf } from '../src/platform/index.ts';
import {
  type Edition,
  edition,
  partOf,
  type PracticeViewer,
  type Programme,
  shippedEditions,
  type Viewer,
} from '../src/programme/index.ts';
import { Chance } from './random.ts';
import { type DemoPerson, slug } from './staff.ts';
import { writeGatherings } from './programme-gatherings.ts';
import { writeChoice } from './programme-choice.ts';
import { endClosed, type Region, writeProjects } from './programme-projects.ts';
import { writeLeading } from './programme-leading.ts';
import { writeTracks } from './programme-policy.ts';
import { type Team, teams } from './programme-teams.ts';

/** A demo practice that belongs to the demo region. */
export interface DemoTeam extends Practice {
  people: readonly DemoPerson[];
}

const regionals: readonly (readonly [Profession, string, string])[] = [
  ['ars-officer', 'Maïwenn', 'Kerdoncuff'],
  ['commission-member', 'Gildas', 'Ollivier'],
  ['commission-member', 'Rachel', 'Tonnerre'],
  ['gcs-officer', 'Corentin', 'Le Dantec'],
  ['consultant', 'Bérengère', 'Salou'],
  ['vendor', 'Florian', 'Weber'],
  ['partner', 'Annaïg', 'Pogam'],
  ['administrator', 'Yves', 'Kergoat'],
];

/**
 * The demo region's programme, lived through the acts of the room on their days: the call of 2021 from its fourteen applications to its letters, a call that was closed a week ago and
 * is under review, and one that is open, where the practice of the Abers has begun its file.
 */
export async function writeProgramme(
  { access, programme }: { access: Access; programme: Programme },
  practices: readonly DemoTeam[],
  today: string,
): Promise<void> {
  const made = await access.createRegion('ARS Bretagne (démonstration)');
  const region = { tenant: made.tenant, id: made.id, name: made.name };
  for (const practice of practices) await access.joinRegion(practice.id, region.id);
  const people: (Viewer & { profession: Profession })[] = [];
  for (const [profession, given, family] of regionals) {
    const privileged = profession === 'administrator';
    const { practitioner, name } = await access.createUser(region.tenant, {
      login: `${slug(given)}.${slug(family)}`,
      given,
      family,
      profession,
      kind: privileged ? 'privileged' : 'care',
      roles: privileged ? ['owner', 'administrator'] : [],
      practitioner: `region-${slug(given)}-${slug(family)}`,
      demo: true,
    });
    const caller: PersonCaller = {
      kind: 'person',
      tenant: region.tenant,
      practitioner,
      profession,
      roles: [],
      name,
      region: true,
      session: '',
    };
    people.push({ region, practitioner, name, caller, profession, as: partOf(profession) });
  }
  const demo = new Demo(
    programme,
    region,
    people.find(({ as }) => as === 'officer')!,
    people.filter(({ as }) => as === 'reviewer'),
    today,
  );
  await demo.call2021(practices);
  await demo.underReview();
  await demo.open(practices);
  await writeTracks(programme, region, people, practices, today);
  const asLived = demo.lived(people, practices);
  const lived = await writeProjects(asLived);
  await writeChoice(asLived, lived);
  await writeGatherings(asLived, lived);
  const closed = lived.find(({ at }) => at === 'closed');
  if (closed) await endClosed(asLived, closed);
  await writeLeading(asLived, lived);
}

const reasons = [
  [
    'Attentes confuses d’une profession à l’autre.',
    'Besoins partagés, mal hiérarchisés.',
    'Besoins clairs, par profession.',
    'Besoins précis, exemples de parcours à l’appui.',
  ],
  [
    'Personne n’a encore de temps pour le projet.',
    'Un référent nommé, peu de temps.',
    'Un référent et un médecin portent le projet.',
    'Groupe projet de quatre professions, temps prévu.',
  ],
  [
    'Calendrier non renseigné.',
    'Calendrier serré, équipement à compléter.',
    'Étapes réalistes.',
    'Étapes réalistes, réseau et postes déjà prêts.',
  ],
] as const;

class Demo {
  readonly #paper: Buffer;
  readonly #validation: Buffer;
  readonly #engagement: Buffer;
  readonly programme: Programme;
  readonly region: Viewer['region'];
  readonly officer: Viewer;
  readonly reviewers: readonly Viewer[];
  readonly today: string;
  constructor(
    programme: Programme,
    region: Viewer['region'],
    officer: Viewer,
    reviewers: readonly Viewer[],
    today: string,
  ) {
    this.programme = programme;
    this.region = region;
    this.officer = officer;
    this.reviewers = reviewers;
    this.today = today;
    const paper = (title: string, text: string) =>
      renderPdf(
        '#show: letter.with(title: data.title, practice: data.team, foot: data.foot)\n#words(data.text)',
        { title, team: 'Équipe de démonstration', foot: 'Document inventé', text },
        new Date('2020-09-01T10:00:00Z'),
      );
    this.#paper = paper(
      'Projet de santé',
      'Territoire, professionnels, accès aux soins, travail en équipe, partage d’information.\n\nCe document est inventé : il tient lieu du projet de santé de l’équipe.',
    );
    this.#validation = paper(
      'Validation du projet de santé',
      'Le projet de santé de l’équipe est validé.\n\nCe document est inventé : il tient lieu du courrier de validation.',
    );
    this.#engagement = paper(
      'Engagement à adhérer à l’ACI',
      'L’équipe s’engage à adhérer à l’accord conventionnel interprofessionnel.\n\nCe document est inventé.',
    );
  }
  #acts(day: string, time = '10:00:00') {
    return this.programme.on(() => new Date(`${day}T${time}Z`));
  }
  #viewer(team: Team): PracticeViewer {
    const id = `equipe-${team.key}`;
    const caller: PersonCaller = {
      kind: 'person',
      tenant: 0,
      practitioner: id,
      profession: 'coordinator',
      roles: [],
      name: team.contact,
      session: '',
    };
    return {
      region: this.region,
      practitioner: id,
      name: team.contact,
      caller,
      as: 'practice',
      practice: { id, name: team.name },
      manages: true,
      mail: `coordination@${slug(team.name)}.example`,
    };
  }
  #member(practice: DemoTeam, person: DemoPerson): PracticeViewer {
    const name = `${person.given} ${person.family}`;
    const caller: PersonCaller = {
      kind: 'person',
      tenant: practice.tenant,
      practitioner: person.practitionerId,
      profession: person.profession,
      roles: [],
      name,
      session: '',
    };
    return {
      region: this.region,
      practitioner: person.practitionerId,
      name,
      caller,
      as: 'practice',
      practice: { id: practice.id, name: practice.name },
      manages: true,
    };
  }
  /** The region as its projects need it. */
  lived(people: readonly (Viewer & { profession: Profession })[], practices: readonly DemoTeam[]): Region {
    const of = (part: Viewer['as']) => people.find(({ as }) => as === part)!;
    return {
      today: this.today,
      region: this.region,
      officer: this.officer,
      gcs: of('gcs'),
      consultant: of('consultant'),
      vendor: of('vendor'),
      partner: of('partner'),
      acts: (day, time) => this.#acts(day, time),
      day: (back) => addDays(this.today, -back),
      viewer: (team) => this.#viewer(team),
      answers: (team, validatedOn, more) => this.#answers(team, validatedOn, more),
      apply: (viewer, call, day, answers) => this.#apply(viewer, call, day, answers as Record<string, never>),
      practices: practices.flatMap((practice, i) => {
        const [coordinator, nurse] = ['coordinator', 'nurse'].map((wanted) =>
          practice.people.find(({ profession }) => profession === wanted),
        );
        if (!coordinator || !nurse) return [];
        const viewer = this.#member(practice, coordinator);
        const team: Team = {
          ...teams[4]!,
          name: practice.name,
          contact: viewer.name,
          territory: i === 0 ? 'Lannilis, Landéda, Plouguerneau' : 'Redon, Bains-sur-Oust',
          members: {},
        };
        return [{ viewer, nurse: { ...this.#member(practice, nurse), manages: false }, team, tenant: practice.tenant }];
      }),
    };
  }
  #answers(team: Team, validatedOn: string, more: Record<string, unknown>): Record<string, never> {
    const all = {
      'team.name': team.name,
      'team.legalForm': team.legalForm,
      'team.sites': `Pôle principal, ${team.territory.split(',')[0]}`,
      'team.territory': team.territory,
      'team.fragileTerritory': team.fragile,
      'team.members': team.members,
      'healthProject.written': true,
      'healthProject.validated': true,
      'healthProject.validatedOn': validatedOn,
      'coordination.coordinator': team.coordinator,
      'coordination.referent': true,
      'coordination.referentName': team.contact,
      'coordination.meetings': team.meetings,
      'coordination.complexCases': team.complex,
      'coordination.protocols': team.protocols,
      'software.present': team.software,
      'software.equipment': 'Un poste par cabinet, réseau commun à compléter sur un site.',
      'software.labelled': true,
      'calendar.wanted': 'Choix au printemps, déploiement à l’automne.',
      'signatory.name': team.contact,
      'signatory.role': 'Pour l’équipe',
      ...more,
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, never>;
  }
  async #apply(
    viewer: PracticeViewer,
    call: string,
    day: string,
    answers: Record<string, never>,
    time?: string,
  ): Promise<string> {
    const { id } = await this.#acts(day, time).open(viewer, call);
    await this.#finish(viewer, id, answers, day, time);
    return id;
  }
  async #score(reviewer: Viewer, call: string, id: string, key: string, day: string): Promise<void> {
    const chance = new Chance(`${call} ${key} ${reviewer.name}`);
    for (const [i, item] of ['project', 'organisation', 'calendar'].entries()) {
      const level = chance.int(0, 3);
      await this.#acts(day).score(reviewer, id, item, {
        points: Math.min(5, level + 1 + chance.int(0, 1)),
        reason: reasons[i]![level]!,
      });
    }
  }

  /** Fourteen applications for ten places: ten chosen, two wait, two refused. The practice of the Vilaine is chosen, the one of the Abers waits. */
  async call2021(practices: readonly DemoTeam[]): Promise<void> {
    const call = 'sip-2021';
    const ids = new Map<string, string>();
    const of2021 = (commitment: Team['commitment']) => ({
      'aci.member': false,
      'aci.plans': commitment !== 'none',
      'aci.plannedOn': commitment === 'none' ? undefined : '2021-09-01',
      'aci.committed': commitment === 'written' ? true : undefined,
    });
    for (const [i, team] of teams.slice(0, 12).entries())
      ids.set(
        team.key,
        await this.#apply(
          this.#viewer(team),
          call,
          `2020-12-${String(1 + i).padStart(2, '0')}`,
          this.#answers(team, '2020-06-15', of2021(team.commitment)),
        ),
      );
    for (const [i, practice] of practices.entries()) {
      const coordinator = practice.people.find(({ profession }) => profession === 'coordinator')!;
      const viewer = this.#member(practice, coordinator);
      const team: Team = {
        ...teams[4]!,
        name: practice.name,
        contact: viewer.name,
        territory: i === 0 ? 'Lannilis, Landéda, Plouguerneau' : 'Redon, Bains-sur-Oust',
        fragile: i === 1,
        commitment: i === 1 ? 'written' : 'none',
        members: {},
      };
      const { id } = await this.#acts('2020-12-16').open(viewer, call);
      ids.set(practice.id, id);
      // What the practice already says of itself is there: the rest is told.
      const told = this.#answers(team, '2020-05-04', of2021(team.commitment)) as Record<string, never>;
      for (const field of [
        'team.name',
        'team.sites',
        'team.members',
        'coordination.coordinator',
        'coordination.referentName',
      ])
        delete told[field];
      await this.#finish(viewer, id, told, '2020-12-17');
    }
    for (const [key, id] of ids)
      for (const reviewer of [...this.reviewers, this.officer])
        await this.#score(reviewer, call, id, key, '2021-01-12');
    await this.#acts('2021-01-14').overrule(this.officer, ids.get('odet')!, {
      rule: 'software',
      answer: 'no',
      reason: 'Le logiciel retenu par l’équipe est sorti de la liste nationale en décembre 2020.',
    });
    await this.#acts('2021-01-14').overrule(this.officer, ids.get('ruis')!, {
      rule: 'aci',
      answer: 'no',
      reason:
        'Le centre de santé relève de l’accord national des centres de santé, qui finance déjà son système d’information.',
    });
    await this.#acts('2021-01-20').decide(this.officer, call, { places: 10, reason: '', settled: [] });
    await this.#acts('2021-01-22').notify(this.officer, call, {
      signatory: 'Maïwenn Kerdoncuff',
      role: 'Instructrice des appels à candidatures',
      note: '',
    });
    await this.#acts('2021-01-29').publishResults(this.officer, call);
    const rhuys = teams.find(({ key }) => key === 'rhuys')!;
    await this.#acts('2021-02-15').renounce(
      this.#viewer(rhuys),
      ids.get(rhuys.key)!,
      'Un des trois médecins part à la retraite : l’équipe reporte son projet d’un an.',
    );
  }
  async #finish(
    viewer: PracticeViewer,
    id: string,
    told: Record<string, never>,
    day: string,
    time?: string,
  ): Promise<void> {
    const acts = this.#acts(day, time);
    await acts.fill(viewer, id, told);
    await acts.attach(viewer, id, { document: 'health-project', name: 'projet de santé.pdf', bytes: this.#paper });
    await acts.attach(viewer, id, { document: 'validation', name: 'validation ARS.pdf', bytes: this.#validation });
    if (told['aci.committed'])
      await acts.attach(viewer, id, {
        document: 'aci-commitment',
        name: 'engagement ACI.pdf',
        bytes: this.#engagement,
      });
    await acts.submit(viewer, id);
  }

  #edition(year: number, closes: string): Edition {
    const [, of2024] = shippedEditions;
    return edition.parse({
      ...of2024!,
      id: `sip-${year}`,
      title: `Appel à candidatures SIP ${year}`,
      year,
      deadline: `${closes}T23:59:59`,
      funding: { ...of2024!.funding, notBefore: `${year}-01-01` },
    });
  }
  /** Closed a week ago: fourteen applications, the review is under way. */
  async underReview(): Promise<void> {
    const year = Number(this.today.slice(0, 4));
    const day = (back: number) => addDays(this.today, -back);
    const body = this.#edition(year, day(7));
    await this.#acts(day(70)).publish(this.officer, body, 'sip-2024');
    for (const [i, team] of teams.entries()) {
      const aci = team.member
        ? { 'aci.member': true }
        : { 'aci.member': false, 'aci.plans': true, 'aci.plannedOn': addDays(this.today, 150) };
      const id = await this.#apply(
        this.#viewer(team),
        body.id,
        day(40 - 2 * i),
        this.#answers(team, day(400), aci),
        `08:${String(10 + i)}:0${i % 10}`,
      );
      if (i < 9) await this.#score(this.reviewers[0]!, body.id, id, team.key, day(3));
      if (team.key === 'rhuys')
        await this.#acts(day(3)).interest(
          this.reviewers[1]!,
          id,
          'J’ai exercé dans cette équipe jusqu’à l’an dernier.',
        );
      else if (i < 6) await this.#score(this.reviewers[1]!, body.id, id, team.key, day(2));
    }
  }
  /** Open for six weeks more: three teams have submitted, the Abers have begun. */
  async open(practices: readonly DemoTeam[]): Promise<void> {
    const day = (back: number) => addDays(this.today, -back);
    const body = this.#edition(Number(this.today.slice(0, 4)) + 1, addDays(this.today, 42));
    await this.#acts(day(20)).publish(this.officer, body, 'sip-2024');
    for (const [i, team] of [teams[12]!, teams[2]!, teams[13]!].entries()) {
      const aci = team.member
        ? { 'aci.member': true }
        : { 'aci.member': false, 'aci.plans': true, 'aci.plannedOn': addDays(this.today, 200) };
      await this.#apply(this.#viewer(team), body.id, day(9 - 3 * i), this.#answers(team, day(420), aci));
    }
    const abers = practices[0];
    const coordinator = abers?.people.find(({ profession }) => profession === 'coordinator');
    if (!abers || !coordinator) return;
    const viewer = this.#member(abers, coordinator);
    const { id } = await this.#acts(day(5)).open(viewer, body.id);
    const nurse = abers.people.find(({ login }) => login === 'soizic.abgrall')!;
    await this.#acts(day(5)).members(viewer, id, [
      { practitioner: nurse.practitionerId, name: `${nurse.given} ${nurse.family}` },
    ]);
    await this.#acts(day(4)).fill(viewer, id, {
      'team.legalForm': 'sisa',
      'team.territory': 'Lannilis, Landéda, Plouguerneau',
      'team.fragileTerritory': true,
      'healthProject.written': true,
      'healthProject.validated': true,
      'healthProject.validatedOn': day(500),
      'aci.member': false,
      'aci.plans': true,
      'coordination.meetings': 6,
      'coordination.complexCases': true,
    });
    await this.#acts(day(1)).fill({ ...this.#member(abers, nurse), manages: false }, id, {
      'software.present': 'Trois logiciels de médecine, un logiciel infirmier, dossiers papier des autres professions.',
      'coordination.protocols': 2,
    });
    await this.#acts(day(4)).attach(viewer, id, {
      document: 'health-project',
      name: 'projet de santé des Abers.pdf',
      bytes: this.#paper,
    });
  }
}
