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

const noSuchField = (fact: string): string => `La condition regarde « ${fact} », qui n’est pas dans le formulaire.`;
/** Conditions look at fields of the form. */
function conditionFlaws({ sections, documents, eligibility, ranking, funding }: Edition): Flaw[] {
  const fields = sections.flatMap((section) => section.fields);
  const known = new Set(fields.map(({ id }) => id));
  const unknownIn = (test: Condition | null | undefined): string[] =>
    [...new Set(test ? factsIn(test) : [])].filter((fact) => !known.has(fact));
  const conditions: [string, Condition | null | undefined][] = [
    ...fields.map((field): [string, Condition | null] => [`Formulaire, « ${field.label} »`, field.when]),
    ...documents.map((one): [string, Condition | null] => [`Pièces, « ${one.label} »`, one.when]),
    ...eligibility.map((rule): [string, Condition] => [`Conditions, « ${rule.title} »`, rule.test]),
    ...ranking.flatMap((criterion) =>
      criterion.levels.map((level): [string, Condition] => [`Classement, « ${criterion.title} »`, level.test]),
    ),
  ];
  return [
    ...conditions.flatMap(([where, test]) => unknownIn(test).map((fact) => ({ where, words: noSuchField(fact) }))),
    // What the rule of subscriptions looks at may happen during the support: it is then said in the project (money/).
    ...unknownIn(funding.subscription?.unless)
      .filter((fact) => !toldLater.has(fact))
      .map((fact) => ({ where: 'Montants, abonnement', words: noSuchField(fact) })),
  ];
}

/** A team that does not meet a condition reads why and how to mend it, and can hand in the document that proves it. */
function eligibilityFlaws({ eligibility, documents }: Edition): Flaw[] {
  const asked = new Set(documents.map(({ id }) => id));
  return eligibility.flatMap((rule): Flaw[] => [
    ...(!rule.title.trim() || !rule.fails.trim() || !rule.mend.trim()
      ? [
          {
            where: `Conditions, « ${rule.title || rule.id} »`,
            words: 'Dites ce que l’équipe lira si la condition n’est pas remplie, et comment y remédier.',
          },
        ]
      : []),
    ...rule.documents
      .filter((document) => !asked.has(document))
      .map((document) => ({
        where: `Conditions, « ${rule.title} »`,
        words: `La pièce « ${document} » n’est plus demandée.`,
      })),
  ]);
}

const namedTwice = (where: string, named: readonly { id: string }[]): Flaw[] =>
  twice(named.map(({ id }) => id)).map((id) => ({ where, words: `« ${id} » est là deux fois.` }));
const choiceFlaws = (fields: Edition['sections'][number]['fields']): Flaw[] =>
  fields
    .filter(({ type, choices }) => (type === 'choice' || type === 'choices') && choices.length < 2)
    .map(({ label }) => ({
      where: `Formulaire, « ${label} »`,
      words: 'Un choix demande deux réponses possibles au moins.',
    }));

/** Steps follow one another, and no document closes two of them. */
function stepFlaws({ steps, mostMonths }: Edition): Flaw[] {
  const flaws = namedTwice('Étapes', steps);
  const flaw = (where: string, words: string) => void flaws.push({ where, words });
  for (const kind of twice(steps.flatMap(({ deliverables }) => deliverables.map((one) => one.kind))))
    flaw(
      'Étapes',
      `Le livrable « ${kind} » est demandé par deux étapes : l’une se clorait avec le document de l’autre.`,
    );
  for (const [at, step] of steps.entries()) {
    const before = steps[at - 1];
    if (step.toMonth < step.fromMonth) flaw(`Étapes, « ${step.title} »`, 'La fin précède le début.');
    if (before && step.fromMonth < before.fromMonth)
      flaw(
        `Étapes, « ${step.title} »`,
        `Elle commence avant « ${before.title} », qui la précède : changez ses mois ou son rang.`,
      );
  }
  const launch = steps.find(({ id }) => id === 'launch') ?? steps[0]!;
  const lasts = Math.max(...steps.map(({ toMonth }) => toMonth)) - launch.fromMonth + 1;
  if (lasts > mostMonths)
    flaw('Étapes', `De « ${launch.title} » à la fin, il y a ${lasts} mois : ${mostMonths} au plus.`);
  return flaws;
}

const nameOf = (code: string): string =>
  code === 'others'
    ? 'Les autres professions'
    : Object.hasOwn(professions, code)
      ? professions[code as Profession].fr
      : code;
/** A profession has one amount, or is left out; payments make a whole. */
function amountFlaws({ perPerson, excluded, payments }: Edition['funding']): Flaw[] {
  const paid = payments.reduce((sum, { percent }) => sum + percent, 0);
  return [
    ...twice(perPerson.flatMap((rule) => rule.professions)).map(
      (code) => `« ${nameOf(code)} » a deux montants par personne.`,
    ),
    ...perPerson
      .filter((rule) => rule.professions.length === 0)
      .map((rule) => `« ${rule.words} » n’est le montant d’aucune profession.`),
    ...twice(excluded.map(({ profession }) => profession)).map((code) => `« ${nameOf(code)} » est écarté deux fois.`),
    ...(payments.length > 0 && paid !== 100 ? [`Les versements font ${paid} % : ils doivent faire 100 %.`] : []),
  ].map((words) => ({ where: 'Montants', words }));
}

/** Days exist, and the text says the number of places that the call has. */
function dayAndPlaceFlaws({ deadline, places, placesWords, funding }: Edition): Flaw[] {
  const flaws: Flaw[] = [];
  if (Number.isNaN(deadlineInstant(deadline)) || !new Date(`${deadline}Z`).toISOString().startsWith(deadline))
    flaws.push({ where: 'Dates', words: 'Cette date limite n’existe pas.' });
  const told = placesIn(placesWords);
  if (told !== undefined && told.count !== places)
    flaws.push({
      where: 'Dates et places',
      words: `Le texte dit « ${told.words} », et l’appel a ${places} place${places > 1 ? 's' : ''}.`,
    });
  if (!realDay(funding.notBefore))
    flaws.push({
      where: 'Montants',
      words: 'Le jour avant lequel une dépense n’est pas prise en charge n’existe pas.',
    });
  return flaws;
}

/** Every condition looks at a field of the form, every rule says why and how to mend it, nothing has the same name twice, payments make a whole. */
export function flawsOf(edition: Edition): Flaw[] {
  const fields = edition.sections.flatMap((section) => section.fields);
  return [
    ...conditionFlaws(edition),
    ...eligibilityFlaws(edition),
    ...namedTwice('Formulaire', fields),
    ...namedTwice('Pièces', edition.documents),
    ...namedTwice('Conditions', edition.eligibility),
    ...namedTwice('Classement', edition.ranking),
    ...namedTwice('Examen', edition.review),
    ...choiceFlaws(fields),
    ...stepFlaws(edition),
    ...amountFlaws(edition.funding),
    ...dayAndPlaceFlaws(edition),
  ];
}
