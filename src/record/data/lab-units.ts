/**
 * Units of laboratories: how they are written, and what one unit of an analyte is in another. Factors follow from molar masses (g/mol): glucose 180.16, cholesterol
 * 386.65, triglycerides 875, urea 60.06, uric acid 168.11, creatinine 113.12, calcium 40.078, magnesium 24.305, phosphorus 30.974, iron 55.845, bilirubin
 * 584.66, T4 776.87, T3 650.98, 25-OH-D3 400.64, B12 1355.4, folic acid 441.4. HbA1c: NGSP % = 0.09148 × IFCC mmol/mol + 2.152 (NGSP master equation).
 */
type Factor = readonly [factor: number, offset?: number];
const same: Factor = [1];

/** From a unit to the analyte's own (catalogue): value × factor + offset. */
const toOwn: Readonly<Record<string, Readonly<Record<string, Factor>>>> = {
  '14682-9': { 'mg/L': [8.84], 'mg/dL': [88.4], 'mmol/L': [1000] },
  '22664-7': { 'g/L': [16.65], 'mg/dL': [0.1665], 'mg/L': [0.01665] },
  '14933-6': { 'mg/L': [5.9485], 'mg/dL': [59.485], 'mmol/L': [1000] },
  '2000-8': { 'mg/L': [0.024951], 'mg/dL': [0.24951] },
  '29265-6': { 'mg/L': [0.024951], 'mg/dL': [0.24951] },
  '14879-1': { 'mg/L': [0.032285], 'mg/dL': [0.32285] },
  '2601-3': { 'mg/L': [0.041144], 'mg/dL': [0.41144] },
  '2951-2': { 'meq/L': same }, '2823-3': { 'meq/L': same }, '2075-0': { 'meq/L': same }, '1963-8': { 'meq/L': same },
  '2885-2': { 'g/dL': [10] }, '1751-7': { 'g/dL': [10], 'mg/L': [0.001] },
  '1558-6': { 'mmol/L': [0.18016], 'mg/dL': [0.01], 'mg/L': [0.001] }, '2345-7': { 'mmol/L': [0.18016], 'mg/dL': [0.01], 'mg/L': [0.001] }, '1507-3': { 'mmol/L': [0.18016], 'mg/dL': [0.01] }, '1518-0': { 'mmol/L': [0.18016], 'mg/dL': [0.01] }, '41653-7': { 'mmol/L': [0.18016], 'mg/dL': [0.01] },
  '4548-4': { 'mmol/mol': [0.09148, 2.152] },
  '2093-3': { 'mmol/L': [0.38665], 'mg/dL': [0.01] }, '2085-9': { 'mmol/L': [0.38665], 'mg/dL': [0.01] }, '43396-1': { 'mmol/L': [0.38665], 'mg/dL': [0.01] }, '2089-1': { 'mmol/L': [0.38665], 'mg/dL': [0.01] }, '2571-8': { 'mmol/L': [0.875], 'mg/dL': [0.01] },
  '718-7': { 'g/L': [0.1], 'mmol/L': [1.6114] }, '786-4': { 'g/L': [0.1], '%': same },
  '6690-2': { '10*9/L': same, '/uL': [0.001] }, '751-8': { '10*9/L': same, '/uL': [0.001] }, '711-2': { '10*9/L': same, '/uL': [0.001] }, '704-7': { '10*9/L': same, '/uL': [0.001] }, '731-0': { '10*9/L': same, '/uL': [0.001] }, '742-7': { '10*9/L': same, '/uL': [0.001] }, '777-3': { '10*9/L': same, '/uL': [0.001] }, '60474-4': { '10*9/L': same, '/uL': [0.001] },
  '789-8': { '10*12/L': same, '/uL': [0.000001] },
  '4544-3': { '1': [100], 'L/L': [100] }, '787-2': { 'um3': same },
  '14631-6': { 'mg/L': [1.7104], 'mg/dL': [17.104] }, '14629-0': { 'mg/L': [1.7104], 'mg/dL': [17.104] },
  '1920-8': { '[IU]/L': same }, '1742-6': { '[IU]/L': same }, '2324-2': { '[IU]/L': same }, '6768-6': { '[IU]/L': same }, '2532-0': { '[IU]/L': same }, '3040-3': { '[IU]/L': same }, '2157-6': { '[IU]/L': same },
  '3016-3': { 'u[IU]/mL': same, 'mU/L': same }, '14920-3': { 'ng/L': [1.2872], 'pg/mL': [1.2872], 'ng/dL': [12.872] }, '14928-6': { 'ng/L': [1.5361], 'pg/mL': [1.5361] },
  '3255-7': { 'mg/dL': [0.01] }, '48065-7': { 'ng/mL': same, 'mg/L': [1000], 'ug/mL': [1000] },
  '1988-5': { 'mg/dL': [10] }, '33762-6': { 'pg/mL': same, 'pmol/L': [8.457] }, '30934-4': { 'pg/mL': same }, '67151-1': { 'pg/mL': same, 'ug/L': [1000], 'ng/mL': [1000] }, '89579-7': { 'pg/mL': same, 'ug/L': [1000], 'ng/mL': [1000] },
  '14798-3': { 'ug/dL': [0.17907], 'ug/L': [0.017907], 'mg/L': [17.907] }, '3034-6': { 'mg/dL': [0.01] }, '2276-4': { 'ug/L': same },
  '62292-8': { 'ng/mL': same, 'nmol/L': [0.40064] }, '2132-9': { 'pg/mL': same, 'pmol/L': [1.3554] }, '2284-8': { 'ng/mL': same, 'nmol/L': [0.4414] },
  '2857-1': { 'ng/mL': same }, '9318-7': { 'mg/mmol': [8.84] }, '30405-5': { '/uL': [1000] }, '30391-7': { '/uL': [1000] },
  '21198-7': { '[IU]/L': same, '[IU]/mL': [1000], 'U/L': same, 'mU/mL': same },
};

/** A value in the analyte's own unit; null when one does not follow from the other. */
export function inOwnUnit(code: string, own: string, unit: string, value: number): number | null {
  if (unit === own) return value;
  const factor = toOwn[code]?.[unit];
  if (!factor) return null;
  const made = value * factor[0] + (factor[1] ?? 0);
  return Number.isFinite(made) ? made : null;
}
/** The other way. */
export function fromOwnUnit(code: string, own: string, unit: string, value: number): number | null {
  if (unit === own) return value;
  const factor = toOwn[code]?.[unit];
  return factor ? (value - (factor[1] ?? 0)) / factor[0] : null;
}
/** Units one may meet for an analyte, its own first. */
export const unitsOf = (code: string, own: string): readonly string[] => [own, ...Object.keys(toOwn[code] ?? {})];

/** How it is shown in France, by UCUM code. */
const shownAs: Readonly<Record<string, string>> = {
  '10*3/uL': 'G/L', '10*9/L': 'G/L', '10*6/uL': 'T/L', '10*12/L': 'T/L', 'umol/L': 'µmol/L', 'ug/L': 'µg/L', 'ug/dL': 'µg/dL', 'ug/mL': 'µg/mL', '[IU]/L': 'UI/L', 'U/L': 'UI/L', 'm[IU]/L': 'mUI/L', 'u[IU]/mL': 'µUI/mL', '[IU]/mL': 'UI/mL', 'k[IU]/L': 'kUI/L', 'mm[Hg]': 'mmHg', 'mosm/kg': 'mOsm/kg', 'mosm/L': 'mOsm/L', '{copies}/mL': 'copies/mL', Cel: '°C', 'm[IU]/mL': 'mUI/mL', '/uL': '/mm³', um3: 'µm³',
  'mL/min/{1.73_m2}': 'mL/min/1,73 m²', '{INR}': '', '{ratio}': '', '1': '', 'mm/h': 'mm', 'meq/L': 'mEq/L',
};
export const unitShown = (ucum: string): string => shownAs[ucum] ?? ucum;

/** Spellings, without blanks and in small letters, «µ» and «μ» as «u». Several codes: the analyte says which. */
const spelled: Readonly<Record<string, readonly string[]>> = {
  'g/l': ['g/L', '10*3/uL'], 'giga/l': ['10*3/uL'], '10^9/l': ['10*3/uL'], '10e9/l': ['10*3/uL'], '10*9/l': ['10*3/uL'], '10^3/ul': ['10*3/uL'], '10*3/ul': ['10*3/uL'], '10^3/mm3': ['10*3/uL'], '10^3/mm³': ['10*3/uL'], 'milliers/mm3': ['10*3/uL'],
  't/l': ['10*6/uL'], 'tera/l': ['10*6/uL'], 'téra/l': ['10*6/uL'], '10^12/l': ['10*6/uL'], '10e12/l': ['10*6/uL'], '10*12/l': ['10*6/uL'], '10^6/ul': ['10*6/uL'], '10*6/ul': ['10*6/uL'], '10^6/mm3': ['10*6/uL'], 'millions/mm3': ['10*6/uL'],
  '/mm3': ['/uL'], '/mm³': ['/uL'], '/ul': ['/uL'], 'elements/mm3': ['/uL'], '/ml': ['/mL'], 'elements/ml': ['/mL'], 'ufc/ml': ['/mL'], '/champ': ['/[HPF]'],
  'g/dl': ['g/dL'], 'g/100ml': ['g/dL'], 'mg/l': ['mg/L'], 'mg/dl': ['mg/dL'], 'mg/100ml': ['mg/dL'], 'ug/l': ['ug/L'], 'ug/dl': ['ug/dL'], 'ug/100ml': ['ug/dL'], 'ug/ml': ['ug/mL'], 'ng/ml': ['ng/mL'], 'ng/l': ['ng/L'], 'ng/dl': ['ng/dL'], 'pg/ml': ['pg/mL'], 'microg/l': ['ug/L'],
  'mmol/l': ['mmol/L'], 'umol/l': ['umol/L'], 'micromol/l': ['umol/L'], 'nmol/l': ['nmol/L'], 'pmol/l': ['pmol/L'], 'meq/l': ['meq/L'], 'mmol/mol': ['mmol/mol'], 'mg/g': ['mg/g'], 'mg/mmol': ['mg/mmol'], 'mg/mmolcreat': ['mg/mmol'], 'mg/gcreat': ['mg/g'],
  'ui/l': ['U/L', '[IU]/L'], 'u/l': ['U/L', '[IU]/L'], 'iu/l': ['[IU]/L', 'U/L'], 'ui/ml': ['[IU]/mL'], 'iu/ml': ['[IU]/mL'], 'mui/l': ['m[IU]/L', 'mU/L'], 'mu/l': ['m[IU]/L', 'mU/L'], 'uui/ml': ['u[IU]/mL', 'm[IU]/L'], 'uu/ml': ['u[IU]/mL', 'm[IU]/L'], 'mui/ml': ['m[IU]/mL'], 'mu/ml': ['m[IU]/mL'],
  '%': ['%'], fl: ['fL'], 'u3': ['um3'], 'um3': ['um3'], 'um³': ['um3'], pg: ['pg'], mm: ['mm/h'], 'mm/h': ['mm/h'], 'l/l': ['L/L'], s: ['s'], sec: ['s'], secondes: ['s'], 'g/24h': ['g/(24.h)'], 'mg/24h': ['mg/(24.h)'],
  'kui/l': ['k[IU]/L'], 'ku/l': ['k[IU]/L', 'kU/L'], 'mmol/24h': ['mmol/(24.h)'], 'umol/24h': ['umol/(24.h)'], 'ug/24h': ['ug/(24.h)'], 'ug/g': ['ug/g'], 'mosm/kg': ['mosm/kg'], 'mosm/l': ['mosm/L'], kpa: ['kPa'], mmhg: ['mm[Hg]'], 'copies/ml': ['{copies}/mL'], '°c': ['Cel'],
  'ml/min': ['mL/min'], 'ml/mn': ['mL/min'], 'ml/min/1.73m2': ['mL/min/{1.73_m2}'], 'ml/min/1,73m2': ['mL/min/{1.73_m2}'], 'ml/min/1.73m²': ['mL/min/{1.73_m2}'], 'ml/min/1,73m²': ['mL/min/{1.73_m2}'], 'ml/mn/1.73m2': ['mL/min/{1.73_m2}'], 'ml/mn/1,73m2': ['mL/min/{1.73_m2}'], 'ml/mn/1,73m²': ['mL/min/{1.73_m2}'], 'ml/min/1.73': ['mL/min/{1.73_m2}'], 'ml/min/1,73': ['mL/min/{1.73_m2}'],
};
const byCode = new Set([...Object.values(spelled).flat(), ...Object.values(toOwn).flatMap((one) => Object.keys(one)), 'mL/min/{1.73_m2}', '{INR}', '{ratio}', '{score}']);
/** A unit as typed or printed → UCUM codes it may be; none when it is not known. */
export function unitsNamed(text: string): readonly string[] {
  const typed = text.trim();
  if (byCode.has(typed) && !/^[gG]\/[lL]$/.test(typed)) return [typed];
  // «G/L» is billions of cells, «g/l» grams; a laboratory that writes in capitals only means either.
  if (typed === 'G/L') return ['10*3/uL', 'g/L'];
  const key = typed.replace(/\s+/g, '').toLowerCase().replace(/[µμ]/g, 'u');
  return Object.hasOwn(spelled, key) ? spelled[key]! : [];
}
