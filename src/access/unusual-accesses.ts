import { eachInTurn, notFound, record, type Sql, withoutAccents } from '../platform/index.ts';
import { type Account, fullName, listAccounts } from './accounts.store.ts';
import { actorOf } from './caller.ts';
import type { Ctx } from './guard.ts';
import type { House } from './house.ts';
import {
  crowdedHours,
  listUnusual,
  markReviewed,
  noteUnusual,
  type Opening,
  openingsSinceLastSearch,
  type UnusualRow,
} from './ledger.store.ts';
import { tellNotice } from './notices.store.ts';
import { type PracticeActRule, practiceActs } from './practice-rights.ts';
import { practiceOf, settingsOf } from './practices.store.ts';

/**
 * Accesses that deserve a second look (SEC-8): a patient of one's own family name, a colleague's record, one's own, many patients in an
 * hour, or a record opened by a consent that one wrote down oneself. A flag is a question, not an accusation.
 */

const plain = (text: string): string =>
  withoutAccents(text)
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();

/** Looks at what the ledger gained since the last time, and tells those who answer for the practice of what is new: each flag once. */
async function detect(house: House, sql: Sql, tenant: number, looking?: string): Promise<void> {
  const { openings, ownConsents } = await openingsSinceLastSearch(sql, tenant);
  if (openings.length === 0) return;
  const { massReading } = settingsOf((await practiceOf(sql, tenant)).settings);
  const accounts = await listAccounts(sql, tenant);
  const people = new Map(accounts.map((account) => [`Practitioner/${account.practitioner}`, account]));
  const colleagues = new Map(accounts.map((account) => [plain(`${account.family} ${account.given}`), account]));
  const patients =
    (await house.hooks.describePatients?.(sql, tenant, [...new Set(openings.map((opening) => opening.patient))])) ??
    new Map();
  let fresh = 0;
  const note = async (
    rule: UnusualRow['rule'],
    { actor, actor_name, patient, first_at, last_at, count }: Opening,
    reader: Account | undefined,
  ) => {
    const row = { rule, actor, subject: patient, first_at, last_at, count };
    const named = { ...row, actor_name: reader ? fullName(reader) : actor_name };
    if (await noteUnusual(sql, tenant, named, false)) fresh++;
  };
  const earliest = new Map<string, Date>();
  for (const opening of openings) {
    const before = earliest.get(opening.actor);
    if (!before || opening.first_at < before) earliest.set(opening.actor, opening.first_at);
    const reader = people.get(opening.actor);
    const patient = patients.get(opening.patient);
    if (!reader || !patient) continue;
    const colleague = colleagues.get(plain(`${patient.family} ${patient.given}`));
    const rule = colleague
      ? colleague.practitioner === reader.practitioner
        ? 'own-record'
        : 'colleague'
      : plain(patient.family) === plain(reader.family)
        ? 'family'
        : undefined;
    if (rule) await note(rule, opening, reader);
  }
  for (const opening of ownConsents) await note('own-consent', opening, people.get(opening.actor));
  for (const [actor, since] of earliest)
    for (const hour of await crowdedHours(sql, tenant, actor, since, massReading)) {
      const reader = people.get(actor);
      const crowded = {
        rule: 'mass-reading' as const,
        actor,
        subject: hour.hour.toISOString(),
        actor_name: reader ? fullName(reader) : actor,
        first_at: hour.hour,
        last_at: hour.last_at,
        count: hour.patients,
      };
      if (await noteUnusual(sql, tenant, crowded, true)) fresh++;
    }
  await tellUnusual(sql, tenant, fresh, looking);
}
/** Those who answer for the practice, but whoever is looking at the list. */
export async function tellUnusual(sql: Sql, tenant: number, fresh: number, looking?: string): Promise<void> {
  if (fresh === 0) return;
  const may: PracticeActRule = practiceActs['unusual-accesses'];
  const words =
    fresh === 1
      ? 'Un accès inhabituel à un dossier est à examiner.'
      : `${fresh} accès inhabituels à des dossiers sont à examiner.`;
  for (const { practitioner, roles, status } of await listAccounts(sql, tenant))
    if (status !== 'disabled' && practitioner !== looking && roles.some((role) => may.roles.includes(role)))
      await tellNotice(sql, tenant, { practitioner, kind: 'unusual-access', patient: null, words });
}

/** The hour, in France, from which what happened the day before is looked for. */
const lookAt = 6;
const clockIn = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' });
/** Once a day, whoever opens the page or not; a server that was stopped at that hour looks when it starts. Give it each minute. */
export function dailyLook(house: House, practices: () => Promise<{ tenant: number }[]>): () => Promise<void> {
  let looked = '';
  return async () => {
    const [day, hour] = clockIn.format(house.clock()).split(' ') as [string, string];
    if (day === looked || Number(hour.slice(0, 2)) < lookAt) return;
    looked = day;
    await eachInTurn(
      (await practices()).map(
        ({ tenant }) =>
          () =>
            house.db.transaction(tenant, (sql) => detect(house, sql, tenant)),
      ),
    );
  };
}

const words = (row: UnusualRow, name: string | undefined): string => {
  const times = row.count > 1 ? `, ${row.count} fois` : '';
  switch (row.rule) {
    case 'family':
      return `a ouvert le dossier de ${name ?? 'quelqu’un'} qui porte son nom de famille${times}`;
    case 'colleague':
      return `a ouvert le dossier de ${name ?? 'quelqu’un'}, qui porte le nom d’un membre de l’équipe${times}`;
    case 'own-record':
      return `a ouvert un dossier qui porte son propre nom${times}`;
    case 'own-consent':
      return `a enregistré l’accord qui lui ouvre le dossier de ${name ?? 'quelqu’un'}${times}`;
    case 'emergency':
      return `a ouvert en urgence le dossier de ${name ?? 'quelqu’un'}, qui n’a ni référent ni équipe de soins à prévenir${times}`;
    case 'mass-reading':
      return `a ouvert ${row.count} dossiers en une heure`;
  }
};

export async function unusualAccesses(house: House, { caller }: Ctx) {
  return house.db.transaction(caller.tenant, async (sql) => {
    await detect(house, sql, caller.tenant, caller.practitioner);
    const rows = await listUnusual(sql, caller.tenant);
    const patients =
      (await house.hooks.describePatients?.(sql, caller.tenant, [
        ...new Set(rows.filter((row) => row.rule !== 'mass-reading').map((row) => row.subject)),
      ])) ?? new Map();
    return rows.map((row) => ({
      rule: row.rule,
      actor: row.actor,
      actorName: row.actor_name,
      subject: row.subject,
      words: words(row, patients.get(row.subject)?.name),
      firstAt: row.first_at.toISOString(),
      lastAt: row.last_at.toISOString(),
      count: row.count,
      reviewedBy: row.reviewed_by,
      reviewedAt: row.reviewed_at?.toISOString() ?? null,
      review: row.review,
    }));
  });
}

export async function reviewUnusualAccess(
  house: House,
  body: { rule: string; actor: string; subject: string; review: string },
  { caller }: Ctx,
): Promise<void> {
  await house.db.transaction(caller.tenant, async (sql) => {
    if (!(await markReviewed(sql, caller.tenant, body, caller.name, body.review, house.clock())))
      throw notFound('Cet accès');
    await record(sql, caller.tenant, [
      {
        ...actorOf(caller),
        action: 'review',
        target: `UnusualAccess/${body.rule}`,
        patients: body.rule === 'mass-reading' ? undefined : [body.subject],
        details: { actor: body.actor, review: body.review },
      },
    ]);
  });
}
