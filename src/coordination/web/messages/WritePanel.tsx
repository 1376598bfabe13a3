import { useUrl } from '../../../web/routes.tsx';
import type { RecordPanelProps } from '../../../web/slots.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import css from './conversation.module.css';
import { WriteForm } from './WriteForm.tsx';

/** `?volet=ecrire`: a new conversation about the patient whose record is open. */
export default function WritePanel({ patient, patientName, onClose }: RecordPanelProps) {
  const [, setUrl] = useUrl();
  return (
    <SidePanel title="Écrire à l’équipe" subtitle={patientName} onClose={onClose}>
      <div className={css.inPanel}>
        <WriteForm
          inPanel
          patient={patient}
          patientName={patientName}
          onSent={(thread) => setUrl({ volet: `echange:${thread}` })}
        />
      </div>
    </SidePanel>
  );
}
