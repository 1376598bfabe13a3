import { ofType, type Stored } from '../../fhir/index.ts';
import { differences, type ReportedList, reportSources } from '../contract/wire-treatments.ts';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { addDays, dateLabel, dayOf } from '../dates.rules.ts';
import { codedOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { medicationLabel } from '../read/labels.ts';
import { lineOf } from '../read/reading.ts';
import type { Meaning } from './brands.rules.ts';
import { difference, matched } from './compare.rules.ts';
import { documentUrl, listKind, reportedFrom, type Said, saidIn } from './list.rules.ts';
import type { TreatmentLine } from './lines.ts';
import type { Strength } from './strength.rules.ts';
import { substanceOf } from './substance.rules.ts';

/** How long what a pharmacy dispensed, and a list that someone reported, are set beside the record. */
const [dispensedFor, reportedFor] = [180, 400];

interface SaidByOthers {
  /** Null: what a pharmacy dispensed, which no list holds. */
  stored: Stored<'List'> | null;
  at: string;
  said: Said[];
}
/** What others say is taken: reported lists, and the last dispense of each medicine. */
export function saidByOthers(stored: readonly Stored[], today: string): SaidByOthers[] {
  const since = addDays(today, -reportedFor);
  const lists = ofType(stored, 'List')
    .filter((one) => listKind(one.resource) === 'reported' && one.resource.status === 'current')
    .map((one) => ({ stored: one, at: one.resource.date ?? one.updated, said: saidIn(one.resource) }))
    .filter(({ at }) => dayOf(at) >= since);
  const dispensed = newestDispensed(stored, addDays(today, -dispensedFor));
  return [
    ...lists,
    ...(dispensed.length > 0 ? [{ stored: null, at: dispensed[0]!.at, said: dispensed.map(({ said }) => said) }] : []),
  ]
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, 12);
}
/** Newest first. */
function newestDispensed(stored: readonly Stored[], since: string): { at: string; said: Said }[] {
  const all = ofType(stored, 'MedicationDispense')
    .filter((one) => ['completed', 'in-progress'].includes(one.resource.status))
    .map((one) => ({ one, dispense: one.resource }))
    .map(({ one, dispense }) => ({
      at: dispense.whenHandedOver ?? dispense.whenPrepared ?? one.updated,
      said: {
        key: one.id,
        label: medicationLabel(dispense),
        concept: dispense.medicationCodeableConcept,
        dosage: sayDosages(dispense.dosageInstruction),
        note: null,
      },
    }));
  const newest = new Map<string, { at: string; said: Said }>();
  for (const one of all.filter(({ at }) => dayOf(at) >= since).sort((a, b) => a.at.localeCompare(b.at)))
    newest.set(one.said.label, one);
  return [...newest.values()].sort((a, b) => b.at.localeCompare(a.at));
}

/** Each list beside the record: which line of it speaks of the same, and how they differ. */
export const reportedLists = (
  entered: Entered,
  lines: readonly TreatmentLine[],
  lists: readonly SaidByOthers[],
  meanings: ReadonlyMap<string, Meaning>,
): ReportedList[] =>
  lists.map(({ stored, at, said }) => {
    const line = { at, lines: compared(said, lines, meanings) };
    if (!stored)
      return {
        ...line,
        id: 'dispenses',
        version: 1,
        title: `Délivrances jusqu’au ${dateLabel(at)}`,
        from: 'pharmacy',
        fromLabel: reportSources.pharmacy,
        who: null,
        document: null,
        own: false,
      };
    const list = stored.resource;
    const from = reportedFrom(list);
    const document =
      list.extension?.find(({ url }) => url === documentUrl)?.valueReference?.reference?.split('/')[1] ?? null;
    return {
      ...line,
      id: stored.id,
      version: stored.version,
      title: list.title ?? 'Relevé',
      from,
      fromLabel: reportSources[from],
      who: lineOf(entered.reading, stored).who,
      document,
      own: true,
    };
  });
function compared(
  said: readonly Said[],
  lines: readonly TreatmentLine[],
  meanings: ReadonlyMap<string, Meaning>,
): ReportedList['lines'] {
  const pairs = matched(lines, said, meanings);
  const strength = (label: string): Strength | null => meanings.get(label)?.strength ?? null;
  return said.map((one) => {
    const pair = pairs.get(one.key);
    const found = pair
      ? difference({ ...pair.line, strength: strength(pair.line.label) }, { ...one, strength: strength(one.label) })
      : 'missing';
    return {
      key: one.key,
      label: one.label,
      code: codedOf(one.concept, one.label),
      substance: substanceOf(one.concept, one.label).key,
      dosage: one.dosage,
      note: one.note,
      entry: pair ? `${pair.line.type}/${pair.line.id}` : null,
      proposed: pair?.proposed ?? null,
      misspelt: pair?.way === 'near',
      spelling: ((meaning) => (meaning?.near ? meaning.words : null))(meanings.get(one.label)),
      difference: found,
      differenceLabel: differences[found],
    };
  });
}
