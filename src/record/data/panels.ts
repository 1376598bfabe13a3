import { type Analyte, analytes, knownBefore, rangeSources } from './analytes.ts';
import { type Measure, measureOf, measureSources } from './measures.ts';

/** A panel as it is asked for in primary care. `loinc` is null where no panel code says the same: the report is then a laboratory report (11502-2). */
export interface Panel {
  id: string;
  label: string;
  loinc: string | null;
  /** In the order of a French report; the first ones are typed most. */
  codes: readonly string[];
  specimen: string;
}
const p = (id: string, label: string, loinc: string | null, codes: string, specimen = 'Sang veineux'): Panel => ({ id, label, loinc, codes: codes.split(' '), specimen });

export const panels: readonly Panel[] = [
  p('nfs', 'NFS', '58410-2', '718-7 789-8 4544-3 787-2 785-6 786-4 788-0 6690-2 751-8 711-2 704-7 731-0 742-7 777-3 60474-4'),
  p('iono', 'Ionogramme', '24326-1', '2951-2 2823-3 2075-0 1963-8 2885-2 22664-7 2000-8 29265-6 14879-1 2601-3'),
  p('rein', 'Créatinine et DFG', '45066-8', '14682-9 62238-1 35591-7 22664-7 14933-6 9318-7'),
  p('glycemie', 'Glycémie et HbA1c', null, '1558-6 4548-4 2345-7'),
  p('lipides', 'Bilan lipidique', '24331-1', '2093-3 2085-9 2089-1 2571-8 43396-1'),
  p('foie', 'Bilan hépatique', '24325-3', '1920-8 1742-6 2324-2 6768-6 14631-6 14629-0 2532-0 3040-3'),
  p('thyroide', 'TSH et thyroïde', null, '3016-3 14920-3 14928-6'),
  p('inr', 'INR et hémostase', null, '6301-6 5894-1 63561-5 3255-7 48065-7'),
  p('inflammation', 'CRP et VS', null, '1988-5 30341-2'),
  p('fer', 'Bilan martial', null, '2276-4 14798-3 3034-6 2502-3'),
  p('vitamines', 'Vitamines D, B12, B9', null, '62292-8 2132-9 2284-8'),
  p('nutrition', 'Albumine et protéines', null, '1751-7 2885-2 1988-5'),
  p('coeur', 'NT-proBNP, troponine, CPK', null, '33762-6 30934-4 67151-1 89579-7 2157-6'),
  p('prostate', 'PSA', null, '2857-1 12841-3'),
  p('rac', 'Albuminurie / créatininurie', null, '9318-7', 'Urines'),
  p('ecbu', 'ECBU', null, '30405-5 30391-7 630-4 x-ecbu-count x-antibiogram', 'Urines'),
  p('bandelette', 'Bandelette urinaire', '24357-6', '5799-2 5802-4 20454-5 5794-3 25428-4 2514-8 5803-2', 'Urines'),
  p('grossesse', 'Grossesse', null, '21198-7 5388-4 25542-2 5334-8 5196-1 56888-1 22587-0 16128-1 882-1 890-4'),
  p('hgpo', 'Hyperglycémie provoquée (75 g)', null, '1558-6 1507-3 1518-0'),
];
export const panelOf = (id: string): Panel | undefined => panels.find((one) => one.id === id);

/** Answers one chooses from, where words answer. */
export const usualWords = ['Négatif', 'Positif', 'Traces', '+', '++', '+++', 'Stérile', 'Escherichia coli', 'Flore polymorphe', 'Immunisée', 'Non immunisée', 'Douteux'] as const;

/** Everything a laboratory measures that we know, in the order of the panels. */
const named = new Map(analytes.map((one) => [one.code, one]));
const codes = [...new Set([...panels.flatMap((panel) => panel.codes), ...named.keys()])];
export const labAnalytes: readonly Analyte[] = codes.flatMap((code) => {
  const own = named.get(code);
  if (own) return [own];
  const measure: Measure | undefined = measureOf(code);
  const known = knownBefore[code];
  return measure && known ? [{ ...measure, names: known.names, from: known.from, ...(known.also && { also: known.also }) }] : [];
});
const byCode = new Map(labAnalytes.map((one) => [one.code, one]));
export const analyteOf = (code: string): Analyte | undefined => byCode.get(measureOf(code)?.code ?? code);
/** Where a row stands in a table, and under which heading: the first panel that has it. */
const places = new Map(codes.map((code, at) => [code, at]));
export const placeOf = (code: string): number => places.get(code) ?? codes.length;
export const headingOf = (code: string): string => panels.find((panel) => panel.codes.includes(code))?.label ?? 'Autres';
/** Where the range that we give comes from; '' when we give none. */
export function rangeSourceOf(code: string): string {
  const one = measureOf(code);
  if (!one || one.ranges.length === 0) return '';
  const own = named.get(one.code);
  return own ? rangeSources[own.from] : (measureSources[one.code] ?? '');
}
export type { Analyte } from './analytes.ts';
