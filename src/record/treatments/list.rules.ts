import type { CodeableConcept, Coding, List, ListEntry, MedicationStatement } from '@medplum/fhirtypes';
import { categorySystem } from '../../fhir/index.ts';
import { dosagesFromText } from '../contract/treatments/dosage.rules.ts';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { unitOfLabel } from '../contract/treatments/read.rules.ts';
import { reconciliationDecisions, reportSources } from '../contract/wire-treatments.ts';
import { labelOf } from '../fhir-words.ts';
import { type Description, made, notes } from '../read/description.ts';
import { atcSystem, substanceSystem } from './substance.rules.ts';

/**
 * Two uses of a FHIR List (https://hl7.org/fhir/R4/list.html): what someone reports to be taken, whose lines are contained so that they are no treatments of the record before they were looked at;
 * and what was decided when they were, line by line, with its reasons.
 */
const listSystem = 'urn:estran:treatment-list';
const sourceSystem = 'urn:estran:reported-by';
export const decisionSystem = 'urn:estran:reconciliation';
/** Of an entry: why; which reported line it answers. Of the list: lists that were looked at. */
export const entryReasonUrl = 'urn:estran:reason';
export const lookedAtUrl = 'urn:estran:looked-at';
export const documentUrl = 'urn:estran:document';
const snomed = 'http://snomed.info/sct';
const reportedCode: CodeableConcept = {
  coding: [
    { system: listSystem, code: 'reported' },
    { system: 'http://loinc.org', code: '10160-0', display: 'History of Medication use Narrative' },
  ],
  text: 'Relevé de traitements',
};
export const reconciledCode: CodeableConcept = {
  coding: [
    { system: listSystem, code: 'reconciliation' },
    { system: snomed, code: '430193006', display: 'Medication reconciliation (procedure)' },
  ],
  text: 'Conciliation des traitements',
};
export const listKind = (list: List): 'reported' | 'reconciliation' | null => {
  const code = list.code?.coding?.find(({ system }) => system === listSystem)?.code;
  return code === 'reported' || code === 'reconciliation' ? code : null;
};
export type ReportedFrom = keyof typeof reportSources;
export const reportedFrom = (list: List): ReportedFrom => {
  const code =
    list.orderedBy?.coding?.find(({ system }) => system === sourceSystem)?.code ??
    list.extension?.find(({ url }) => url === sourceSystem)?.valueCode;
  return code && Object.hasOwn(reportSources, code) ? (code as ReportedFrom) : 'document';
};

/** A medicine chosen from the public list keeps its ATC code and its substances beside its own code. */
export function medicineConcept(given: {
  label: string;
  code?: string | null | undefined;
  system?: string | null | undefined;
  atc?: string | null | undefined;
  substances?: readonly string[] | null | undefined;
  also?: readonly { system: string; code: string }[] | null | undefined;
}): CodeableConcept {
  const coding = [
    ...(given.code && given.system ? [{ system: given.system, code: given.code, display: given.label }] : []),
    ...(given.atc && given.system !== atcSystem ? [{ system: atcSystem, code: given.atc }] : []),
    ...(given.also ?? []).filter(({ system }) => system !== given.system && system !== atcSystem),
    ...(given.substances ?? []).map((display) => ({ system: substanceSystem, display })),
  ];
  return { ...(coding.length > 0 && { coding }), text: given.label };
}

export interface Said {
  key: string;
  label: string;
  concept: CodeableConcept | undefined;
  dosage: string;
  note: string | null;
}
/** Lines of what was reported, as they stand inside the list. */
export const saidIn = (list: List): Said[] =>
  (list.contained ?? [])
    .filter((one): one is MedicationStatement => one.resourceType === 'MedicationStatement' && one.id !== undefined)
    .map((one) => ({
      key: one.id!,
      label: labelOf(one.medicationCodeableConcept, 'Médicament'),
      concept: one.medicationCodeableConcept,
      dosage: sayDosages(one.dosage),
      note: (one.note ?? []).map(({ text }) => text).join('\n') || null,
    }));
const containedLine = (
  at: number,
  subject: MedicationStatement['subject'],
  line: {
    label: string;
    code?: string | null | undefined;
    system?: string | null | undefined;
    dosage: string;
    note?: string | null | undefined;
  },
): MedicationStatement => ({
  resourceType: 'MedicationStatement',
  id: `l${at + 1}`,
  status: 'unknown',
  medicationCodeableConcept: medicineConcept(line),
  subject,
  ...(line.dosage && { dosage: dosagesFromText(line.dosage, unitOfLabel(line.label)) }),
  ...(line.note && { note: [{ text: line.note }] }),
});

export interface Reported {
  from: ReportedFrom;
  title: string;
  subject: MedicationStatement['subject'];
  at: string;
  /** Who wrote it down. */
  source: List['source'];
  document?: string | null | undefined;
  lines: readonly Parameters<typeof containedLine>[2][];
}
export const reportedTreatments = ({ from, title, subject, at, source, document, lines }: Reported): List => ({
  resourceType: 'List',
  status: 'current',
  mode: 'snapshot',
  code: reportedCode,
  title,
  subject: subject as List['subject'],
  date: at,
  source,
  extension: [
    { url: sourceSystem, valueCode: from },
    ...(document ? [{ url: documentUrl, valueReference: { reference: `DocumentReference/${document}` } }] : []),
  ],
  contained: lines.map((line, place) => containedLine(place, subject, line)),
  entry: lines.map((_, place) => ({ item: { reference: `#l${place + 1}` } })),
});
/** A List says what is taken: it is of the kind of treatments, by its tag (fhir/store/kind-of-type.ts). */
export const ofTreatments = <T extends { meta?: { tag?: Coding[] } }>(list: T): T => ({
  ...list,
  meta: {
    ...list.meta,
    tag: [...(list.meta?.tag ?? []), { system: categorySystem, code: 'treatments', display: 'Traitements' }],
  },
});

export const decisionOf = (entry: ListEntry): keyof typeof reconciliationDecisions => {
  const code = entry.flag?.coding?.find(({ system }) => system === decisionSystem)?.code;
  return code && Object.hasOwn(reconciliationDecisions, code) ? (code as keyof typeof reconciliationDecisions) : 'keep';
};
export const reasonOf = (entry: ListEntry): string | null =>
  entry.extension?.find(({ url }) => url === entryReasonUrl)?.valueString ?? null;

export function describeList(list: List): Description {
  const kind = listKind(list);
  if (kind === 'reported')
    return made(
      'treatment',
      list.title ?? 'Relevé de traitements',
      [
        ['Source', reportSources[reportedFrom(list)]],
        [
          'Lignes',
          saidIn(list)
            .map(({ label, dosage }) => [label, dosage].filter(Boolean).join(' : '))
            .join('\n'),
          true,
        ],
      ],
      'Relevé de traitements',
    );
  if (kind === 'reconciliation') {
    const lines = (list.entry ?? [])
      .filter((entry) => decisionOf(entry) !== 'keep')
      .map((entry) =>
        [
          `${reconciliationDecisions[decisionOf(entry)]} : ${entry.item.display ?? 'ligne non affichée'}`,
          reasonOf(entry),
        ]
          .filter(Boolean)
          .join(', '),
      );
    const kept = (list.entry ?? []).length - lines.length;
    return made(
      'treatment',
      'Conciliation des traitements',
      [
        [
          'Lignes',
          [...lines, kept > 0 && `${kept} ${kept > 1 ? 'traitements maintenus' : 'traitement maintenu'}`]
            .filter(Boolean)
            .join('\n'),
          true,
        ],
        ['Note', notes(list), true],
      ],
      'Conciliation',
    );
  }
  return made('note', list.title ?? labelOf(list.code, 'Liste'), [['Note', notes(list), true]], 'Liste');
}
