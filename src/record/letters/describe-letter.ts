import type { DocumentReference } from '@medplum/fhirtypes';
import { letterWays } from '../contract/wire-letters.ts';
import { dateLabel } from '../dates.rules.ts';
import type { Loose } from '../read/description.ts';
import { givenOf, isLetter, recipientsOf, templateOf, textOf } from './letter.rules.ts';

/** What a letter says beyond a document: by these its versions are compared (DOS-16). */
export function saidOfLetter(letter: DocumentReference): Loose[] {
  if (!isLetter(letter)) return [];
  const template = templateOf(letter);
  return [
    [
      'Destinataires',
      recipientsOf(letter)
        .map(({ name, role, copy }) => [name, role, copy && 'en copie'].filter(Boolean).join(', '))
        .join(' ; '),
      true,
    ],
    ['Texte', textOf(letter)],
    ['Modèle', template && `${template.title} ${template.edition}`.trim()],
    [
      'Transmis',
      givenOf(letter)
        .map(({ way, to, at }) => [letterWays[way] ?? way, to, dateLabel(at, true)].filter(Boolean).join(', '))
        .join(' ; '),
    ],
  ];
}
