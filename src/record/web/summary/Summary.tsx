import { useState } from 'react';
import { Button } from '@mantine/core';
import { sayDateTime } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { recordCards, type RecordCard } from '../../../web/slots.ts';
import { Note } from '../../../web/ui/states.tsx';
import record from '../record.module.css';
import { useRecord } from '../use-record.ts';
import { AllergiesCard } from './AllergiesCard.tsx';
import { ChangesCard } from './ChangesCard.tsx';
import { ContactCard } from './ContactCard.tsx';
import { DocumentsCard, NotesCard, PlannedCard, PlansCard } from './FollowUpCards.tsx';
import { HistoryCard } from './HistoryCard.tsx';
import { MeasuresCard } from './MeasuresCard.tsx';
import { ProblemsCard } from './ProblemsCard.tsx';
import { ResultsCard } from './ResultsCard.tsx';
import { TreatmentsCard } from './TreatmentsCard.tsx';
import { VaccinesCard } from './VaccinesCard.tsx';

/** The summary: what one needs in the twenty seconds before the patient sits down. Cards hidden by one's rights leave no hole. */
export function Summary() {
  const page = useRecord();
  const me = useMe();
  const { rights } = page;
  return (
    <section id="synthese" aria-label="Synthèse" className="stack" style={{ gap: 16 }}>
      {rights.basis !== 'care-team' && rights.basis !== 'practice' && <Note tone={rights.basis === 'emergency' ? 'warning' : 'info'}>{rights.basisLabel}</Note>}
      <ChangesCard />
      <Lent column="top" />
      <div className={record.columns}>
        <div className={record.column}>
          {!page.problems && <ContactCard />}
          {page.problems && <ProblemsCard lines={page.problems} />}
          {page.header.allergies && <AllergiesCard allergies={page.header.allergies} />}
          {page.history && <HistoryCard lines={page.history} />}
          <Lent column="first" />
        </div>
        <div className={record.column}>
          {page.measures && <MeasuresCard lines={page.measures} />}
          {page.results && <ResultsCard lines={page.results} />}
          <Lent column="second" />
          {page.notes && page.notes.length > 0 && <NotesCard lines={page.notes} />}
        </div>
        <div className={record.column}>
          {page.treatments && <TreatmentsCard lines={page.treatments} />}
          <Lent column="third" />
          {page.planned && <PlannedCard lines={page.planned} />}
          {page.vaccines && <VaccinesCard vaccines={page.vaccines} />}
          {page.documents && <DocumentsCard lines={page.documents} />}
          {page.plans && page.plans.length > 0 && <PlansCard lines={page.plans} />}
        </div>
      </div>
      <p className="dim small print-only">
        Synthèse du {sayDateTime(new Date().toISOString())}, imprimée par {me.name} ({me.practice.name}). Elle montre ce que ses droits permettent de lire.
      </p>
      {rights.hidden.length > 0 && (
        <p className="dim small">
          {rights.hiddenWords} <span className="no-print">({rights.hidden.map((one) => one.label.toLowerCase()).join(', ')})</span>
        </p>
      )}
    </section>
  );
}

/** Cards of other rooms, in their column. */
function Lent({ column }: { column: RecordCard['column'] }) {
  const { patient } = useRecord().header;
  return recordCards.filter((card) => card.column === column).map(({ id, Component }) => <Component key={id} patient={patient.id} patientName={patient.name} />);
}

/** A long list shows its first lines; the rest is one press away, in place. */
export function useFolded<T>(lines: readonly T[], first: number): [readonly T[], React.ReactNode] {
  const [all, setAll] = useState(false);
  const hidden = lines.length - first;
  return [
    all || hidden <= 1 ? lines : lines.slice(0, first),
    hidden > 1 ? (
      <div className="no-print" style={{ padding: '2px 8px 8px' }}>
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? 'Voir moins' : `Voir les ${hidden} autres`}
        </Button>
      </div>
    ) : null,
  ];
}
