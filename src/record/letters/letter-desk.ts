import type { DocumentReference } from '@medplum/fhirtypes';
import { inSentence, isProfession, professions } from '../../access/index.ts';
import type { Stored } from '../../fhir/index.ts';
import { conflict, fillTemplate, forbidden, isOpen, notFound } from '../../platform/index.ts';
import type { LetterBody } from '../contract/wire-letters.ts';
import type { Entered } from '../read/enter.ts';
import { kindOfStored } from '../read/reading.ts';
import { entryOf } from '../write/save.ts';
import {
  begunPlain,
  isLetter,
  type LetterMade,
  sensitivityFrom,
  signersOf,
  staysAdministrative,
  templateOf,
} from './letter.rules.ts';
import type { SecureMailPort } from './secure-mail.ts';
import { type LetterShelf, templateHeld } from './template-library.ts';

/** One person, one record, the practice's templates. */
export interface Desk {
  entered: Entered;
  shelf: LetterShelf;
  /** Name of the practice. */
  practice: string;
  secureMail: SecureMailPort | undefined;
}
export const mayWriteLetters = ({ rights }: Entered): boolean =>
  rights.add.has('documents') || rights.add.has('administrative');
export function demandWriter(entered: Entered): void {
  if (!mayWriteLetters(entered))
    throw forbidden('Vos droits ne permettent pas d’écrire de courrier pour ce patient. Rien n’a été enregistré.');
}
/** A letter of this patient; 404 for anything else. */
export async function letterOf(entered: Entered, id: string): Promise<Stored<'DocumentReference'>> {
  const stored = await entryOf(entered, 'DocumentReference', id);
  if (!isLetter(stored.resource) || kindOfStored(stored) === 'private-notes') throw notFound('Ce courrier');
  return stored;
}

export interface Origin {
  template: LetterMade['template'];
  signers: readonly string[];
  /** Of the template: nothing about health. */
  administrative: boolean;
}
export async function originOf({ shelf, entered }: Desk, template: string | null): Promise<Origin> {
  // What the secretariat writes without a template is nothing about health.
  if (template === null) return { template: null, signers: [], administrative: !entered.rights.add.has('documents') };
  const { stored, library, body } = await templateHeld(shelf, template);
  if (library.status === 'draft')
    throw conflict(
      'Ce modèle est encore un brouillon : mettez-le en service, ou écrivez sans modèle. Rien n’a été enregistré.',
    );
  return {
    template: { id: stored.id, edition: library.version ?? '', title: body.title },
    signers: body.signers,
    administrative: body.administrative,
  };
}
/** A letter goes on as it was begun: its template, whoever takes it up. */
export const originIn = (letter: DocumentReference): Origin => ({
  template: templateOf(letter),
  signers: signersOf(letter),
  administrative: begunPlain(letter),
});

/** Whoever may write documents writes a letter of care, unless all of it is administrative; others write for the secretariat only. */
export function administrativeOf({ rights }: Entered, origin: Origin, body: LetterBody): boolean {
  const stays = staysAdministrative(body.fields);
  if (rights.add.has('documents'))
    return origin.administrative && stays && !body.reserved && sensitivityFrom(body) === null;
  if (!stays || sensitivityFrom(body) !== null)
    throw forbidden(
      'Ce courrier reprend des informations de soins : vos droits ne permettent pas de l’enregistrer. Rien n’a été modifié.',
    );
  return true;
}
const sayProfessions = (codes: readonly string[]): string =>
  codes
    .filter(isProfession)
    .map((code) => inSentence(professions[code].fr))
    .join(', ');
/** Why this person may not sign this, or nothing. */
export function cannotSign(
  entered: Entered,
  origin: Pick<Origin, 'template' | 'signers' | 'administrative'>,
  body: Pick<LetterBody, 'text' | 'title'>,
): string | null {
  if (!mayWriteLetters(entered)) return 'Vos droits ne permettent pas de signer de courrier pour ce patient.';
  if (origin.signers.length > 0 && !origin.signers.includes(entered.caller.profession))
    return `Ce courrier se signe par : ${sayProfessions(origin.signers)}. Confiez-le à la signature.`;
  if (!entered.rights.add.has('documents') && origin.template !== null && !origin.administrative)
    return 'Ce courrier parle de soins : confiez-le à la signature d’un soignant.';
  if (!body.text.trim()) return 'Le courrier n’a pas encore de texte.';
  const left = fillTemplate(`${body.title}\n\n${body.text}`, (key) =>
    key.startsWith('signataire.') ? { state: 'known', text: 'x' } : undefined,
  );
  if (isOpen(left.text))
    return 'Des champs ou des parties restent à compléter ou à retirer du texte avant la signature.';
  return null;
}
