import type { NeedAnswer, NeedAnswers, Question, Section } from './contract.ts';

export const questionsOf = (sections: readonly Section[]): Question[] => sections.flatMap(({ questions }) => questions);
export const isEmpty = (value: NeedAnswer | undefined): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (typeof value === 'object' && (Array.isArray(value) ? value.length : Object.keys(value).length) === 0);

/** What is wrong with an answer, in words for whoever answers; undefined when it can be kept. */
export function answerFlaw(question: Question, value: NeedAnswer): string | undefined {
  if (isEmpty(value)) return undefined;
  const known = new Set((question.choices ?? []).map(({ code }) => code));
  switch (question.type) {
    case 'single':
      return typeof value === 'string' && known.has(value) ? undefined : 'Choisissez une réponse de la liste.';
    case 'multiple':
      return Array.isArray(value) && value.every((code) => known.has(code)) && new Set(value).size === value.length
        ? undefined
        : 'Choisissez des réponses de la liste.';
    case 'scale':
      return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5
        ? undefined
        : 'Donnez une note de 1 à 5.';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && value <= (question.most ?? 10_000_000)
        ? undefined
        : `Donnez un nombre de 0 à ${(question.most ?? 10_000_000).toLocaleString('fr-FR')}.`;
    case 'matrix': {
      const rows = new Set((question.rows ?? []).map(({ code }) => code));
      return typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.entries(value).every(
          ([row, level]) => rows.has(row) && Number.isInteger(level) && level >= 0 && level <= 3,
        )
        ? undefined
        : 'Choisissez une importance pour chaque fonction.';
    }
    default:
      return typeof value === 'string' && value.length <= (question.type === 'text' ? 300 : 4000)
        ? undefined
        : `Raccourcissez ce texte (${question.type === 'text' ? 300 : 4000} caractères au plus).`;
  }
}
/** Required questions that have no answer yet. */
export const unanswered = (sections: readonly Section[], answers: NeedAnswers): Question[] =>
  questionsOf(sections).filter(({ id, required }) => required && isEmpty(answers[id]));

/** What would make a questionnaire impossible to answer, in words for its author; empty when it can be opened. */
export function formFlaws(sections: readonly Section[]): string[] {
  const flaws: string[] = [];
  const ids = new Set<string>();
  for (const { title, questions, id } of sections) {
    if (ids.has(`§${id}`)) flaws.push(`Deux parties portent le même nom de code « ${id} ».`);
    ids.add(`§${id}`);
    if (questions.length === 0) flaws.push(`La partie « ${title} » n’a pas de question.`);
    for (const question of questions) {
      if (ids.has(question.id)) flaws.push(`Deux questions portent le même nom de code « ${question.id} ».`);
      ids.add(question.id);
      const list =
        question.type === 'matrix'
          ? question.rows
          : question.type === 'single' || question.type === 'multiple'
            ? question.choices
            : undefined;
      if (
        (question.type === 'matrix' || question.type === 'single' || question.type === 'multiple') &&
        (list?.length ?? 0) < (question.type === 'matrix' ? 1 : 2)
      )
        flaws.push(
          `« ${question.label} » : ${question.type === 'matrix' ? 'il faut au moins une fonction' : 'il faut au moins deux réponses possibles'}.`,
        );
      if (new Set(list?.map(({ code }) => code)).size !== (list?.length ?? 0))
        flaws.push(`« ${question.label} » : deux lignes portent le même nom de code.`);
    }
  }
  return flaws;
}
