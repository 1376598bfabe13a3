import type { Reference } from '@medplum/fhirtypes';
import { staffOf, tellNotice } from '../../access/index.ts';
import type { FhirStore, Resource, Stored } from '../../fhir/index.ts';
import { forbidden } from '../../platform/index.ts';
import { readerNamed } from '../documents/who-reads.ts';
import { idOf } from '../fhir-words.ts';
import { isLetter } from '../letters/letter.rules.ts';
import type { Entered } from '../read/enter.ts';
import { authorOf, formFor, isMedicalSummary, kindOfStored, statusOf } from '../read/reading.ts';

/**
 * What someone answers for by their name (docs/adr/0042-own-words.md): a note, a signed letter, a summary. A colleague adds their own; only its author, or who follows the patient, says that
 * it was an error. A measure or a problem is the record's, and is put right by whoever may write it.
 */
export const isOwnWords = (resource: Resource): boolean =>
  isLetter(resource)
    ? ['final', 'amended'].includes(statusOf(resource))
    : formFor(resource) === 'note' || isMedicalSummary(resource);
const signerOf = (resource: Resource): Reference | undefined =>
  (isLetter(resource) ? resource.authenticator : undefined) ?? authorOf(resource);

export interface Signer {
  id: string;
  name: string;
  /** Of the practice, with an account: can be asked, and told. */
  here: boolean;
  me: boolean;
}
export async function whoSigned(entered: Entered, resource: Resource): Promise<Signer | null> {
  const reference = signerOf(resource);
  const id = idOf(reference, 'Practitioner');
  if (!id) return null;
  const staff = await entered.store.sql((sql) => staffOf(sql, entered.caller.tenant));
  const known = staff.find(({ practitioner }) => practitioner === id);
  return {
    id,
    name: known?.name ?? reference?.display ?? 'son auteur',
    here: known !== undefined,
    me: id === entered.caller.practitioner,
  };
}
const follows = ({ patient, caller }: Entered): boolean =>
  (patient.generalPractitioner ?? []).some((one) => idOf(one, 'Practitioner') === caller.practitioner);

/** Why this person may not mark it as entered in error; null: they may. What nobody of the practice answers for any more is put right by whoever may write it. */
export async function whyNotInError(entered: Entered, stored: Stored): Promise<string | null> {
  if (!isOwnWords(stored.resource)) return null;
  const signer = await whoSigned(entered, stored.resource);
  if (!signer?.here || signer.me || follows(entered)) return null;
  const what = isLetter(stored.resource)
    ? 'Ce courrier'
    : isMedicalSummary(stored.resource)
      ? 'Cette synthèse'
      : 'Cette note';
  return `${what} se marque « saisi par erreur » par ${signer.name}, qui en répond, ou par le médecin traitant du patient, qui dit pourquoi. Prévenez l’un des deux, ou écrivez votre propre note.`;
}
export async function mustMarkInError(entered: Entered, stored: Stored): Promise<void> {
  const why = await whyNotInError(entered, stored);
  if (why) throw forbidden(`${why} Rien n’a été modifié.`);
}

/** Why this person may not replace a signed letter; null: they may, as far as signing goes. Its signer, or a colleague of the same profession; of one who has left, whoever may sign it. */
export async function whyNotReplaced(entered: Entered, letter: Stored): Promise<string | null> {
  const signer = await whoSigned(entered, letter.resource);
  if (!signer?.here || signer.me) return null;
  await entered.room.directory.learnPeople(entered.store, [signer.id]);
  if (entered.room.directory.professionOf(entered.caller.tenant, signer.id) === entered.caller.profession) return null;
  return `Ce courrier se remplace par ${signer.name}, qui l’a signé, ou par une personne de la même profession. Écrivez un nouveau courrier en votre nom.`;
}

const acts = {
  'entry-in-error': 'a marqué comme saisi par erreur',
  'letter-replaced': 'a remplacé',
  'note-corrected': 'a corrigé',
  'summary-corrected': 'a corrigé',
} as const;
/** Tells the author what became of their words, in the transaction of the change. The reason goes to who may still read them. */
export async function tellAuthor(
  entered: Entered,
  store: FhirStore,
  stored: Stored,
  done: { kind: keyof typeof acts; reason: string },
): Promise<void> {
  if (!isOwnWords(stored.resource)) return;
  const signer = await whoSigned(entered, stored.resource);
  if (!signer?.here || signer.me) return;
  const { caller, patientId } = entered;
  const what = isLetter(stored.resource)
    ? 'un courrier que vous avez signé'
    : isMedicalSummary(stored.resource)
      ? 'une synthèse que vous avez signée'
      : 'une note que vous avez écrite';
  await store.sql(async (sql) => {
    const reads = await readerNamed(
      sql,
      { tenant: caller.tenant, patient: patientId, kind: kindOfStored(stored) },
      signer.id,
    );
    await tellNotice(sql, caller.tenant, {
      practitioner: signer.id,
      kind: done.kind,
      patient: reads ? patientId : null,
      words: `${caller.name} ${acts[done.kind]} ${what}.${reads && done.reason ? ` Motif : ${done.reason}` : ''}`,
    });
  });
}
