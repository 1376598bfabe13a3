import { asCaller, type KindOfData, mayReach, type PersonCaller, staffOf } from '../../access/index.ts';
import { invalid, Problem, type Sql } from '../../platform/index.ts';

interface About {
  tenant: number;
  patient: string;
  /** Of the document: a sensitive one has fewer readers. */
  kind: KindOfData;
}
/** Named readers can read what they are asked to: their profession, their place in the team and the patient's choices say so. */
export async function mustBeReaders(
  sql: Sql,
  about: About,
  ids: readonly string[],
): Promise<Map<string, { name: string }>> {
  const staff = new Map((await staffOf(sql, about.tenant)).map((one) => [one.practitioner, one]));
  for (const id of ids) {
    const one = staff.get(id);
    if (one?.kind !== 'care')
      throw invalid('Ce professionnel n’a pas de compte de soin dans la structure. Rien n’a été modifié.', {
        readers: 'Choisissez un professionnel de la structure.',
      });
    if (!(await mayReach(sql, asCaller(about.tenant, one), about.patient, about.kind, 'read')))
      throw invalid(
        `${one.name} ne peut pas lire ${about.kind === 'documents' ? 'les documents de ce dossier' : 'ce document sensible'} : ajoutez cette personne à l’équipe de soins, ou choisissez-en une autre. Rien n’a été modifié.`,
        { readers: 'Ne peut pas lire ce dossier.' },
      );
  }
  return staff;
}
/** The name of who can read it; null: they cannot. */
export const readerNamed = (sql: Sql, about: About, id: string): Promise<string | null> =>
  mustBeReaders(sql, about, [id]).then(
    (staff) => staff.get(id)!.name,
    (error: unknown) => {
      if (error instanceof Problem) return null;
      throw error;
    },
  );
/** May this person ask a colleague something about this patient? A task has its place, and words that go with it. */
export const mayAsk = async (sql: Sql, caller: PersonCaller, patient: string): Promise<boolean> =>
  (await mayReach(sql, caller, patient, 'tasks', 'write')) &&
  (await mayReach(sql, caller, patient, 'exchanges', 'write'));
