import type { Communication, Reference, Resource, ServiceRequest, Task } from '@medplum/fhirtypes';
import { type Profession, professions } from '../src/access/professions.ts';
import type { Chart } from './chart.ts';
import { addDays, parisInstant, workday } from './dates.ts';
import { type DemoPerson, titleOf } from './staff.ts';

/**
 * What is asked of whom and what is handed over (COO-7), as coordination writes it: the words in a ServiceRequest or a Communication, who and
 * when in a Task without words.
 */
interface Asked {
  id: string;
  kind?: string;
  title: string;
  detail?: string;
  subject: Reference;
  from: DemoPerson;
  /** A person, a profession, or a reference to a care team; null: whoever. */
  to: DemoPerson | Profession | Reference | null;
  /** Days from today. */
  asked: number;
  due?: number;
  urgent?: boolean;
  status?: Task['status'];
  administrative?: boolean;
  /** What was said with the last act: the reason of a refusal, what was done. */
  said?: string;
  /** Days from today of the last act. */
  changed?: number;
}
/** As the tasks of the product say it: what a protocol asks is coordination. */
const wordsOf = (what: Asked) =>
  what.administrative
    ? 'administrative'
    : what.kind === 'protocol'
      ? 'protocol'
      : what.kind === 'decision'
        ? 'case-meeting'
        : 'task';
const category = (code: string) => [{ coding: [{ system: 'urn:estran:category', code }] }];
const ref = (person: DemoPerson) => ({
  extension: [{ url: 'urn:estran:role', valueCode: person.profession }],
  reference: `Practitioner/${person.practitionerId}`,
  display: titleOf(person),
});
const isPerson = (to: Asked['to']): to is DemoPerson => typeof to === 'object' && to !== null && 'practitionerId' in to;
const offered = (profession: Profession) => [
  { coding: [{ system: 'urn:estran:profession', code: profession, display: professions[profession].fr }] },
];
const requestStatus = { completed: 'completed', cancelled: 'revoked', 'on-hold': 'on-hold' } as const;

/** A moment of a day before today, or early today: nothing is of a time still to come. */
const moment = (today: string, days: number, minutes: number): string =>
  parisInstant(addDays(today, Math.min(days, 0)), days >= 0 ? 10 : minutes);
/** The request, its task, and what was said about it. */
export function askedOf(what: Asked, today: string): Resource[] {
  const status = what.status ?? 'requested';
  const authoredOn = moment(today, what.asked, 10 * 60 + 20);
  const lastModified = what.changed === undefined ? authoredOn : moment(today, what.changed, 16 * 60 + 5);
  const due = what.due === undefined ? undefined : addDays(today, what.due);
  const priority = what.urgent ? 'urgent' : 'routine';
  const requestId = `${what.id}-req`;
  const request: ServiceRequest = {
    resourceType: 'ServiceRequest',
    id: requestId,
    status: requestStatus[status as keyof typeof requestStatus] ?? 'active',
    intent: 'order',
    priority,
    category: category(wordsOf(what)),
    code: { text: what.title },
    subject: what.subject as ServiceRequest['subject'],
    requester: ref(what.from),
    authoredOn,
    ...(due && { occurrenceDateTime: due }),
    ...(what.detail && { note: [{ authorReference: ref(what.from), time: authoredOn, text: what.detail }] }),
  };
  const owner = isPerson(what.to)
    ? { owner: ref(what.to) }
    : typeof what.to === 'string'
      ? { performerType: offered(what.to) }
      : what.to
        ? { owner: what.to as Task['owner'] }
        : {};
  const task: Task = {
    resourceType: 'Task',
    id: what.id,
    status,
    intent: 'order',
    priority,
    code: { coding: [{ system: 'urn:estran:task-kind', code: what.kind ?? 'request' }] },
    focus: { reference: `ServiceRequest/${requestId}` },
    for: what.subject as Task['for'],
    authoredOn,
    lastModified,
    requester: ref(what.from),
    ...owner,
    ...(due && { restriction: { period: { end: due } } }),
    ...(what.changed !== undefined &&
      isPerson(what.to) && { extension: [{ url: 'urn:estran:corrected-by', valueReference: ref(what.to) }] }),
  };
  const said: Communication[] =
    what.said && isPerson(what.to)
      ? [
          {
            resourceType: 'Communication',
            id: `${what.id}-said`,
            status: 'completed',
            category: category(wordsOf(what)),
            topic: { coding: [{ system: 'urn:estran:task-act', code: status === 'rejected' ? 'refused' : 'done' }] },
            subject: what.subject as Communication['subject'],
            about: [{ reference: `Task/${what.id}` }],
            basedOn: [{ reference: `ServiceRequest/${requestId}` }],
            sender: ref(what.to),
            sent: lastModified,
            payload: [{ contentString: what.said }],
          },
        ]
      : [];
  return [request, task, ...said];
}

/** A note for whoever comes next. */
function handedOver(
  chart: Chart,
  what: {
    from: DemoPerson;
    to: Profession | 'team';
    text: string;
    days: number;
    at: number;
    watch?: boolean;
    urgent?: boolean;
    tomorrow?: boolean;
    readBy?: DemoPerson;
  },
): Resource[] {
  const id = chart.id('handover');
  const sent = parisInstant(addDays(chart.today, what.days), what.at);
  const priority = what.urgent ? 'urgent' : 'routine';
  const owner =
    what.to === 'team'
      ? { owner: { reference: `CareTeam/${chart.person.key}-team` } }
      : { performerType: offered(what.to) };
  const note: Communication = {
    resourceType: 'Communication',
    id: `${id}-note`,
    status: 'completed',
    priority,
    category: [{ ...category('handover')[0]!, text: 'Transmission' }],
    subject: chart.subject,
    sender: ref(what.from),
    sent,
    payload: [{ contentString: what.text }],
    ...(what.watch && { topic: { coding: [{ system: 'urn:estran:handover', code: 'watch' }], text: 'À surveiller' } }),
  };
  const read = what.readBy && {
    extension: [
      {
        url: 'urn:estran:read-by',
        valueReference: {
          ...ref(what.readBy),
          extension: [
            ...ref(what.readBy).extension,
            { url: 'urn:estran:at', valueDateTime: parisInstant(addDays(chart.today, what.days), what.at + 45) },
          ],
        },
      },
    ],
  };
  const task: Task = {
    resourceType: 'Task',
    id,
    status: what.readBy ? 'in-progress' : 'requested',
    intent: 'order',
    priority,
    code: { coding: [{ system: 'urn:estran:task-kind', code: 'handover' }] },
    focus: { reference: `Communication/${id}-note` },
    for: chart.subject,
    requester: ref(what.from),
    authoredOn: sent,
    lastModified: sent,
    ...owner,
    ...(what.tomorrow && { executionPeriod: { start: addDays(chart.today, what.days + 1) } }),
    ...read,
  };
  return [note, task];
}

/** One line a task: who asks, who is asked (`*`: whoever of the profession), asked and due in days from today, state, words. */
type Line = [
  from: Profession,
  to: Profession | `*${Profession}` | 'team',
  asked: number,
  due: number | null,
  words: string,
  more?: Partial<Pick<Asked, 'kind' | 'detail' | 'urgent' | 'status' | 'said' | 'changed' | 'administrative'>>,
];
const stories: Record<string, Line[]> = {
  'jean-kerleau': [
    [
      'physician',
      'asalee-nurse',
      -3,
      0,
      'Reprendre l’éducation à l’insuline',
      {
        status: 'accepted',
        changed: -2,
        detail: 'Deux hypoglycémies le mois dernier, le soir. Revoir le resucrage avec sa femme.',
      },
    ],
    [
      'asalee-nurse',
      'physician',
      -2,
      -1,
      'Relire le carnet de glycémies',
      { detail: 'Glycémies du soir à 0,7 g/L trois fois cette semaine.' },
    ],
    ['physician', '*nurse', -4, 2, 'Prise de sang à domicile : HbA1c, créatinine', {}],
    [
      'physician',
      'medical-secretary',
      -1,
      1,
      'Prendre rendez-vous chez l’ophtalmologiste',
      { kind: 'appointment', administrative: true },
    ],
    [
      'physician',
      'pharmacist',
      -5,
      -1,
      'Bilan partagé de médication',
      {
        status: 'completed',
        changed: -1,
        said: 'Fait avec sa femme : double prise de metformine corrigée, pilulier proposé.',
      },
    ],
  ],
  'jeanne-le-goff': [
    [
      'physician',
      'physiotherapist',
      -4,
      1,
      'Rééducation de l’équilibre, deux fois par semaine',
      { status: 'accepted', changed: -3 },
    ],
    ['nurse', 'physician', -2, -1, 'Tension à 10/6 au lever : revoir le traitement', { urgent: true }],
    ['physician', 'coordinator', -3, 2, 'Demander le portage des repas', { kind: 'paperwork', administrative: true }],
    ['nurse', 'pharmacist', -1, 0, 'Préparer le pilulier de la semaine', {}],
    [
      'nurse',
      'medical-secretary',
      -1,
      0,
      'Rappeler sa fille pour la visite de jeudi',
      { kind: 'call', administrative: true },
    ],
    [
      'physician',
      'dietician',
      -6,
      null,
      'Enrichir les repas',
      {
        status: 'rejected',
        changed: -2,
        said: 'Je suis en congé jusqu’au 15 : confiez-la à ma remplaçante ou attendez mon retour.',
      },
    ],
  ],
  'rene-abiven': [
    [
      'nurse',
      'pharmacist',
      -1,
      0,
      'Livrer les seringues et l’oxycodone avant ce soir',
      { urgent: true, status: 'accepted', changed: 0 },
    ],
    ['physician', 'nurse', -2, 0, 'Évaluer la douleur matin et soir', { status: 'accepted', changed: -1 }],
    ['physician', '*psychologist', -5, 3, 'Soutien de son épouse', {}],
    [
      'nurse',
      'coordinator',
      -2,
      1,
      'Trouver une garde de nuit pour le week-end',
      { urgent: true, administrative: true },
    ],
  ],
  'patrick-cozic': [
    ['physician', 'physiotherapist', -3, 4, 'Réentraînement à l’effort : première séance', {}],
    ['physiotherapist', 'physician', -1, 3, 'Ordonnance de kinésithérapie à renouveler', {}],
    ['physician', 'asalee-nurse', -9, -3, 'Entretien de sevrage tabagique', { status: 'accepted', changed: -8 }],
  ],
  'malo-riou': [
    [
      'midwife',
      'medical-secretary',
      -2,
      1,
      'Rendez-vous des neuf mois avec le vaccin',
      { kind: 'appointment', administrative: true },
    ],
  ],
  'camille-morvan': [['midwife', 'physician', -1, 2, 'Arrêt de travail à prolonger', { kind: 'paperwork' }]],
  'michel-quentel': [
    ['pharmacist', 'nurse', -2, 0, 'INR à refaire avant mardi', { urgent: true }],
    [
      'nurse',
      'physician',
      -1,
      0,
      'INR à 4,2 : quelle dose ce soir ?',
      {
        urgent: true,
        status: 'completed',
        changed: -1,
        said: 'Sauter la prise de ce soir, reprendre à 3/4 demain, INR dans trois jours.',
      },
    ],
  ],
  'yvonne-salaun': [
    ['nurse', 'physician', -3, -2, 'Regarder la plaie : berges inflammatoires', {}],
    ['nurse', '*chiropodist', -4, 5, 'Semelles de décharge', {}],
  ],
  'paulette-mace': [
    ['physician', 'physiotherapist', -4, 1, 'Rééducation après la chute', { status: 'accepted', changed: -3 }],
    ['nurse', 'pharmacist', -1, 0, 'Préparer le pilulier de la semaine', {}],
    ['nurse', 'medical-secretary', -1, 1, 'Rappeler son fils pour la visite', { kind: 'call', administrative: true }],
    ['nurse', 'physician', -2, -1, 'Tension basse au lever : revoir le traitement', { urgent: true }],
    [
      'physician',
      'coordinator',
      -3,
      2,
      'Dossier d’allocation d’autonomie à compléter',
      { kind: 'paperwork', administrative: true },
    ],
  ],
  'bernard-noel': [
    ['physician', 'nurse', -2, 0, 'Évaluer la douleur matin et soir', { status: 'accepted', changed: -1 }],
    ['nurse', 'pharmacist', -1, 0, 'Livrer les seringues avant ce soir', { urgent: true }],
    ['nurse', '*psychologist', -5, 2, 'Soutien de la famille', {}],
  ],
  'alain-thebault': [
    ['physician', 'physiotherapist', -3, 3, 'Réentraînement à l’effort', {}],
    [
      'physician',
      'asalee-nurse',
      -7,
      -2,
      'Entretien de sevrage tabagique',
      { status: 'rejected', changed: -2, said: 'Il a annulé deux fois : à revoir avec lui en consultation.' },
    ],
  ],
  'christian-hervieu': [
    ['physician', 'asalee-nurse', -3, 0, 'Éducation au resucrage', { status: 'accepted', changed: -2 }],
    ['physician', '*nurse', -3, 1, 'Prise de sang à domicile : HbA1c', {}],
    ['pharmacist', 'physician', -1, 1, 'Deux ordonnances se contredisent pour la metformine', {}],
  ],
};
const someone = (chart: Chart, profession: Profession, not?: DemoPerson): DemoPerson | undefined => {
  const all = chart.shape.people.filter((person) => person.profession === profession && person !== not);
  if (profession === 'medical-secretary' || profession === 'coordinator') return all[0];
  if (profession === 'physician') return chart.physician;
  // The demo's first nurse has a day of her own.
  if (profession === 'nurse' && all[0]) return chart.join(all[0], chart.ago(0, 120));
  return chart.has(profession)
    ? chart.join(
        [...chart.team.values()].find(({ person }) => person.profession === profession && person !== not)?.person ??
          all[0]!,
        chart.ago(0, 120),
      )
    : undefined;
};
/** Tasks and handovers of the patients whose stories are told. */
export function storyTasks(chart: Chart): void {
  const { today } = chart;
  for (const [from, to, asked, due, title, more] of stories[chart.person.key] ?? []) {
    const by = someone(chart, from);
    const open = to.startsWith('*');
    const whom =
      to === 'team'
        ? { reference: `CareTeam/${chart.person.key}-team` }
        : open
          ? (to.slice(1) as Profession)
          : someone(chart, to as Profession, by);
    if (!by || !whom) continue;
    for (const one of askedOf(
      {
        id: chart.id('task'),
        title,
        subject: chart.subject,
        from: by,
        to: whom,
        asked,
        ...(due !== null && { due }),
        ...more,
      },
      today,
    ))
      chart.add(one);
  }
  if (
    chart.person.key === 'jeanne-le-goff' ||
    chart.person.key === 'paulette-mace' ||
    chart.person.key === 'rene-abiven' ||
    chart.person.key === 'bernard-noel'
  )
    notes(chart);
}
function notes(chart: Chart): void {
  const nurses = chart.shape.people
    .filter((person) => person.profession === 'nurse')
    .map((person) => chart.join(person, chart.ago(0, 90)));
  const [first, second] = nurses as [DemoPerson, DemoPerson];
  const dying = chart.person.key === 'rene-abiven' || chart.person.key === 'bernard-noel';
  const lines = dying
    ? [
        {
          from: second,
          to: 'nurse' as const,
          days: -1,
          at: 20 * 60 + 10,
          watch: true,
          tomorrow: true,
          text: 'Douleur à 5/10 au coucher, deux interdoses. Sa femme est épuisée : lui demander comment s’est passée la nuit avant d’entrer dans la chambre.',
        },
        {
          from: first,
          to: 'team' as const,
          days: -3,
          at: 9 * 60 + 20,
          text: 'La famille demande que l’on sonne deux coups. Clé chez la voisine, porte bleue.',
          readBy: second,
        },
      ]
    : [
        {
          from: first,
          to: 'nurse' as const,
          days: -1,
          at: 11 * 60 + 35,
          watch: true,
          text: 'Pansement refait, plaie propre. Tension 10/6 au lever, elle se tient aux meubles. Bien attendre cinq minutes assise avant de la lever.',
        },
        {
          from: second,
          to: 'team' as const,
          days: -2,
          at: 19 * 60 + 15,
          text: 'Le frigo est presque vide. La fille passe samedi.',
          readBy: first,
        },
      ];
  for (const line of lines) for (const one of handedOver(chart, line)) chart.add(one);
}

/** What the practice itself has to do: about nobody in particular. Written once the practice and its circle exist. */
export function practiceTasks(people: readonly DemoPerson[], today: string): Resource[] {
  const one = (profession: Profession) => people.find((person) => person.profession === profession)!;
  const subject = { reference: 'Group/practice' };
  const [coordinator, secretary, physician, nurse] = [
    one('coordinator'),
    one('medical-secretary'),
    one('physician'),
    one('nurse'),
  ];
  const lines: Omit<Asked, 'id' | 'subject'>[] = [
    { title: 'Commander des compresses et du sérum', from: nurse, to: secretary, asked: -2, due: 1 },
    {
      title: 'Afficher les horaires de fin d’année',
      from: coordinator,
      to: secretary,
      asked: -3,
      due: 4,
      status: 'accepted',
      changed: -2,
    },
    { title: 'Relire le protocole plaies avant la réunion', from: coordinator, to: nurse, asked: -4, due: 2 },
    {
      title: 'Signer la convention avec l’hôpital',
      from: coordinator,
      to: physician,
      asked: -8,
      due: -2,
      kind: 'paperwork',
    },
    { title: 'Changer la serrure du local des déchets', from: secretary, to: null, asked: -5, due: 3 },
    {
      title: 'Préparer les chiffres de l’accord conventionnel',
      from: physician,
      to: coordinator,
      asked: -6,
      due: 5,
      kind: 'paperwork',
    },
  ];
  return lines.flatMap((line, at) =>
    askedOf(
      {
        ...line,
        id: `practice-task-${at + 1}`,
        subject,
        ...(line.due !== undefined && {
          due: Math.round((Date.parse(workday(addDays(today, line.due))) - Date.parse(today)) / 86_400_000),
        }),
      },
      today,
    ),
  );
}
