/** Conditions a person can put together without knowing FHIRPath: the newest value of a measure, compared to a number. */
export const measures = [
  { code: '4548-4', label: 'HbA1c', unit: '%' },
  { code: '6301-6', label: 'INR', unit: '' },
  { code: '39156-5', label: 'IMC', unit: 'kg/m²' },
  { code: '29463-7', label: 'Poids', unit: 'kg' },
  { code: '8480-6', label: 'Pression systolique', unit: 'mmHg' },
  { code: '8462-4', label: 'Pression diastolique', unit: 'mmHg' },
  { code: '8867-4', label: 'Fréquence cardiaque', unit: '/min' },
  { code: '2708-6', label: 'Saturation en oxygène', unit: '%' },
  { code: '62238-1', label: 'DFG estimé', unit: 'mL/min/1,73 m²' },
  { code: '9318-7', label: 'Albuminurie / créatininurie', unit: 'mg/g' },
  { code: '2823-3', label: 'Potassium', unit: 'mmol/L' },
  { code: '2089-1', label: 'LDL-cholestérol', unit: 'g/L' },
  { code: '72514-3', label: 'Douleur (0 à 10)', unit: '' },
  { code: '72106-8', label: 'MMSE', unit: '/30' },
  { code: '38227-5', label: 'Échelle de Braden', unit: '' },
] as const;
export const comparisons = [
  { value: '>', label: 'supérieur à' },
  { value: '>=', label: 'supérieur ou égal à' },
  { value: '<', label: 'inférieur à' },
  { value: '<=', label: 'inférieur ou égal à' },
] as const;
export interface Asked {
  code: string;
  comparison: string;
  value: number;
}

/** Components of one observation (the two pressures) are asked where they are. */
const within = new Set(['8480-6', '8462-4']);
export const expressionOf = ({ code, comparison, value }: Asked): string =>
  within.has(code)
    ? `Observation.component.where(code.coding.exists(code = '${code}')).first().value.value ${comparison} ${value}`
    : `Observation.where(code.coding.exists(code = '${code}')).first().value.value ${comparison} ${value}`;

/** Null when it is something else, which only the expression itself can say. */
export function askedOf(expression: string): Asked | null {
  const found =
    /^Observation\.(?:component\.)?where\(code\.coding\.exists\(code = '([\d-]+)'\)\)\.first\(\)\.value\.value (>=?|<=?) (-?\d+(?:\.\d+)?)$/.exec(
      expression.trim(),
    );
  const asked = found && { code: found[1]!, comparison: found[2]!, value: Number(found[3]) };
  return asked && measures.some((one) => one.code === asked.code) && expressionOf(asked) === expression.trim()
    ? asked
    : null;
}
export function sayAsked({ code, comparison, value }: Asked): string {
  const measure = measures.find((one) => one.code === code);
  return `${measure?.label ?? code} ${comparisons.find((one) => one.value === comparison)?.label ?? comparison} ${String(value).replace('.', ',')}${measure?.unit ? ` ${measure.unit}` : ''}`;
}
