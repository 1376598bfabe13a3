import type { RecordPanelProps } from '../../../web/slots.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Conversation } from './Conversation.tsx';
import css from './conversation.module.css';

/** `?volet=echange:ID`: one conversation beside the record. */
export default function ThreadPanel({ patientName, args, onClose }: RecordPanelProps) {
  return (
    <SidePanel title="Échange" subtitle={patientName} onClose={onClose} wide>
      <div className={css.inPanel}>
        <Conversation id={args[0] ?? ''} inRecord />
      </div>
    </SidePanel>
  );
}
