import { useRecord } from '../use-record.ts';
import { entryName, type RecordAct } from '../acts.ts';
import { hiddenCards, placedCards } from '../summary/cards.tsx';
import { ArrangePanel } from './ArrangePanel.tsx';
import { arrange, useCockpit } from './use-cockpit.ts';

/** Order of the bar of quick entries: the first six stand in it. */
export function ArrangeEntries({ acts, onClose }: { acts: readonly RecordAct[]; onClose: () => void }) {
  const cockpit = useCockpit().data;
  if (!cockpit) return null;
  const { hidden } = cockpit.entries;
  const called = (act: RecordAct) => ({ name: entryName(act), label: act.short ?? act.title });
  const adds = acts.filter((act) => act.short !== undefined);
  return (
    <ArrangePanel
      title="Ranger mes saisies"
      part="entries"
      groups={[{ items: adds.filter(({ add }) => add).map(called) }]}
      hidden={adds.filter((act) => hidden.includes(entryName(act))).map(called)}
      onChange={([order = []], off) => void arrange(cockpit, { entries: { order, hidden: off } })}
      onClose={onClose}
    />
  );
}

/** Cards of the summary in their three columns; those that show nothing of this patient stand in the list as well. */
export function ArrangeCards({ onClose }: { onClose: () => void }) {
  const cockpit = useCockpit().data;
  const { header } = useRecord();
  if (!cockpit) return null;
  const called = ({ id, label }: { id: string; label: string }) => ({ name: id, label });
  return (
    <ArrangePanel
      title="Ranger les cartes"
      part="cards"
      key={header.patient.id}
      groups={placedCards(cockpit.cards).map((items, at) => ({ title: `Colonne ${at + 1}`, items: items.map(called) }))}
      hidden={hiddenCards(cockpit.cards).map(called)}
      onChange={(columns, hidden) => void arrange(cockpit, { cards: { columns, hidden } })}
      onClose={onClose}
    />
  );
}
