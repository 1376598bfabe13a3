/** Values that follow from others of the same report, with the formula that is said beside them. */
export interface Person {
  /** Years; null when unknown. */
  age: number | null;
  sex: string | undefined;
}
export interface Computed {
  code: string;
  value: number;
  formula: string;
  /** Codes it was worked out from. */
  of: readonly string[];
}
const sexOf = (sex: string | undefined): 'male' | 'female' | null => (sex === 'male' || sex === 'female' ? sex : null);

/** Levey AS et al., Ann Intern Med 2009;150:604-12, without the coefficient of origin, as the HAS asks for since 2012. Creatinine in µmol/L; adults. */
export function ckdEpi2009(creatinine: number, { age, sex }: Person): number | null {
  const which = sexOf(sex);
  if (!which || age === null || age < 18 || age > 110 || !(creatinine >= 10 && creatinine <= 3000)) return null;
  const [kappa, alpha] = which === 'female' ? [0.7, -0.329] : [0.9, -0.411];
  const ratio = creatinine / 88.4 / kappa;
  return (
    141 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.209 * 0.993 ** age * (which === 'female' ? 1.018 : 1)
  );
}
/** Cockcroft DW, Gault MH, Nephron 1976;16:31-41: mL/min. */
export function cockcroft(creatinine: number, kilograms: number, { age, sex }: Person): number | null {
  const which = sexOf(sex);
  if (
    !which ||
    age === null ||
    age < 18 ||
    age > 110 ||
    !(creatinine >= 10 && creatinine <= 3000) ||
    !(kilograms >= 30 && kilograms <= 250)
  )
    return null;
  return ((140 - age) * kilograms * (which === 'female' ? 1.04 : 1.23)) / creatinine;
}
/** Friedewald WT et al., Clin Chem 1972;18:499-502, in g/L: triglycerides under 4 g/L only. */
export function friedewald(total: number, hdl: number, triglycerides: number): number | null {
  if (!(triglycerides > 0 && triglycerides < 4) || !(hdl > 0) || !(total > hdl)) return null;
  const ldl = total - hdl - triglycerides / 5;
  return ldl > 0 ? ldl : null;
}

/** What the report leaves out. `of(code)`: a plain number in the catalogue's unit, without «<» or «>»; undefined when there is none. */
export function computedFrom(
  of: (code: string) => number | undefined,
  person: Person,
  kilograms: number | null,
): Computed[] {
  const found: Computed[] = [];
  const add = (code: string, value: number | null, decimals: number, formula: string, codes: readonly string[]) => {
    if (value !== null && Number.isFinite(value) && of(code) === undefined)
      found.push({ code, value: Number(value.toFixed(decimals)), formula, of: codes });
  };
  const creatinine = of('14682-9');
  if (creatinine !== undefined) {
    add('62238-1', ckdEpi2009(creatinine, person), 0, 'CKD-EPI 2009', ['14682-9']);
    if (kilograms !== null)
      add('35591-7', cockcroft(creatinine, kilograms, person), 0, 'Cockcroft et Gault', ['14682-9']);
  }
  const [total, hdl, triglycerides] = [of('2093-3'), of('2085-9'), of('2571-8')];
  if (total !== undefined && hdl !== undefined) {
    if (triglycerides !== undefined)
      add('2089-1', friedewald(total, hdl, triglycerides), 2, 'Friedewald', ['2093-3', '2085-9', '2571-8']);
    add('43396-1', total > hdl ? total - hdl : null, 2, 'cholestérol total − HDL', ['2093-3', '2085-9']);
  }
  return found;
}
