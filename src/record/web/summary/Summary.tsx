import { Fragment, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { usePrinting } from '../../../web/paper.ts';
import { sayDateTime } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { recordCards } from '../../../web/slots.ts';
import { Bone, Note } from '../../../web/ui/states.tsx';
import record from '../record.module.css';
import { useRecord } from '../use-record.ts';
import { useCockpit } from '../cockpits/use-cockpit.ts';
import { placedCards } from './cards.tsx';
import { ChangesCard } from './ChangesCard.tsx';
import { useLentSettled } from './use-lent-settled.ts';

/** The summary: what one needs in the twenty seconds before the patient sits down. Cards hidden by one's rights leave no hole. */
export function Summary() {
  const page = useRecord();
  const me = useMe();
  const cockpit = useCockpit().data;
  const { rights } = page;
  const opening = !useLentSettled(page.header.patient.id);
  return (
    <section id="synthese" aria-label="Synthèse" className="stack" style={{ gap: 16 }}>
      {rights.basis !== 'care-team' && rights.basis !== 'practice' && (
        <Note tone={rights.basis === 'emergency' ? 'warning' : 'info'}>{rights.basisLabel}</Note>
      )}
      <ChangesCard />
      <Lent />
      <div className={record.columns}>
        {placedCards(cockpit?.cards).map((cards, at) => {
          const lent = opening ? cards.findIndex((card) => card.lent) : -1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns are their place
            <div key={at} className={record.column} data-opening={lent >= 0 || undefined}>
              {cards.map(({ id, show }, place) => (
                <Fragment key={id}>
                  {show(page)}
                  {place === lent && place < cards.length - 1 && <Coming />}
                </Fragment>
              ))}
            </div>
          );
        })}
      </div>
      <p className="dim small print-only">
        Synthèse du {sayDateTime(new Date().toISOString())}, imprimée par {me.name} ({me.practice.name}). Elle montre ce
        que ses droits permettent de lire.
      </p>
      {rights.hidden.length > 0 && (
        <p className="dim small">
          {rights.hiddenWords}{' '}
          <span className="no-print">({rights.hidden.map((one) => one.label.toLowerCase()).join(', ')})</span>
        </p>
      )}
    </section>
  );
}

/** In place of what stands under a lent card, until one knows how high that one is. */
const Coming = () => (
  <div className={`card pad stack ${record.coming}`} aria-hidden>
    <Bone w="40%" />
    <Bone />
    <Bone w="80%" />
  </div>
);

/** Cards of other rooms above the columns. */
function Lent() {
  const { patient } = useRecord().header;
  return recordCards
    .filter((card) => card.column === 'top')
    .map(({ id, Component }) => (
      <Suspense key={id} fallback={null}>
        <Component patient={patient.id} patientName={patient.name} />
      </Suspense>
    ));
}

/** A long list shows its first lines; the rest is one press away, in place. Paper says how many are not on it, or has the list whole. */
export function useFolded<T>(
  lines: readonly T[],
  first: number,
  onPaper: 'first' | 'whole' = 'first',
): [readonly T[], React.ReactNode] {
  const [all, setAll] = useState(false);
  const printing = usePrinting();
  const hidden = lines.length - first;
  const whole = all || hidden <= 1 || (printing && onPaper === 'whole');
  const rest =
    hidden > 1 ? (
      <>
        <div className="no-print" style={{ padding: '2px 8px 8px' }}>
          <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? 'Voir moins' : `Voir les ${hidden} autres`}
          </Button>
        </div>
        {!whole && <OnScreenOnly lines={hidden} />}
      </>
    ) : null;
  return [whole ? lines : lines.slice(0, first), rest];
}
/** On paper: this list goes on. */
const OnScreenOnly = ({ lines }: { lines: number }) => (
  <p className="print-only dim small" style={{ padding: '2px 10px 6px' }}>
    Et {lines} autres, à lire à l’écran.
  </p>
);
