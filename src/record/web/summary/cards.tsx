import { type ReactNode, Suspense } from 'react';
import { recordCards } from '../../../web/slots.ts';
import type { CockpitReply, RecordPage } from '../../contract.ts';
import { AllergiesCard } from './AllergiesCard.tsx';
import { ContactCard } from './ContactCard.tsx';
import { DocumentsCard, NotesCard, PlannedCard, PlansCard } from './FollowUpCards.tsx';
import { FormsCard } from './FormsCard.tsx';
import { HistoryCard } from './HistoryCard.tsx';
import { MeasuresCard } from './MeasuresCard.tsx';
import { ProblemsCard } from './ProblemsCard.tsx';
import { ResultsCard } from './ResultsCard.tsx';
import { TreatmentsCard } from './TreatmentsCard.tsx';
import { VaccinesCard } from './VaccinesCard.tsx';

const columns = ['first', 'second', 'third'] as const;
interface SummaryCard {
  id: string;
  label: string;
  /** Where it stands for whom the cockpit says nothing. */
  column: (typeof columns)[number];
  /** By another room, which says by itself what it holds, a moment later. */
  lent?: boolean;
  /** Null: nothing of it for this reader. */
  show: (page: RecordPage) => ReactNode;
}
/** The cards of this room. */
const own: readonly SummaryCard[] = [
  { id: 'contact', label: 'Coordonnées', column: 'first', show: (page) => !page.problems && <ContactCard /> },
  {
    id: 'problems',
    label: 'Problèmes',
    column: 'first',
    show: ({ problems }) => problems && <ProblemsCard lines={problems} />,
  },
  {
    id: 'allergies',
    label: 'Allergies',
    column: 'first',
    show: ({ header: { allergies } }) => allergies && <AllergiesCard allergies={allergies} />,
  },
  {
    id: 'history',
    label: 'Antécédents',
    column: 'first',
    show: ({ history }) => history && <HistoryCard lines={history} />,
  },
  {
    id: 'measures',
    label: 'Dernières mesures',
    column: 'second',
    show: ({ measures }) => measures && <MeasuresCard lines={measures} />,
  },
  {
    id: 'results',
    label: 'Résultats',
    column: 'second',
    show: ({ results }) => results && <ResultsCard lines={results} />,
  },
  {
    id: 'forms',
    label: 'Volets remplis',
    column: 'second',
    show: ({ forms }) => forms && forms.length > 0 && <FormsCard lines={forms} />,
  },
  {
    id: 'notes',
    label: 'Notes',
    column: 'second',
    show: ({ notes }) => notes && notes.length > 0 && <NotesCard lines={notes} />,
  },
  {
    id: 'treatments',
    label: 'Traitements',
    column: 'third',
    show: ({ treatments }) => treatments && <TreatmentsCard lines={treatments} />,
  },
  {
    id: 'planned',
    label: 'À venir',
    column: 'third',
    show: ({ planned }) => planned && <PlannedCard lines={planned} />,
  },
  {
    id: 'vaccines',
    label: 'Vaccins',
    column: 'third',
    show: ({ vaccines }) => vaccines && <VaccinesCard vaccines={vaccines} />,
  },
  {
    id: 'documents',
    label: 'Courriers et documents',
    column: 'third',
    show: ({ documents }) => documents && <DocumentsCard lines={documents} />,
  },
  {
    id: 'plans',
    label: 'Plans et objectifs',
    column: 'third',
    show: ({ plans }) => plans && plans.length > 0 && <PlansCard lines={plans} />,
  },
];
const lentLabels: Record<string, string> = {
  pps: 'Plan personnalisé de santé',
  tasks: 'Tâches et transmissions',
  meetings: 'Réunions',
  protocoles: 'Protocoles',
  messages: 'Messages',
  opinions: 'Avis',
  orders: 'Ordonnances',
};
/** Own cards and those that other rooms lend; what stands above the columns is not among them. */
const allCards = (): readonly SummaryCard[] => [
  ...own,
  ...recordCards.flatMap(({ id, column, Component }): SummaryCard[] =>
    column === 'top'
      ? []
      : [
          {
            id,
            column,
            label: lentLabels[id] ?? id,
            lent: true,
            show: ({ header: { patient } }) => (
              // The summary waits for nobody: a card whose code is still on its way comes by itself (use-lent-settled.ts keeps what stands under it in place).
              <Suspense fallback={null}>
                <Component patient={patient.id} patientName={patient.name} />
              </Suspense>
            ),
          },
        ],
  ),
];

/** The three columns as this profession, or this person, has them; a card that nobody placed comes at the end of its own. */
export function placedCards(cards: CockpitReply['cards'] | undefined): SummaryCard[][] {
  const all = allCards();
  const { columns: order = [[], [], []], hidden = [] } = cards ?? {};
  const placed = new Set(order.flat());
  const byId = new Map(all.map((card) => [card.id, card]));
  return columns.map((column, at) => [
    ...(order[at] ?? []).flatMap((id) => byId.get(id) ?? []),
    ...all.filter((card) => card.column === column && !placed.has(card.id) && !hidden.includes(card.id)),
  ]);
}
export const hiddenCards = (cards: CockpitReply['cards']): SummaryCard[] =>
  allCards().filter(({ id }) => cards.hidden.includes(id));
