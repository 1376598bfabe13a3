import type { DiagnosticReport, Extension, Observation, Reference } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/index.ts';
import { isCritical } from '../contract/results/flags.rules.ts';
import type { MeasureValue } from '../contract.ts';
import { firstCode, idOf, system } from '../fhir-words.ts';
import { readUrl } from '../read/labels.ts';
import { valuesOf, type Person } from '../read/measures.rules.ts';

export const computedUrl = 'urn:estran:computed';
export const numberSystem = 'urn:estran:lab-report';
/** After so long a critical result that nobody acknowledged becomes a task of the whole care team. */
export const criticalHours = 2;
/** What came longer ago is waiting for nobody: it came with a take-over. */
const waitingDays = 60;

export const isLab = (report: DiagnosticReport): boolean =>
  (report.category ?? []).some((one) =>
    one.coding?.some(({ code }) =>
      ['LAB', 'CH', 'HM', 'MB', 'SR', 'BLB', 'CO', 'IMM', 'TX', 'VR', 'SP'].includes(code ?? ''),
    ),
  ) ||
  !(report.category ?? []).some((one) =>
    ['RAD', 'IMG', 'CT', 'NMR', 'RUS', 'RX', 'EC', 'CUS'].includes(firstCode(one) ?? ''),
  );
export const readerOf = (report: DiagnosticReport): string | null =>
  report.resultsInterpreter?.map((one) => idOf(one, 'Practitioner')).find((id) => id !== undefined) ?? null;
export const patientOf = (report: DiagnosticReport): string | null =>
  idOf(report.subject as Reference | undefined, 'Patient') ?? null;
/** When there was something to look at. */
export const cameAt = (report: DiagnosticReport): string | null =>
  report.issued ?? report.effectiveDateTime ?? report.effectivePeriod?.start ?? null;

export interface Done {
  by: Reference;
  at: string;
  decision: string;
  inPlaceOf: Reference | undefined;
}
/** Who has acknowledged it as it stands, first first. */
export const acknowledgedBy = (report: DiagnosticReport): Done[] =>
  (report.extension ?? []).flatMap((one) => {
    const part = (url: string) => one.extension?.find((inner) => inner.url === url);
    const by = one.url === readUrl ? part('by')?.valueReference : undefined;
    return by
      ? [
          {
            by,
            at: part('at')?.valueDateTime ?? '',
            decision: part('decision')?.valueString ?? '',
            inPlaceOf: part('for')?.valueReference,
          },
        ]
      : [];
  });
export const acknowledgementOf = (
  by: Reference,
  at: string,
  decision: string,
  inPlaceOf: string | null,
): Extension => ({
  url: readUrl,
  extension: [
    { url: 'by', valueReference: by },
    { url: 'at', valueDateTime: at },
    ...(decision ? [{ url: 'decision', valueString: decision }] : []),
    ...(inPlaceOf ? [{ url: 'for', valueReference: { reference: `Practitioner/${inPlaceOf}` } }] : []),
  ],
});

const live = new Set(['preliminary', 'partial', 'final', 'amended', 'corrected', 'appended']);
/** It waits for someone: it says something, lately, and nobody has acknowledged it as it stands. */
export function isWaiting(report: DiagnosticReport, now: Date): boolean {
  const at = cameAt(report);
  return (
    live.has(report.status) &&
    patientOf(report) !== null &&
    at !== null &&
    new Date(at).getTime() > now.getTime() - waitingDays * 86_400_000 &&
    acknowledgedBy(report).length === 0
  );
}

/** Every value of a report, its own observations only. */
export const valuesIn = (
  report: DiagnosticReport,
  observations: ReadonlyMap<string, Stored<'Observation'>>,
  person: Person,
): MeasureValue[] =>
  (report.result ?? []).flatMap((reference) => {
    const one = observations.get(reference.reference ?? '');
    return one && one.resource.status !== 'entered-in-error' ? valuesOf(one.resource, person) : [];
  });
export const anyCritical = (values: readonly MeasureValue[]): boolean => values.some(({ flag }) => isCritical(flag));
/** Nothing to decide: every value is known to be within its range, and the laboratory says nothing else. */
export const allNormal = (report: DiagnosticReport, values: readonly MeasureValue[]): boolean =>
  values.length > 0 &&
  values.every(({ flag }) => flag === 'normal') &&
  !report.conclusion &&
  (report.result ?? []).length <= values.length;
export const interpretationOf = (flag: string): Observation['interpretation'] => {
  const code = { low: 'L', high: 'H', 'critical-low': 'LL', 'critical-high': 'HH', normal: 'N', abnormal: 'A' }[flag];
  return code
    ? [
        {
          coding: [{ system: system('v3-ObservationInterpretation'), code }],
          text: { L: 'Bas', H: 'Élevé', LL: 'Très bas', HH: 'Très élevé', N: 'Normal', A: 'Anormal' }[code]!,
        },
      ]
    : undefined;
};
