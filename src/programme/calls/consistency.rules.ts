import { type Profession, professions } from '../../access/index.ts';
import { realDay } from './answers.rules.ts';
import type { Condition, Edition } from './contract.ts';
import { deadlineInstant } from './eligibility.rules.ts';

/** What keeps a call from being published: where, and what to do. */
export interface Flaw {
  where: string;
  words: string;
}
export function factsIn(test: Condition): string[] {
  if ('all' in test) return test.all.flatMap(factsIn);
  if ('any' in test) return test.any.flatMap(factsIn);
  if ('not' in test) return factsIn(test.not);
  return [test.fact];
}
/** Facts that a project tells once it is under way: no form asks for them. */
const toldLater: ReadonlySet<string> = new Set(['aci.joinsDuring']);
const twice = (ids: readonly string[]): string[] => [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];

const spelled =
  'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt'.split(
    ' ',
  );
/** How many places a text says; undefined when it gives no number («une dizaine d’équipes»), or several. */
function placesIn(text: string): { count: number; words: string } | undefined {
  const found = /(?<![\p{L}\d-])([\p{L}-]+|\d+)\s(?:équipes?|places?|candidatures?)(?!\p{L})/giu;
  const told = [...text.matchAll(found)].flatMap(([words, number]) => {
    const said = number!.toLowerCase().replace(/^une$/, 'un');
    const count = /^\d+$/.test(said) ? Number(said) : spelled.indexOf(said) + 1;
    return count > 0 ? [{ count, words }] : [];
  });
  return told.length === 1 ? told[0] : undefined;
}
/** Every condition looks at a field of the form, every rule says why and how to mend it, nothing has the same name twice, payments make a whole. */
export function flawsOf(edition: Edition): Flaw[] {
  const fields = edition.sections.flatMap((section) => section.fields);
  const known = new Set(fields.map(({ id }) => id));
  const documents = new Set(edition.documents.map(({ id }) => id));
  const flaws: Flaw[] = [];
  const flaw = (where: string, words: string) => void flaws.push({ where, words });
  const conditions: [string, Condition | null | undefined][] = [
    ...fields.map((field): [string, Condition | null] => [`Formulaire, « ${field.label} »`, field.when]),
    ...edition.documents.map((one): [string, Condition | null] => [`Pièces, « ${one.label} »`, one.when]),
    ...edition.eligibility.map((rule): [string, Condition] => [`Conditions, « ${rule.title} »`, rule.test]),
    ...edition.ranking.flatMap((criterion) =>
      criterion.levels.map((level): [string, Condition] => [`Classement, « ${criterion.title} »`, level.test]),
    ),
  ];
  for (const [where, test] of conditions)
    for (const fact of new Set(test ? factsIn(test) : []))
      if (!known.has(fact)) flaw(where, `La condition regarde « ${fact} », qui n’est pas dans le formulaire.`);
  // What the rule of subscriptions looks at may happen during the support: it is then said in the project (money/).
  const { unless } = edition.funding.subscription ?? {};
  for (const fact of new Set(unless ? factsIn(unless) : []))
    if (!known.has(fact) && !toldLater.has(fact))
      flaw('Montants, abonnement', `La condition regarde « ${fact} », qui n’est pas dans le formulaire.`);
  for (const rule of edition.eligibility) {
    if (!rule.title.trim() || !rule.fails.trim() || !rule.mend.trim())
      flaw(
        `Conditions, « ${rule.title || rule.id} »`,
        'Dites ce que l’équipe lira si la condition n’est pas remplie, et comment y remédier.',
      );
    for (const document of rule.documents)
      if (!documents.has(document))
        flaw(`Conditions, « ${rule.title} »`, `La pièce « ${document} » n’est plus demandée.`);
  }
  for (const [where, ids] of [
    ['Formulaire', fields.map(({ id }) => id)],
    ['Pièces', edition.documents.map(({ id }) => id)],
    ['Conditions', edition.eligibility.map(({ id }) => id)],
    ['Classement', edition.ranking.map(({ id }) => id)],
    ['Examen', edition.review.map(({ id }) => id)],
  ] as const)
    for (const id of twice(ids)) flaw(where, `« ${id} » est là deux fois.`);
  for (const field of fields)
    if ((field.type === 'choice' || field.type === 'choices') && field.choices.length < 2)
      flaw(`Formulaire, « ${field.label} »`, 'Un choix demande deux réponses possibles au moins.');
  for (const id of twice(edition.steps.map((step) => step.id))) flaw('Étapes', `« ${id} » est là deux fois.`);
  for (const kind of twice(edition.steps.flatMap(({ deliverables }) => deliverables.map((one) => one.kind))))
    flaw(
      'Étapes',
      `Le livrable « ${kind} » est demandé par deux étapes : l’une se clorait avec le document de l’autre.`,
    );
  for (const [at, step] of edition.steps.entries()) {
    const before = edition.steps[at - 1];
    if (step.toMonth < step.fromMonth) flaw(`Étapes, « ${step.title} »`, 'La fin précède le début.');
    if (before && step.fromMonth < before.fromMonth)
      flaw(
        `Étapes, « ${step.title} »`,
        `Elle commence avant « ${before.title} », qui la précède : changez ses mois ou son rang.`,
      );
  }
  const launch = edition.steps.find(({ id }) => id === 'launch') ?? edition.steps[0]!;
  const lasts = Math.max(...edition.steps.map(({ toMonth }) => toMonth)) - launch.fromMonth + 1;
  if (lasts > edition.mostMonths)
    flaw('Étapes', `De « ${launch.title} » à la fin, il y a ${lasts} mois : ${edition.mostMonths} au plus.`);
  const nameOf = (code: string): string =>
    code === 'others'
      ? 'Les autres professions'
      : Object.hasOwn(professions, code)
        ? professions[code as Profession].fr
        : code;
  for (const code of twice(edition.funding.perPerson.flatMap((rule) => rule.professions)))
    flaw('Montants', `« ${nameOf(code)} » a deux montants par personne.`);
  for (const rule of edition.funding.perPerson)
    if (rule.professions.length === 0) flaw('Montants', `« ${rule.words} » n’est le montant d’aucune profession.`);
  for (const code of twice(edition.funding.excluded.map(({ profession }) => profession)))
    flaw('Montants', `« ${nameOf(code)} » est écarté deux fois.`);
  const paid = edition.funding.payments.reduce((sum, { percent }) => sum + percent, 0);
  if (edition.funding.payments.length > 0 && paid !== 100)
    flaw('Montants', `Les versements font ${paid} % : ils doivent faire 100 %.`);
  if (
    Number.isNaN(deadlineInstant(edition.deadline)) ||
    !new Date(`${edition.deadline}Z`).toISOString().startsWith(edition.deadline)
  )
    flaw('Dates', 'Cette date limite n’existe pas.');
  const told = placesIn(edition.placesWords);
  if (told !== undefined && told.count !== edition.places)
    flaw(
      'Dates et places',
      `Le texte dit « ${told.words} », et l’appel a ${edition.places} place${edition.places > 1 ? 's' : ''}.`,
    );
  if (!realDay(edition.funding.notBefore))
    flaw('Montants', 'Le jour avant lequel une dépense n’est pas prise en charge n’existe pas.');
  return flaws;
}
