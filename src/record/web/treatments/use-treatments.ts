import { useQuery } from '@tanstack/react-query';
import { reading } from '../../../web/api.ts';
import { recordContract, type TreatmentLine, type TreatmentsPage } from '../../contract.ts';

export const treatmentsQuery = (patient: string) => reading(recordContract.treatments, { params: { patient } });
export const useTreatments = (patient: string) => useQuery(treatmentsQuery(patient));
export const refOf = (line: { type: string; id: string }): string => `${line.type}/${line.id}`;
export const lineAt = (page: TreatmentsPage, entry: string | null): TreatmentLine | undefined =>
  page.lines.find((line) => refOf(line) === entry);
/** When a list was last looked at in a reconciliation. */
export const reconciledAt = (page: TreatmentsPage, list: string): string | null =>
  page.reconciliations.find(({ sources }) => sources.some(({ id }) => id === list))?.at ?? null;
/** The panel beside the page: `arreter:MedicationRequest:12`, `proposer:…`, `releve`. */
export interface Panel {
  name:
    | 'stop'
    | 'suspend'
    | 'resume'
    | 'dose'
    | 'doses'
    | 'propose'
    | 'report'
    | 'answer'
    | 'dispense'
    | 'dispenses'
    | 'correct-dispense';
  entry?: string;
  /** The dispense that is put right. */
  dispense?: string;
}
