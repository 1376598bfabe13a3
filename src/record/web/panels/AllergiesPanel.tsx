import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { AllergiesCard } from '../summary/AllergiesCard.tsx';
import { useRecord } from '../use-record.ts';

/** The allergies from the header, without losing one's place in the page. */
export function AllergiesPanel({ onClose }: { onClose: () => void }) {
  const { header } = useRecord();
  return (
    <SidePanel title="Allergies et intolérances" subtitle={header.patient.name} onClose={onClose}>
      {header.allergies && <AllergiesCard allergies={header.allergies} />}
    </SidePanel>
  );
}
