import { invalid, type Sql } from '../platform/index.ts';
import { type KindOfData, kindsOfData, maskOf } from './kinds-of-data.ts';
import { isProfession, type Profession } from './professions.ts';
import {
  type Opened,
  openedBy,
  type OppositionRow,
  type RelationRow,
  replaceOppositions,
  replaceRelations,
} from './relations.store.ts';
import { clinicalKinds } from './rights-table.ts';

/**
 * Who takes care of whom, and what a patient does not want shared (SEC-4), drawn from FHIR resources. The store calls these in the
 * transaction of every write, with null for a resource that was deleted.
 */

/** Gives the Practitioner id behind a reference that is not `Practitioner/id` (a PractitionerRole); null when there is none here. */
export type Resolver = (reference: string) => Promise<string | null>;

export const kindOfDataSystem = 'urn:estran:kind-of-data';
export const professionSystem = 'urn:estran:profession';

/** The parts of a resource read here; anything else may be there. */
type Json = Record<string, unknown>;
const list = (value: unknown): Json[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).filter(
    (item): item is Json => typeof item === 'object' && item !== null,
  );
const object = (value: unknown): Json => list(value)[0] ?? {};
const string = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const idShape = '[A-Za-z0-9\\-.]{1,64}';
const localId = (reference: string | undefined, type: string): string | undefined =>
  reference?.match(new RegExp(`^${type}/(${idShape})(/_history/${idShape})?$`))?.[1];

async function practitionerOf(
  reference: string | undefined,
  resolve: Resolver | undefined,
): Promise<string | undefined> {
  if (!reference) return undefined;
  const direct = localId(reference, 'Practitioner');
  if (direct) return direct;
  return (await resolve?.(reference)) ?? undefined;
}

/** First instant of a FHIR date, or of the day, month or year after it, in French time, as PostgreSQL reads it. */
function instant(value: string | undefined, end: boolean): string | undefined {
  if (!value) return undefined;
  if (value.includes('T')) return value;
  const [year, month, day] = value.split('-').map(Number) as [number, number?, number?];
  if (!end)
    return `${value.padEnd(4, '0')}${month === undefined ? '-01-01' : day === undefined ? '-01' : ''} 00:00:00 Europe/Paris`;
  const next = new Date(
    Date.UTC(
      month === undefined ? year + 1 : year,
      month === undefined ? 0 : day === undefined ? month : month - 1,
      day === undefined ? 1 : day + 1,
    ),
  );
  if (Number.isNaN(next.getTime())) throw invalid(`La date « ${value} » n’existe pas.`);
  return `${next.toISOString().slice(0, 10)} 00:00:00 Europe/Paris`;
}
const from = (period: Json): string | undefined => instant(string(period.start), false);
const until = (period: Json): string | undefined => instant(string(period.end), true);

/** CareTeam: each member who is a professional takes care of the subject while the team and the membership last. */
export async function relationsFromCareTeam(
  sql: Sql,
  tenant: number,
  careTeam: Json | null,
  id: string,
  resolve?: Resolver,
): Promise<void> {
  const rows: RelationRow[] = [];
  const patient =
    careTeam?.status === 'active' ? localId(string(object(careTeam.subject).reference), 'Patient') : undefined;
  if (careTeam && patient) {
    const team = object(careTeam.period);
    for (const participant of list(careTeam.participant)) {
      const practitioner = await practitionerOf(string(object(participant.member).reference), resolve);
      if (!practitioner) continue;
      const own = object(participant.period);
      const role = list(participant.role)[0];
      rows.push({
        practitioner,
        patient,
        role: string(role?.text) ?? string(list(role?.coding)[0]?.display) ?? string(list(role?.coding)[0]?.code) ?? '',
        from: [from(team), from(own)],
        until: [until(team), until(own)],
      });
    }
  }
  await replaceRelations(sql, tenant, `CareTeam/${id}`, rows);
}

/**
 * Group of professionals (a conversation, a box): its members reach what has it for its subject. Which Groups are circles is the store's to
 * say: this is called for them only. Who has left (`inactive`, or a period that is over) reads nothing more.
 */
export async function relationsFromGroup(sql: Sql, tenant: number, group: Json | null, id: string): Promise<void> {
  const circle = `Group/${id}`;
  // Everyone of the practice is kept by the accounts themselves (0008_circles.sql).
  if (id === 'practice') return;
  const rows: RelationRow[] = [];
  if (group && group.active !== false)
    for (const member of list(group.member)) {
      const practitioner = localId(string(object(member.entity).reference), 'Practitioner');
      const span = object(member.period);
      if (practitioner && member.inactive !== true)
        rows.push({ practitioner, patient: circle, role: 'circle', from: [from(span)], until: [until(span)] });
    }
  await replaceRelations(sql, tenant, circle, rows);
}

/**
 * Consent on privacy: what is denied becomes oppositions, what is permitted to a named professional becomes a relation with an end (one
 * year when none is said). A permission nested under a denial does not lift it: denied is the safe reading. Gives whom the record is newly open to.
 */
export async function oppositionsFromConsent(
  sql: Sql,
  tenant: number,
  consent: Json | null,
  id: string,
  resolve?: Resolver,
): Promise<Opened[]> {
  const oppositions: OppositionRow[] = [];
  const relations: RelationRow[] = [];
  const patient =
    consent &&
    consent.status === 'active' &&
    list(object(consent.scope).coding).some((coding) => coding.code === 'patient-privacy')
      ? localId(string(object(consent.patient).reference), 'Patient')
      : undefined;
  if (consent && patient) {
    const visit = async (
      provision: Json,
      outer: { from: (string | undefined)[]; until: (string | undefined)[] },
      depth: number,
    ): Promise<void> => {
      const period = object(provision.period);
      const span = { from: [...outer.from, from(period)], until: [...outer.until, until(period)] };
      if (provision.type === 'deny') oppositions.push(...(await denied(provision, patient, span, resolve)));
      // Bounds of two levels are kept together: a permission deeper than that would outlive one of them.
      if (provision.type === 'permit' && depth <= 1) {
        for (const actor of list(provision.actor)) {
          const practitioner = await practitionerOf(string(object(actor.reference).reference), resolve);
          const given = from(period) ?? instant(string(consent.dateTime), false);
          if (practitioner)
            relations.push({
              practitioner,
              patient,
              role: 'consent',
              ...span,
              ...(span.until.some(Boolean) ? {} : { yearFrom: given ?? 'now' }),
            });
        }
      }
      if (depth < 5) for (const inner of list(provision.provision)) await visit(inner, span, depth + 1);
    };
    for (const provision of list(consent.provision)) await visit(provision, { from: [], until: [] }, 0);
  }
  const source = `Consent/${id}`;
  await replaceOppositions(sql, tenant, source, oppositions);
  const before = await openedBy(sql, tenant, source);
  await replaceRelations(sql, tenant, source, relations);
  return (await openedBy(sql, tenant, source)).filter(
    (one) => !before.some((known) => known.practitioner === one.practitioner && known.patient === one.patient),
  );
}

async function denied(
  provision: Json,
  patient: string,
  span: Pick<OppositionRow, 'from' | 'until'>,
  resolve: Resolver | undefined,
): Promise<OppositionRow[]> {
  const kinds: KindOfData[] = [];
  const professions: Profession[] = [];
  for (const coding of list(provision.class)) {
    const code = string(coding.code) ?? '';
    // An opposition that would not be applied must not look recorded.
    if (coding.system === kindOfDataSystem) {
      if (!Object.hasOwn(kindsOfData, code))
        throw invalid(`Opposition : le type de données « ${code} » est inconnu. Rien n’a été enregistré.`);
      kinds.push(code as KindOfData);
      // Until it was a kind of its own, the way of life was closed with the history: who opposes to the one opposes to both.
      if (code === 'history') kinds.push('lifestyle');
    } else if (coding.system === professionSystem) {
      if (!isProfession(code))
        throw invalid(`Opposition : la profession « ${code} » est inconnue. Rien n’a été enregistré.`);
      professions.push(code);
    }
  }
  const row = { patient, kinds: kinds.length > 0 ? maskOf(kinds) : maskOf(clinicalKinds), ...span };
  const actors = list(provision.actor);
  const named: string[] = [];
  for (const actor of actors) {
    const practitioner = await practitionerOf(string(object(actor.reference).reference), resolve);
    if (practitioner) named.push(practitioner);
  }
  // A denial to someone who is not a professional of this practice (an organisation elsewhere) closes nothing here.
  if (actors.length > 0 || professions.length > 0)
    return [
      ...named.map((practitioner) => ({ ...row, practitioner })),
      ...professions.map((profession) => ({ ...row, profession })),
    ];
  return [row];
}
