import { randomUUID } from 'node:crypto';
import { Problem, record } from '../platform/index.ts';
import { fullName, listAccounts } from './accounts.store.ts';
import { actorOf } from './caller.ts';
import type { Ctx } from './guard.ts';
import { frenchMoment } from './french-moment.ts';
import type { House } from './house.ts';
import { maskOf } from './kinds-of-data.ts';
import { noteUnusual } from './ledger.store.ts';
import { insertEmergencyAccess } from './notices.store.ts';
import { inSentence, professions } from './professions.ts';
import { closedByOpposition, insertRelation } from './relations.store.ts';
import { clinicalKinds } from './rights-table.ts';
import { tellUnusual } from './unusual-accesses.ts';
import { tellOfEntry } from './who-is-told.ts';

const hours = 4;

/**
 * «Bris de glace» (SEC-5): a running relation for four hours, with a typed reason. The referents and the team are told; the patient sees it
 * in the access log. An opposition of the patient still holds: of everything, there is nothing to open.
 */
export async function breakTheGlass(
  house: House,
  patient: string,
  reason: string,
  { caller }: Ctx,
): Promise<{ until: string }> {
  if (/^(.)\1*$/.test(reason.replace(/\s/g, '')))
    throw new Problem(
      422,
      'Saisie à corriger',
      'Écrivez le motif de l’urgence : il sera lu par le médecin traitant et par le patient.',
      { fields: { reason: 'un motif réel' } },
    );
  const until = new Date(house.clock().getTime() + hours * 3_600_000);
  const id = randomUUID();
  await house.db.transaction(caller.tenant, async (sql) => {
    // Without the list of names at hand, an unknown patient simply has no data behind the relation.
    const known = await house.hooks.describePatients?.(sql, caller.tenant, [patient]);
    if (known && !known.has(patient))
      throw new Problem(404, 'Introuvable', 'Ce patient n’existe pas dans cette structure.');
    // Nothing would open, and the referents would be told that it did.
    if (
      await closedByOpposition(
        sql,
        { patient, practitioner: caller.practitioner, profession: caller.profession },
        maskOf(clinicalKinds),
      )
    )
      throw new Problem(
        403,
        'Dossier fermé',
        'Ce patient s’oppose à ce que vous accédiez à son dossier : l’accès d’urgence ne l’ouvre pas. En urgence, appelez le 15 ou un confrère de son équipe de soins.',
        { extra: { code: 'opposed' } },
      );
    await insertEmergencyAccess(sql, caller.tenant, { id, practitioner: caller.practitioner, patient, reason, until });
    await insertRelation(sql, caller.tenant, {
      practitioner: caller.practitioner,
      patient,
      source: `emergency/${id}`,
      role: 'emergency',
      until,
    });
    const words = `${caller.name} (${inSentence(professions[caller.profession].fr)}) a ouvert ce dossier en urgence, jusqu’au ${frenchMoment(until)}. Motif : ${reason}`;
    const told = await tellOfEntry(house.hooks, sql, caller.tenant, {
      patient,
      kind: 'emergency-access',
      words,
      about: caller.practitioner,
    });
    // A record that nobody follows: whoever keeps the practice looks instead.
    const at = house.clock();
    const flag = { rule: 'emergency' as const, actor: `Practitioner/${caller.practitioner}`, subject: patient };
    const seen = { actor_name: caller.name, first_at: at, last_at: at, count: 1 };
    if (told.length === 0 && (await noteUnusual(sql, caller.tenant, { ...flag, ...seen }, false)))
      await tellUnusual(sql, caller.tenant, 1);
    const accounts = await listAccounts(sql, caller.tenant);
    await record(sql, caller.tenant, [
      {
        ...actorOf(caller),
        action: 'emergency-access',
        target: `Patient/${patient}`,
        patients: [patient],
        reason,
        details: {
          until: until.toISOString(),
          told: told.map((practitioner) => nameIn(accounts, practitioner)),
        },
      },
    ]);
  });
  return { until: until.toISOString() };
}

const nameIn = (accounts: { practitioner: string; family: string; given: string }[], practitioner: string) => {
  const account = accounts.find((one) => one.practitioner === practitioner);
  return account ? fullName(account) : practitioner;
};
