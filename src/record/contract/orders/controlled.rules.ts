import { type ControlledId, controlledIds, type ControlledRule, controlledRule } from '../../data/orders/controlled.ts';
import { plainName } from '../results/read.ts';
import { inFullLetters, numberInWords } from './in-words.rules.ts';
import type { OrderLineBody } from './line.ts';

/** Which rules a medicine may fall under, by its name and what a list says it is made of: proposed to the prescriber, who says which, or none. */
export function controlledFor(...names: readonly string[]): ControlledId[] {
  const said = names.map((name) => ` ${plainName(name)} `);
  return controlledIds.filter((id) =>
    controlledRule(id).words.some((word) => said.some((name) => name.includes(` ${word} `))),
  );
}
/** The rule that a line was said to follow; null: it is an ordinary one, or nothing was said. */
export const ruleOf = ({ controlled }: Pick<OrderLineBody, 'controlled'>): ControlledRule | null =>
  controlled && controlled.rule !== 'none' ? controlledRule(controlled.rule) : null;
/** Only a medicine is one. */
export const mayBeControlled = ({ kind }: Pick<OrderLineBody, 'kind'>): boolean => kind === 'medicine';
const lengths = { d: 'jour', wk: 'semaine', mo: 'mois' } as const;
export const sayMost = ({ value, unit }: ControlledRule['most']): string =>
  `${value} ${lengths[unit]}${value > 1 && unit !== 'mo' ? 's' : ''}`;

/** What the prescriber writes for the pharmacist, beside the posology. */
export function controlledMentions(line: Pick<OrderLineBody, 'controlled'>): string[] {
  const rule = ruleOf(line);
  if (!rule) return [];
  const { once, fraction, overlap, pharmacy } = line.controlled!;
  const days = `${fraction} jour${(fraction ?? 0) > 1 ? 's' : ''}`;
  return [
    once
      ? 'délivrance en une seule fois'
      : fraction
        ? `à délivrer par fractions de ${rule.letters ? inFullLetters(days) : days}`
        : '',
    overlap ? 'chevauchement autorisé par le prescripteur' : '',
    pharmacy && `pharmacie chargée de la délivrance : ${pharmacy}`,
  ].filter(Boolean);
}
/** «2 (deux)», for the square of the secured paper. */
export const countInWords = (count: number): string => `${count} (${numberInWords(String(count))})`;
