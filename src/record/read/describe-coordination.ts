import type {
  Appointment,
  CarePlan,
  CareTeam,
  Communication,
  Consent,
  DeviceRequest,
  Goal,
  QuestionnaireResponse,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes';
import { categorySystem } from '../../fhir/index.ts';
import { sentenceOf } from '../contract/orders/order.rules.ts';
import { orderFamilies } from '../data/orders/families.ts';
import { dateLabel } from '../dates.rules.ts';
import { bodyOf, isCancelled, kindOfOrder, type OrderResource } from '../orders/line.rules.ts';
import { labelOf } from '../fhir-words.ts';
import { date, type Description, made, notes, period } from './description.ts';
import * as say from './labels.ts';
import type { Person } from './measures.rules.ts';

const communicationLabel = (c: Communication): string => {
  const codes = (c.category ?? [])
    .flatMap((one) => one.coding ?? [])
    .filter((coding) => coding.system === categorySystem)
    .map((coding) => coding.code);
  if (codes.includes('handover')) return 'Transmission';
  return c.about?.some((one) => one.reference?.startsWith('Task/')) ? 'À propos d’une tâche' : 'Message';
};
/** A line of a prescription, as it is printed. */
function orderWords(request: OrderResource): Description | undefined {
  const kind = kindOfOrder(request);
  const body = kind && bodyOf(request, kind);
  return (
    body &&
    made(
      'coordination',
      body.label,
      [
        ['Prescrit', orderFamilies[body.kind].label],
        ['Détail', sentenceOf(body), true],
        [
          'État',
          isCancelled(request) ? 'Annulé' : request.status === 'completed' ? 'Réalisé' : 'En cours',
          isCancelled(request),
        ],
      ],
      'Prescription',
    )
  );
}
export const coordinationDescribers: Record<string, (resource: never, person: Person) => Description> = {
  Goal: (g: Goal) =>
    made(
      'plan',
      labelOf(g.description, 'Objectif'),
      [
        ['État', say.goalStates[g.lifecycleStatus] ?? g.lifecycleStatus],
        ['Cible', say.targetText(g), true],
        ['Échéance', dateLabel(g.target?.[0]?.dueDate), true],
        ['Note', notes(g), true],
      ],
      'Objectif',
    ),
  CarePlan: (c: CarePlan) =>
    made('plan', say.planTitle(c), [
      [
        'Activités',
        (c.activity ?? [])
          .map((one) => one.detail?.description ?? labelOf(one.detail?.code))
          .filter(Boolean)
          .join('\n'),
        true,
      ],
      ['Période', period(c.period)],
      ['Description', c.description, true],
    ]),
  CareTeam: (c: CareTeam) =>
    made('coordination', 'Équipe de soins', [
      [
        'Membres',
        (c.participant ?? [])
          .filter((one) => !one.period?.end)
          .map((one) => [one.member?.display, labelOf(one.role?.[0])].filter(Boolean).join(' — '))
          .join('\n'),
        true,
      ],
    ]),
  Communication: (c: Communication) =>
    made(
      'coordination',
      communicationLabel(c),
      [
        [
          'Texte',
          (c.payload ?? [])
            .map((one) => one.contentString)
            .filter(Boolean)
            .join('\n'),
          true,
        ],
        [
          'À',
          (c.recipient ?? [])
            .map((one) => one.display)
            .filter(Boolean)
            .join(', '),
          true,
        ],
        ['Date', date(c.sent)],
      ],
      communicationLabel(c),
    ),
  Task: (t: Task) =>
    made(
      'coordination',
      t.description || labelOf(t.code, 'Tâche'),
      [
        ['État', say.taskStates[t.status] ?? t.status, true],
        ['Pour', t.owner?.display, true],
        ['Échéance', dateLabel(t.restriction?.period?.end ?? t.executionPeriod?.end)],
        ['Note', notes(t), true],
      ],
      'Tâche',
    ),
  DeviceRequest: (d: DeviceRequest) => orderWords(d)!,
  ServiceRequest: (s: ServiceRequest) =>
    orderWords(s) ??
    made(
      'coordination',
      labelOf(s.code, 'Demande'),
      [
        ['État', say.taskStates[s.status] ?? s.status, true],
        ['Motif', (s.reasonCode ?? []).map((one) => labelOf(one)).join(', '), true],
        ['Note', notes(s), true],
      ],
      'Demande',
    ),
  Appointment: (a: Appointment) =>
    made('appointment', a.description || labelOf(a.serviceType?.[0], 'Rendez-vous'), [
      ['Début', date(a.start), true],
      ['État', say.appointmentStates[a.status] ?? a.status],
      [
        'Avec',
        a.participant
          .filter((one) => !one.actor?.reference?.includes('Patient/'))
          .map((one) => one.actor?.display)
          .filter(Boolean)
          .join(', '),
        true,
      ],
      ['Commentaire', a.comment, true],
    ]),
  QuestionnaireResponse: (q: QuestionnaireResponse) =>
    made('form', say.sectionTitle(q), [['Réponses', say.answersOf(q), true]]),
  Consent: (c: Consent) =>
    made(
      'coordination',
      'Choix du patient',
      [
        ['Décision', c.provision?.type === 'deny' ? 'Opposition' : 'Accord', true],
        ['Période', period(c.provision?.period)],
        ['Date', date(c.dateTime)],
      ],
      'Choix du patient',
    ),
};
