import type { z } from 'zod';

const expectedWords: Readonly<Record<string, string>> = {
  string: 'Un texte est attendu.',
  number: 'Un nombre est attendu.',
  int: 'Un nombre entier est attendu.',
  boolean: '« Oui » ou « non » est attendu.',
  array: 'Une liste est attendue.',
  object: 'Un objet est attendu.',
  record: 'Un objet est attendu.',
  date: 'Une date est attendue.',
};
const units: Readonly<Record<string, string>> = { string: 'caractères', array: 'éléments', set: 'éléments' };
const figure = (value: number | bigint): string => value.toLocaleString('fr-FR');

/** What a value that does not fit says beside its field, when its entry has no words of its own: the library's are English. */
export const refusalWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null
        ? 'À renseigner.'
        : (expectedWords[issue.expected] ?? 'Cette valeur n’est pas acceptée.');
    case 'too_big':
      return units[issue.origin]
        ? `${figure(issue.maximum)} ${units[issue.origin]} au plus.`
        : `${figure(issue.maximum)} au plus.`;
    case 'too_small':
      if (units[issue.origin])
        return issue.minimum === 1 ? 'À renseigner.' : `${figure(issue.minimum)} ${units[issue.origin]} au moins.`;
      return issue.inclusive === false ? `Plus de ${figure(issue.minimum)}.` : `${figure(issue.minimum)} au moins.`;
    case 'invalid_value':
      return issue.values.length <= 8
        ? `Cette valeur n’est pas dans la liste : ${issue.values.map(String).join(', ')}.`
        : 'Cette valeur n’est pas dans la liste.';
    case 'invalid_format':
      return 'La forme de cette valeur n’est pas celle attendue.';
    default:
      return 'Cette valeur n’est pas acceptée.';
  }
};
