import type { TreatmentProposal, TreatmentsPage as Page } from '../../contract.ts';
import { ActPanel } from './ActPanel.tsx';
import { DosesPanel } from './DosesPanel.tsx';
import { AnswerPanel, ProposePanel } from './ProposalPanels.tsx';
import { CorrectDispense, DispensePanel } from './DispenseForm.tsx';
import { DispensesPanel } from './Dispenses.tsx';
import { ReportPanel } from './ReportPanel.tsx';
import { lineAt, type Panel } from './use-treatments.ts';

/** What stands beside the list of treatments: one act, on one line of it or on none. */
export function TreatmentPanel({
  patient,
  page,
  panel,
  open,
  close,
}: {
  patient: string;
  page: Page;
  panel: Panel & { proposal?: TreatmentProposal };
  open: (panel: Panel) => void;
  close: () => void;
}) {
  const line = lineAt(page, panel.entry ?? null);
  const of = page.dispensed.find(({ entry }) => entry === panel.entry);
  switch (panel.name) {
    case 'report':
      return <ReportPanel patient={patient} patientName={page.patient.name} first="patient" onClose={close} />;
    case 'propose':
      return <ProposePanel key={panel.entry} patient={patient} line={line} onClose={close} />;
    case 'answer': {
      const proposal = page.proposals.find(({ id }) => id === panel.proposal?.id);
      return proposal ? <AnswerPanel key={proposal.id} patient={patient} proposal={proposal} onClose={close} /> : null;
    }
    case 'dispense':
      return line ? (
        <DispensePanel key={panel.entry} patient={patient} line={line} before={of} onClose={close} />
      ) : null;
    case 'dispenses':
      return line && of ? (
        <DispensesPanel
          patient={patient}
          of={of}
          line={line}
          correct={(dispense) => open({ ...panel, name: 'correct-dispense', dispense })}
          onClose={close}
        />
      ) : null;
    case 'correct-dispense':
      // Back to the list it was opened from.
      return (
        <CorrectDispense
          key={panel.dispense}
          patient={patient}
          id={panel.dispense ?? ''}
          onClose={() => open({ name: 'dispenses', entry: panel.entry! })}
        />
      );
    case 'doses':
      return line ? <DosesPanel key={panel.entry} patient={patient} line={line} onClose={close} /> : null;
    default:
      return line ? (
        <ActPanel key={`${panel.name}${panel.entry}`} patient={patient} line={line} act={panel.name} onClose={close} />
      ) : null;
  }
}
