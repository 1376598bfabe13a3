import { professions } from '../../access/index.ts';
import { forbidden } from '../../platform/index.ts';
import { controlledFor, mayBeControlled, ruleOf } from '../contract/orders/controlled.rules.ts';
import type { OrderLineBody } from '../contract/orders/line.ts';
import type { SignOrderBody } from '../contract/wire-orders.ts';
import { controlledPrescribers, controlledRule } from '../data/orders/controlled.ts';
import { dateLabel } from '../dates.rules.ts';
import { idOf, textConcept } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { meaningsOf } from '../treatments/meanings.ts';
import { controlledFaults } from './controlled.rules.ts';
import { bodyOf, coveredUntil, groupOf, isCancelled } from './line.rules.ts';

/**
 * Narcotics and what follows their rules. What a name looks like, by our own list or by the public list that the practice loaded, is never decided here: whoever prescribes says which it is, or that it is none.
 * @param days first day of each line; @param fields words beside each field that is wrong
 */
export async function checkControlled(
  entered: Entered,
  body: SignOrderBody,
  days: readonly string[],
  fields: Record<string, string>,
): Promise<void> {
  const named = body.lines
    .filter((line) => mayBeControlled(line) && !line.controlled)
    .map(({ label, code, system }) => ({ label, concept: textConcept(label, code, system) }));
  const meanings = named.length > 0 ? await meaningsOf(entered, named) : new Map();
  for (const [at, line] of body.lines.entries()) {
    const rule = ruleOf(line);
    if (line.controlled && !mayBeControlled(line)) fields[`lines.${at}.controlled`] = 'Ne se dit que d’un médicament.';
    else if (!line.controlled && mayBeControlled(line)) {
      const meaning = meanings.get(line.label);
      const found = controlledFor(line.label, ...(meaning?.substance.names ?? []));
      if (found.length > 0)
        fields[`lines.${at}.controlled`] =
          `« ${line.label} » ressemble à un stupéfiant ou assimilé (${found.map((id) => controlledRule(id).label).join(', ')}${meaning?.words ? ` ; ${meaning.words}` : ''}). Dites lequel, ou que ce n’en est pas un.`;
    } else if (rule) {
      const { profession } = entered.caller;
      if (!Object.hasOwn(controlledPrescribers, profession))
        throw forbidden(
          `« ${line.label} » (${rule.label}) ne peut pas être prescrit par un professionnel de la profession « ${professions[profession].fr} ». Rien n’a été signé ; votre saisie reste sur cet écran.`,
        );
      for (const [field, words] of Object.entries(controlledFaults(line, days[at]!)))
        fields[`lines.${at}.${field}`] = words;
    }
  }
  await checkOverlap(entered, body, days, fields);
}

/** The same prescriber writes no new one over a period that one covers already, unless they say so on it (art. R. 5132-33). */
async function checkOverlap(
  entered: Entered,
  { lines, replaces }: SignOrderBody,
  days: readonly string[],
  fields: Record<string, string>,
): Promise<void> {
  const held = (line: OrderLineBody): boolean =>
    ruleOf(line)?.overlap === 'forbidden' && line.controlled?.overlap !== true;
  if (!lines.some(held)) return;
  const medicines = await entered.store.compartment(entered.patientId, { types: ['MedicationRequest'], each: 200 });
  const before = medicines
    .map((one) => one.resource)
    .filter(
      (one) =>
        !isCancelled(one) &&
        one.intent === 'order' &&
        idOf(one.requester, 'Practitioner') === entered.caller.practitioner &&
        groupOf(one) !== (replaces?.id ?? '') &&
        ruleOf(bodyOf(one, 'medicine'))?.overlap === 'forbidden',
    );
  for (const [at, line] of lines.entries()) {
    if (!held(line)) continue;
    const until = coveredUntil(line, days[at]!) ?? days[at]!;
    const covering = before.find(
      ({ dispenseRequest }) =>
        (dispenseRequest?.validityPeriod?.end ?? '') >= days[at]! &&
        (dispenseRequest?.validityPeriod?.start ?? '') <= until,
    );
    if (covering)
      fields[`lines.${at}.controlled.overlap`] =
        `Votre ordonnance du ${dateLabel(covering.authoredOn?.slice(0, 10))} (${bodyOf(covering, 'medicine').label}) couvre jusqu’au ${dateLabel(covering.dispenseRequest?.validityPeriod?.end)}. Commencez celle-ci ensuite, ou autorisez le chevauchement.`;
  }
}
