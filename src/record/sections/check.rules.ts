import type { Questionnaire } from '@medplum/fhirtypes';
import { harmless } from '../contract/sections/harmless.ts';
import { calculatedOf, isQuestion, itemsOf, weightOf } from '../contract/sections/form.ts';

export interface Flaw {
  /** linkId; `form`: the whole of it cannot be read. */
  where: string;
  words: string;
  severity: 'error' | 'warning';
}
const types = new Set([
  'group',
  'display',
  'boolean',
  'decimal',
  'integer',
  'quantity',
  'date',
  'string',
  'text',
  'choice',
  'open-choice',
  'attachment',
]);
const most = { items: 400, depth: 6 };

/** What keeps a section from being put in use, and what its writer should know. Source: invariants of Questionnaire and what the screen can show. */
export function problemsOf(form: Questionnaire): Flaw[] {
  const found: Flaw[] = [];
  const say = (where: string, words: string, severity: Flaw['severity'] = 'error') =>
    found.push({ where, words, severity });
  const all = [...itemsOf(Array.isArray(form.item) ? form.item : [])];
  if (!form.title?.trim()) say('form', 'Donnez un titre au volet.');
  if (all.length > most.items) say('form', `Un volet a ${most.items} lignes au plus.`);
  if (all.some(({ above }) => above.length >= most.depth))
    say('form', 'Les parties sont emboîtées trop profondément (six niveaux au plus).');
  if (all.some(({ item }) => typeof item.linkId !== 'string' || !/^[A-Za-z0-9_.-]{1,64}$/.test(item.linkId)))
    say('form', 'Chaque ligne a un identifiant de lettres, chiffres et tirets.');
  const known = new Map<string, (typeof all)[number]>();
  for (const one of all) {
    const { item } = one;
    const name = item.text?.trim() || item.linkId;
    if (known.has(item.linkId)) say('form', `Deux lignes portent l’identifiant « ${item.linkId} ».`);
    known.set(item.linkId, one);
    if (!types.has(item.type))
      say(item.linkId, `« ${name} » : ce genre de question (${item.type}) n’est pas pris en charge.`);
    if (item.type === 'group' && !item.item?.length)
      say('form', `La partie « ${name} » est vide : ajoutez-y une question, ou retirez-la.`);
    if (item.type !== 'group' && !item.text?.trim()) say(item.linkId, 'Une question n’a pas de texte.');
    if (
      (item.type === 'choice' || item.type === 'open-choice') &&
      !item.answerOption?.some(({ valueCoding }) => valueCoding?.code && valueCoding.display)
    )
      say(item.linkId, `« ${name} » : donnez au moins une réponse à choisir.`);
    if (isQuestion(item) && item.item?.some((one) => one.type !== 'display'))
      say(item.linkId, `« ${name} » contient d’autres questions : mettez-les dans une partie.`);
    const codes = (item.answerOption ?? []).map(({ valueCoding }) => valueCoding?.code);
    if (new Set(codes).size < codes.length) say(item.linkId, `« ${name} » : deux réponses ont le même code.`);
    const weights = (item.answerOption ?? []).filter(({ valueCoding }) => weightOf(valueCoding) !== undefined).length;
    if (weights > 0 && weights < codes.length)
      say(item.linkId, `« ${name} » : des réponses ont des points et d’autres non.`, 'warning');
    const expression = calculatedOf(item);
    if (expression !== undefined) {
      if (!harmless(expression))
        say(item.linkId, `« ${name} » : le calcul ne se lit pas, ou demande plus que les réponses (FHIRPath).`);
    }
  }
  for (const { item } of all)
    for (const when of item.enableWhen ?? []) {
      const asked = known.get(when.question);
      if (!asked || !isQuestion(asked.item))
        say(item.linkId, `« ${item.text || item.linkId} » dépend d’une question qui n’existe pas.`);
      else if (when.question === item.linkId || asked.above.some(({ linkId }) => linkId === item.linkId))
        say(item.linkId, `« ${item.text || item.linkId} » dépend d’elle-même.`);
    }
  if (![...known.values()].some(({ item }) => isQuestion(item))) say('vide', 'Le volet n’a encore aucune question.');
  return found;
}
