/**
 * The shared patient record: who a patient is, what is known, written by all professions under their own rights. See contract.ts for the wire.
 *
 * `openRecord` gives the room; main.ts registers its hooks with the FHIR store:
 * - `fhir.onWrite(['Patient'], record.onPatientWritten)` keeps the index by which patients are found, in the transaction of the write;
 * - `fhir.onChange(record.onChanges)` feeds the live hints and forgets names of professionals that changed.
 */
import type { FastifyInstance } from 'fastify';
import { backgroundHeader, type Caller, type Ctx } from '../access/index.ts';
import type { FhirStore } from '../fhir/index.ts';
import { type Db, type Guard, mount, type Sql } from '../platform/index.ts';
import { ChangeFeed, type RecordChange } from './change-feed.ts';
import { recordContract } from './contract.ts';
import { Directory } from './directory.ts';
import { forgetOldDrafts } from './drafts.store.ts';
import { openStreams } from './events.ts';
import { onPatientWritten } from './identity/patient-index.store.ts';
import type { Room } from './room.ts';
import { recordHandlers } from './routes.ts';

// What coordination stands on (docs/adr/0010): whom a line names, French dates, one person at the door of one record, resources in French.
export { addDays, addMonths, ageLabel, dateLabel, dayOf, daysBetween, parisInstant, parseDate, parseMoment, today, wallClock } from './dates.rules.ts';
export { authorReference, Directory } from './directory.ts';
export { as, concept, idOf, labelOf, normalise, truncate, withoutEmpty } from './fhir-words.ts';
export { displayName } from './identity/patient.rules.ts';
export { briefsOf } from './identity/search-patients.ts';
export { clinicalDate, lineOf, type Reading } from './read/reading.ts';
export { alertOf, measuresOf, problemOf, treatmentOf } from './read/cards.ts';
export { describe } from './read/describe.ts';
export { type Entered, enter, needsPatientId } from './read/enter.ts';
export { recordPage } from './read/record-page.ts';
export { asProblem, type Ctx, inFrench, type PersonCaller, type Room as RecordRoom } from './room.ts';
export { visitsOf } from './visits.store.ts';
export { sendFile, typeByContent } from './write/documents.ts';
export { addToTeam, leaveTeam } from './write/team.ts';
export type { PatientBrief, RecordPage, Who } from './contract.ts';
export { ChangeFeed, type RecordChange } from './change-feed.ts';
export { recordContract } from './contract.ts';
// Sections: those of the product, and answers to them as values.
export { calculated } from './contract/sections/calculate.ts';
export { answersFrom, type Said } from './contract/sections/values.ts';
export { sectionUrl, urls as sectionUrls } from './contract/sections/form.ts';
export { shippedSections } from './data/sections/index.ts';
export { onPatientWritten } from './identity/patient-index.store.ts';

export interface RecordOptions {
  db: Db;
  /** The store as one caller sees it. */
  fhirFor(caller: Caller): FhirStore;
  guard: Guard<Ctx>;
  now?: () => Date;
}
export interface Record {
  /** Mounts every entry of recordContract. */
  mount(app: FastifyInstance): void;
  /** For fhir.onWrite(['Patient'], …). */
  onPatientWritten(sql: Sql, tenant: number, id: string, resource: unknown): Promise<void>;
  /** For fhir.onChange(…). */
  onChanges(changes: readonly RecordChange[]): void;
  feed: ChangeFeed;
  /** What acts of rooms that stand on the record need of it. */
  room: Room;
  /** Forgets drafts older than 30 days; run it once a day. */
  tidy(): Promise<void>;
}

const named = new Set(['Practitioner', 'PractitionerRole', 'Organization']);

export function openRecord(options: RecordOptions): Record {
  const feed = new ChangeFeed();
  const directory = new Directory();
  feed.listenToAll((change) => {
    if (named.has(change.type)) directory.forget(change.tenant);
  });
  const room: Room = { db: options.db, fhirFor: options.fhirFor, now: options.now ?? (() => new Date()), directory, feed };
  /** The guard again, without keeping the session awake. */
  const stillOpen = (ctx: Ctx) => {
    ctx.request.headers[backgroundHeader] = '1';
    return options.guard(recordContract.events, { request: ctx.request, reply: ctx.reply });
  };
  return {
    mount(app) {
      app.addHook('preClose', async () => {
        for (const stop of [...openStreams]) stop();
      });
      mount(app, recordContract, recordHandlers(room, stillOpen), options.guard);
    },
    onPatientWritten,
    onChanges(changes) {
      for (const change of changes) feed.publish(change);
    },
    feed,
    room,
    tidy: () => options.db.owner('old drafts', forgetOldDrafts),
  };
}
