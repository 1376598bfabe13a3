import type { RecordPanelProps } from '../../../web/slots.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Opinion } from './Opinion.tsx';

/** `?volet=avis:ID`, beside the record. */
export default function OpinionPanel({ patientName, args, onClose }: RecordPanelProps) {
  return (
    <SidePanel title="Avis" subtitle={patientName} onClose={onClose}>
      <Opinion id={args[0] ?? ''} />
    </SidePanel>
  );
}
