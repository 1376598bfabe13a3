import type { Sql } from '../platform/index.ts';
import { findByPractitioner, fullName } from './accounts.store.ts';
import { frenchMoment } from './french-moment.ts';
import type { House } from './house.ts';
import { inSentence, professions } from './professions.ts';
import type { Opened } from './relations.store.ts';
import { oppositionsFromConsent, type Resolver } from './relations.ts';
import { tellOfEntry } from './who-is-told.ts';

/** A consent that was given longer ago is history that was taken over: nobody is told of it. */
const freshFor = 36 * 3_600_000;

/**
 * Draws from a Consent who is kept out and who comes in (SEC-4). A consent is recorded by whoever collected it, who may be the one it lets in: the referents are told at once, as of an
 * emergency access, so that a consent nobody gave is seen by who knows the patient.
 */
export async function onConsentWritten(
  house: Pick<House, 'hooks' | 'clock'>,
  sql: Sql,
  tenant: number,
  id: string,
  consent: Record<string, unknown> | null,
  resolve: Resolver,
): Promise<void> {
  const opened = await oppositionsFromConsent(sql, tenant, consent, id, resolve);
  const given = Date.parse(String(consent?.dateTime ?? ''));
  if (!(house.clock().getTime() - given < freshFor)) return;
  for (const one of opened) await tell(house, sql, tenant, one);
}

async function tell(
  { hooks }: Pick<House, 'hooks'>,
  sql: Sql,
  tenant: number,
  { practitioner, patient, until }: Opened,
): Promise<void> {
  const account = await findByPractitioner(sql, tenant, practitioner);
  const who = account ? `${fullName(account)} (${inSentence(professions[account.profession].fr)})` : 'Un professionnel';
  const words = `${who} accède à ce dossier jusqu’au ${frenchMoment(until)}, par un accord du patient qui vient d’être enregistré. Si le patient ne l’a pas donné, mettez-y fin dans ses choix de partage.`;
  await tellOfEntry(hooks, sql, tenant, { patient, kind: 'consent-given', words, about: practitioner });
}
