import { renderPdf } from '../src/platform/index.ts';
import {
  type Edition,
  edition,
  type PracticeViewer,
  type ProgrammeActs,
  shippedEditions,
  type Viewer,
} from '../src/programme/index.ts';
import { recordChoice } from './programme-choice.ts';
import { leaveDeployment, matureFirst } from './programme-leading.ts';
import { fundAgreement, fundBalance, fundChoice, fundDeployment, fundToday } from './programme-money.ts';
import { type Team, teams } from './programme-teams.ts';

/** The demo region as its projects need it: its people, its practices, acts on a day. */
export interface Region {
  today: string;
  region: Viewer['region'];
  officer: Viewer;
  gcs: Viewer;
  consultant: Viewer;
  vendor: Viewer;
  partner: Viewer;
  acts(day: string, time?: string): ProgrammeActs;
  /** ISO day so many days before today. */
  day(back: number): string;
  /** An invented team, and a practice of the demo, as those who manage their file. */
  viewer(team: Team): PracticeViewer;
  apply(viewer: PracticeViewer, call: string, day: string, answers: Record<string, unknown>): Promise<string>;
  answers(team: Team, validatedOn: string, more: Record<string, unknown>): Record<string, unknown>;
  /** The practices of the demo region: the Abers, the Vilaine. */
  practices: readonly { viewer: PracticeViewer; nurse: PracticeViewer; team: Team; tenant: number }[];
}

/** A project of the demo, as it is being lived. */
export interface LivedProject {
  id: string;
  /** Id of its step today; `closed`: none. */
  at: string;
  team: Team;
  viewer: PracticeViewer;
  /** ISO day so many days after the choice of the teams. */
  after(days: number): string;
}

/** Teams of the spring call: key, name, territory, who leads. */
const spring = `
  aulne       | MSP de l’Aulne               | Châteauneuf-du-Faou, Spézet       | Hervé Quiniou
  tregor      | Pôle de santé du Trégor      | Plestin-les-Grèves, Plouaret      | Nathalie Le Roux
  ponthou     | Maison de santé du Douron    | Guerlesquin, Plouigneau           | Yann Jaouen
  mene        | MSP du Mené                  | pays du Mené                      | Sandrine Rault
  brocelian   | MSP de Brocéliande           | Plélan-le-Grand, Paimpont         | Damien Houssin
  groix       | Équipe de l’île de Groix     | Groix                             | Katell Tristant
  baud        | Maison de santé du Pays de Baud | Baud, Pluméliau                | Franck Le Gal
  combourg    | Pôle de santé de Combourg    | Combourg, Tinténiac               | Isabelle Chevrel
`
  .trim()
  .split('\n')
  .map((line, at): Team => {
    const [key, name, territory, contact] = line.split('|').map((part) => part.trim()) as [
      string,
      string,
      string,
      string,
    ];
    return { ...teams.filter(({ member }) => member)[at % 7]!, key, name, territory, contact };
  });

const invented = (title: string, team: string): Buffer =>
  renderPdf(
    '#show: letter.with(title: data.title, practice: data.team, foot: data.foot)\n#words(data.text)',
    { title, team, foot: 'Document inventé', text: 'Ce document est inventé : il tient lieu de celui de l’équipe.' },
    new Date('2024-09-01T10:00:00Z'),
  );

/** Where each project of the spring call is today: the step that is under way. The first is the practice of the Abers. */
const stages = [
  'needs',
  'choice',
  'deployment',
  'needs',
  'launch',
  'agreement',
  'choice',
  'deployment',
  'choice',
] as const;
const months = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

/** The call of last spring: its steps are laid so that the choice of the software falls now, whatever the day. */
export function springCall(today: string, day: (back: number) => string): Edition {
  const of2024 = shippedEditions[1]!;
  const opens = day(235);
  const year = Number(opens.slice(0, 4));
  const shift = months(`${year}-11-01`, today);
  return edition.parse({
    ...of2024,
    id: `sip-${year}-printemps`,
    title: `Appel à candidatures SIP ${year}, vague de printemps`,
    year,
    deadline: `${day(215)}T23:59:59`,
    steps: of2024.steps.map((step) => ({ ...step, fromMonth: step.fromMonth + shift, toMonth: step.toMonth + shift })),
    funding: { ...of2024.funding, notBefore: `${year}-01-01` },
  });
}

/** Projects of the spring call, each brought to its step; the project of the Vilaine, from the call of 2021, closed with its completion report. */
export async function writeProjects(region: Region): Promise<LivedProject[]> {
  const { officer, gcs, consultant, acts, day } = region;
  const call = springCall(region.today, day);
  await acts(day(240)).publish(officer, call, 'sip-2024');
  const chosen: { team: Team; viewer: PracticeViewer; application: string }[] = [];
  const abers = region.practices[0];
  const applicants = [
    ...(abers ? [{ team: abers.team, viewer: abers.viewer }] : []),
    ...spring.map((team) => ({ team, viewer: region.viewer(team) })),
  ];
  for (const [at, one] of applicants.entries())
    chosen.push({
      ...one,
      application: await region.apply(
        one.viewer,
        call.id,
        day(233 - at),
        region.answers(one.team, day(600), { 'aci.member': true }),
      ),
    });
  await acts(day(205)).decide(officer, call.id, { places: 10, reason: '', settled: [] });
  await acts(day(203)).notify(officer, call.id, {
    signatory: 'Maïwenn Kerdoncuff',
    role: 'Instructrice des appels à candidatures',
    note: '',
  });
  await acts(day(196)).publishResults(officer, call.id);
  await acts(day(196)).openProjects(officer, call.id);
  const opened = new Map(
    (await acts(region.today).projectsOf(officer))
      .filter((one) => one.edition === call.id)
      .map((one) => [one.application, one.id]),
  );
  const lived = chosen.map(
    ({ team, viewer, application }, at): LivedProject => ({
      id: opened.get(application)!,
      at: stages[at % stages.length]!,
      team,
      viewer,
      after: (days) => day(205 - days),
    }),
  );
  for (const project of lived) {
    await acts(day(194)).giveParty(gcs, project.id, consultant.practitioner);
    await advance(region, call, project);
  }
  await fundToday(region, call.id, lived);
  const vilaine = await closedProject(region);
  return vilaine ? [...lived, vilaine] : lived;
}

/** What each room leaves in a project before one of its steps ends, in order, on that day. A room adds its line. */
const leaves: Readonly<
  Record<string, readonly ((region: Region, project: LivedProject, on: string) => Promise<void>)[]>
> = {
  choice: [matureFirst, recordChoice, fundChoice],
  agreement: [fundAgreement],
  deployment: [leaveDeployment, fundDeployment],
  balance: [fundBalance],
};
/** Ends a step: what the rooms leave, a file that stands for each deliverable that none has left, then closed; passed with a reason when something that nobody told here still holds it. */
async function endStep(
  region: Region,
  project: LivedProject,
  step: Edition['steps'][number],
  on: string,
): Promise<void> {
  const { officer, acts } = region;
  for (const leave of leaves[step.id] ?? []) await leave(region, project, on);
  const there = await acts(on).kindsOf(officer, project.id);
  for (const { kind, label, required } of step.deliverables)
    if (required && kind !== 'notification' && !there.has(kind))
      await acts(on).addFile(officer, project.id, {
        kind,
        name: `${label}.pdf`,
        bytes: invented(label, project.team.name),
      });
  await acts(on)
    .closeStep(officer, project.id, step.id)
    .catch((error: { status?: number }) => {
      if (error.status !== 422) throw error;
      return acts(on).skipStep(officer, project.id, step.id, 'Étape menée avant la mise en service de cet outil.');
    });
}
/** Ends each step before the one where the project is. */
async function advance(region: Region, call: Edition, project: LivedProject): Promise<void> {
  const until = call.steps.findIndex(({ id }) => id === project.at);
  for (const [at, step] of (until < 0 ? call.steps : call.steps.slice(0, until)).entries())
    await endStep(region, project, step, region.day(Math.max(2, 190 - at * 28)));
}

/** The Vilaine, chosen in 2021, whose project went to its end in the following year. */
async function closedProject(region: Region): Promise<LivedProject | undefined> {
  const { officer, gcs, consultant, acts } = region;
  const vilaine = region.practices[1];
  if (!vilaine) return undefined;
  await acts('2021-02-02').openProjects(officer, 'sip-2021');
  const all = (await acts('2021-02-02').projectsOf(officer)).filter((one) => one.edition === 'sip-2021');
  const own = all.find((one) => one.practice === vilaine.viewer.practice.id);
  for (const one of all)
    if (one !== own)
      await acts('2021-06-30').stop(
        officer,
        one.id,
        'Projet mené avant la mise en service de cet outil : son dossier est dans les archives de la région.',
      );
  if (!own) return undefined;
  await acts('2021-02-10').giveParty(gcs, own.id, consultant.practitioner);
  const after = (days: number) =>
    new Date(Date.parse('2021-02-02T12:00:00Z') + days * 86_400_000).toISOString().slice(0, 10);
  return { id: own.id, at: 'closed', team: vilaine.team, viewer: vilaine.viewer, after };
}
/** Ends the steps of the closed project. */
export async function endClosed(region: Region, project: LivedProject): Promise<void> {
  for (const [at, step] of shippedEditions[0]!.steps.entries())
    await endStep(region, project, step, project.after(20 + at * 36));
}
