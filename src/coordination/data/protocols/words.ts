/** How the shipped protocols are written: spans, «after …», and the fields that are usually empty. */
import type { Profession } from '../../../access/professions.ts';
import type { ProtocolModel, ProtocolStep, Span } from '../../contract/protocol-model.ts';

export const days = (value: number): Span => ({ value, unit: 'd' });
export const weeks = (value: number): Span => ({ value, unit: 'wk' });
export const months = (value: number): Span => ({ value, unit: 'mo' });
export const years = (value: number): Span => ({ value, unit: 'a' });

type After = ProtocolStep['after'];
/** Counted from the entry into the protocol. */
export const entry = (delay: Span = days(0)): After => ({ step: null, delay });
/** Counted from the end of another step. */
export const after = (step: string, delay: Span): After => ({ step, delay });
export const every = (span: Span, times: number | null = null): ProtocolStep['repeat'] => ({ every: span, times });

type Usual = 'detail' | 'repeat' | 'condition' | 'documents' | 'forPatient';
export type StepDraft = Omit<ProtocolStep, Usual | 'roles'> & Partial<Pick<ProtocolStep, Usual>> & { roles: readonly Profession[] };
export const step = (draft: StepDraft): ProtocolStep => ({ detail: '', repeat: null, condition: null, documents: [], forPatient: '', ...draft, roles: [...draft.roles] });
/** Only for some patients; the expression is FHIRPath on the patient’s latest data. */
export const when = (words: string, expression: string | null = null): ProtocolStep['condition'] => ({ words, expression });
/** Latest value of a measure, by its LOINC code. */
export const latest = (loinc: string): string => `Observation.where(code.coding.exists(code = '${loinc}')).first().value.value`;
export const paper = (title: string, url: string | null = null) => ({ title, url });

const icd10 = 'http://hl7.org/fhir/sid/icd-10';
const icpc2 = 'http://hl7.org/fhir/sid/icpc-2';
export const cim10 = (code: string, label: string) => ({ system: icd10, code, label });
export const cisp2 = (code: string, label: string) => ({ system: icpc2, code, label });
export const alert = (sign: string, act: string, roles: readonly Profession[]): ProtocolModel['alerts'][number] => ({ sign, act, roles: [...roles] });
export const source = (title: string, publisher: string, year: string, url: string | null = null): ProtocolModel['sources'][number] => ({ title, publisher, year, url });
export const has = (title: string, year: string, url: string | null = null) => source(title, 'Haute Autorité de santé', year, url);

/** A protocol that comes with the product. */
export interface Shipped {
  /** Stable through the editions. */
  key: string;
  edition: string;
  /** ISO date. */
  published: string;
  model: ProtocolModel;
}
