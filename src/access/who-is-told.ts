import { randomUUID } from 'node:crypto';
import type { Sql } from '../platform/index.ts';
import { listAccounts } from './accounts.store.ts';
import type { Hooks } from './house.ts';
import { insertNotice } from './notices.store.ts';
import { teamOf } from './relations.store.ts';

/**
 * Who hears that someone came into a record in another way than by its care team: the referents and the physicians of the team; without any, the whole team. Those who came in an
 * emergency, or by the patient's consent, are not of the team for this.
 */
async function whoIsTold(hooks: Hooks, sql: Sql, tenant: number, patient: string): Promise<string[]> {
  const regular = (await teamOf(sql, tenant, patient))
    .filter(({ source }) => !source.startsWith('emergency/') && !source.startsWith('Consent/'))
    .map(({ practitioner }) => practitioner);
  const referents = (await hooks.referentsOf?.(sql, tenant, patient)) ?? [];
  const physicians = new Set(
    (await listAccounts(sql, tenant))
      .filter(({ profession }) => profession === 'physician')
      .map(({ practitioner }) => practitioner),
  );
  const chosen = [...referents, ...regular.filter((one) => physicians.has(one))];
  return [...new Set(chosen.length > 0 ? chosen : regular)];
}

/** Tells them, but not the one it is about. Gives who heard. */
export async function tellOfEntry(
  hooks: Hooks,
  sql: Sql,
  tenant: number,
  entry: { patient: string; kind: string; words: string; about: string },
): Promise<string[]> {
  const told = (await whoIsTold(hooks, sql, tenant, entry.patient)).filter(
    (practitioner) => practitioner !== entry.about,
  );
  for (const practitioner of told)
    await insertNotice(sql, tenant, {
      id: randomUUID(),
      practitioner,
      kind: entry.kind,
      patient: entry.patient,
      words: entry.words,
    });
  return told;
}
