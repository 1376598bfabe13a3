import { ruleOf, sayMost } from '../contract/orders/controlled.rules.ts';
import type { OrderLineBody } from '../contract/orders/line.ts';
import { daysCovered } from '../contract/orders/order.rules.ts';
import { dosagesFromText, posologyFrom } from '../contract/treatments/dosage.rules.ts';
import { unitOfLabel } from '../contract/treatments/read.rules.ts';
import { addDays, addMonths } from '../dates.rules.ts';

/** What a narcotic, or what follows its rules, lacks; by field of the line (code de la santé publique, art. R. 5132-29 to R. 5132-33). `from`: its first day. */
export function controlledFaults(line: OrderLineBody, from: string): Record<string, string> {
  const rule = ruleOf(line);
  if (!rule) return {};
  const said = line.controlled!;
  const faults: Record<string, string> = {};
  const covered = daysCovered(line);
  const last = ({ months, days }: { months: number; days: number }): string => addDays(addMonths(from, months), days);
  const most =
    rule.most.unit === 'mo'
      ? { months: rule.most.value, days: 0 }
      : { months: 0, days: rule.most.value * (rule.most.unit === 'wk' ? 7 : 1) };
  if (!covered) faults.duration = `Dites la durée : ${sayMost(rule.most)} au plus.`;
  else if (last(covered) > last(most))
    faults.duration = `${rule.label} : ${sayMost(rule.most)} au plus${line.repeats > 0 ? ', renouvellements compris' : ''} (${rule.source}).`;
  if (rule.regime === 'narcotic' && line.repeats > 0)
    faults.repeats = 'Un stupéfiant ne se renouvelle pas : écrivez une nouvelle ordonnance.';
  if (rule.letters && !said.strength.trim())
    faults['controlled.strength'] =
      'Écrivez le dosage d’une unité, par exemple « 10 mg » : il est imprimé en toutes lettres.';
  if (rule.letters && line.instructions && !saysDoses(line))
    faults.instructions =
      'Écrivez le nombre d’unités par prise et le nombre de prises, par exemple « 1 gélule matin et soir » : la loi les veut en toutes lettres.';
  if (rule.pharmacy && !said.pharmacy.trim())
    faults['controlled.pharmacy'] =
      'Écrivez la pharmacie choisie par le patient : elle seule délivre, et la prise en charge en dépend.';
  if (said.once && said.fraction)
    faults['controlled.fraction'] = 'Délivrance en une seule fois, ou par fractions : l’un ou l’autre.';
  else if (rule.fraction !== null && !said.once && !said.fraction)
    faults['controlled.fraction'] =
      `Dites la durée de chaque fraction : ${rule.fraction} jours au plus, ou la délivrance en une seule fois.`;
  else if (rule.fraction !== null && said.fraction && said.fraction > rule.fraction)
    faults['controlled.fraction'] = `${rule.fraction} jours au plus par fraction, ou la délivrance en une seule fois.`;
  return faults;
}
/** Each take has its units; of words that were not understood as a posology, a number at least stands in them. */
function saysDoses(line: OrderLineBody): boolean {
  const posology = posologyFrom(dosagesFromText(line.instructions, unitOfLabel(line.label)));
  if (posology)
    return posology.steps.every(({ takes }) => takes.every(({ dose, unit }) => dose !== null && unit !== ''));
  return (
    /\d|\b(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\b/i.test(line.instructions) &&
    line.instructions.trim().split(/\s+/).length > 2
  );
}
