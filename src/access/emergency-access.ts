import { randomUUID } from 'node:crypto';
import { Problem, record } from '../platform/index.ts';
import { fullName, listAccounts } from './accounts.store.ts';
import { actorOf } from './caller.ts';
import type { Ctx } from './guard.ts';
import type { House } from './house.ts';
import { maskOf } from './kinds-of-data.ts';
import { insertEmergencyAccess, insertNotice } from './notices.store.ts';
import { professions } from './professions.ts';
import { closedByOpposition, insertRelation, teamOf } from './relations.store.ts';
import { clinicalKinds } from './rights-table.ts';

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
    if (await closedByOpposition(sql, caller.tenant, { patient, practitioner: caller.practitioner, profession: caller.profession }, maskOf(clinicalKinds)))
      throw new Problem(403, 'Dossier fermé', 'Ce patient s’oppose à ce que vous accédiez à son dossier : l’accès d’urgence ne l’ouvre pas. En urgence, appelez le 15 ou un confrère de son équipe de soins.', { extra: { code: 'opposed' } });
    await insertEmergencyAccess(sql, caller.tenant, { id, practitioner: caller.practitioner, patient, reason, until });
    const team = await teamOf(sql, caller.tenant, patient);
    await insertRelation(sql, caller.tenant, {
      practitioner: caller.practitioner,
      patient,
      source: `emergency/${id}`,
      role: 'emergency',
      until,
    });
    const referents = (await house.hooks.referentsOf?.(sql, caller.tenant, patient)) ?? [];
    const accounts = await listAccounts(sql, caller.tenant);
    const physicians = team.filter(
      (member) =>
        !member.source.startsWith('emergency/') &&
        accounts.some((account) => account.practitioner === member.practitioner && account.profession === 'physician'),
    );
    // The referents are told; without one, the physicians of the team; without any, the whole team.
    const regular = team
      .filter((member) => !member.source.startsWith('emergency/'))
      .map((member) => member.practitioner);
    const chosen =
      referents.length > 0
        ? [...referents, ...physicians.map((member) => member.practitioner)]
        : physicians.length > 0
          ? physicians.map((member) => member.practitioner)
          : regular;
    const words = `${caller.name} (${professions[caller.profession].fr.toLowerCase()}) a ouvert ce dossier en urgence, jusqu’au ${french(until)}. Motif : ${reason}`;
    for (const practitioner of new Set(chosen))
      if (practitioner !== caller.practitioner)
        await insertNotice(sql, caller.tenant, {
          id: randomUUID(),
          practitioner,
          kind: 'emergency-access',
          patient,
          words,
        });
    await record(sql, caller.tenant, [
      {
        ...actorOf(caller),
        action: 'emergency-access',
        target: `Patient/${patient}`,
        patients: [patient],
        reason,
        details: {
          until: until.toISOString(),
          told: [...new Set(chosen)].map((practitioner) => nameIn(accounts, practitioner)),
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
const french = (date: Date) =>
  new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' }).format(date);
