/**
 * The shared patient record: who a patient is, what is known, written by all professions under their own rights. See contract.ts for the wire.
 *
 * `openRecord` gives the room; main.ts registers its hooks with the FHIR store:
 * - `record.hooks` run in the transaction of a write: the index by which patients are found, results that wait for someone, prescriptions that are answered, documents that are confided;
 * - `fhir.onChange(record.onChanges)` feeds the live hints and forgets names of professionals that changed.
 */
import type { FastifyInstance } from 'fastify';
import { backgroundHeader, type Caller, type Ctx, goneFrom } from '../access/index.ts';
import { type FhirStore, type TypedHook, whenWritten } from '../fhir/index.ts';
import { type Consumer, type Db, eachInTurn, type Guard, mount, type Recogniser, type Sql } from '../platform/index.ts';
import { ChangeFeed, type RecordChange } from './change-feed.ts';
import { recordContract } from './contract.ts';
import { Directory } from './directory.ts';
import { indexAgain } from './documents/index-again.ts';
import { onTextsWritten, type WordsWritten, wordTypes } from './documents/index-words.ts';
import { ScanReader } from './documents/scan-reader.ts';
import { TextReader } from './documents/text-reader.ts';
import { dispensed } from './orders/dispensed.ts';
import { lineEnded } from './orders/line-ended.ts';
import { orderTypes } from './orders/line.rules.ts';
import { onRenewalTaskWritten } from './orders/renewal-tasks.ts';
import { resultReceived } from './orders/result-received.ts';
import { sessionHeld } from './orders/session.ts';
import { onDocumentWritten, onReadingTaskWritten } from './documents/reading-task.ts';
import { forgetOldDrafts } from './drafts.store.ts';
import { openStreams } from './events.ts';
import { onPatientWritten } from './identity/patient-index.store.ts';
import { onReportWritten, watchResults } from './results/watch.ts';
import { onProposalWritten, proposalConsumers, watchProposals } from './treatments/follow-proposals.ts';
import { forgetAnswered } from './treatments/proposals.store.ts';
import { openSecureMail, type SecureMail } from './letters/secure-mail.ts';
import type { Room } from './room.ts';
import { recordHandlers } from './routes.ts';

// What coordination stands on (docs/adr/0010): whom a line names, French dates, one person at the door of one record, resources in French.
export {
  addDays,
  addMonths,
  dateLabel,
  dayOf,
  daysBetween,
  parisInstant,
  parseDate,
  today,
  wallClock,
} from './dates.rules.ts';
export { authorReference, Directory } from './directory.ts';
export { idOf, labelOf, normalise, truncate, withoutEmpty } from './fhir-words.ts';
export { displayName } from './identity/patient.rules.ts';
export { briefsOf } from './identity/search-patients.ts';
export { authorOf, clinicalDate, lineOf, type Reading, recorderUrl } from './read/reading.ts';
export { alertOf, measuresOf, problemOf } from './read/cards.ts';
export { treatmentsOf } from './treatments/lines.ts';
export { ofTreatments, reportedTreatments } from './treatments/list.rules.ts';
export { treatmentProposal } from './treatments/proposal.rules.ts';
export { cdsHooksAid } from './prescribing-aid/cds-hooks.ts';
export { describe } from './read/describe.ts';
export { type Entered, enter, needsPatientId } from './read/enter.ts';
export { type Ctx, inFrench, type PersonCaller, type Room as RecordRoom } from './room.ts';
export { visitsOf } from './visits.store.ts';
export { acceptedType, sendFile } from './write/documents.ts';
export { addToTeam } from './write/team.ts';
export type { PatientBrief, Who } from './contract.ts';
export { ChangeFeed } from './change-feed.ts';
// Sections: those of the product, and answers to them as values.
export { calculated } from './contract/sections/calculate.ts';
export { answersFrom, type Said } from './contract/sections/values.ts';
export { sectionUrl, urls as sectionUrls } from './contract/sections/form.ts';
export { shippedSections } from './data/sections/index.ts';
export { answeredHistory } from './history/observation.ts';
export { wordsCommand } from './documents/index-again.ts';
export type { ReadingTasks } from './documents/reading-task.ts';
export { documentTitle } from './read/labels.ts';
export { labFileOf } from './documents/lab-file.rules.ts';
export { addReceived } from './documents/received.store.ts';
export { lineAsked, type RenewalTasks } from './orders/renewal-tasks.ts';
// Prescriptions, as the product writes them.
export type { OrderAct, OrderLineBody } from './contract/orders/line.ts';
export { orderFamilies, type OrderKind } from './data/orders/families.ts';
export { compositionOf as orderComposition } from './orders/composition.rules.ts';
export {
  coveredUntil as orderCoveredUntil,
  labelOfOrder as orderLabel,
  resourceOf as orderResource,
} from './orders/line.rules.ts';
export {
  taskOf as orderTask,
  withAskedRenewal as orderTaskAsked,
  withReport as orderTaskReported,
  withSaid as orderTaskWithSaid,
} from './orders/task.rules.ts';
export { reportText as courseReport } from './orders/report.rules.ts';
export { readerExtension, toReadUrl } from './documents/readers.rules.ts';
// Letters, as the product writes them: the demo has some.
export { givenOf as letterGiven, letterResource } from './letters/letter.rules.ts';
export { letterheadLibrary, usualLegal } from './letters/letterhead.ts';
export { drawLetter } from './letters/paper.ts';

export interface RecordOptions {
  db: Db;
  /** The store as one caller sees it. */
  fhirFor(caller: Caller): FhirStore;
  guard: Guard<Ctx>;
  house(tenant: number, reason: string, sql?: Sql): FhirStore;
  /** A connector of the secure mail of health (MSSanté); without one, letters are printed or downloaded, and the screens say so. */
  secureMail?: SecureMail;
  /** Recognises the words of scans and photographs; without one they are found by their names only. */
  recogniser?: Recogniser | undefined;
  /** What other rooms and the house do for this one. */
  lent: Pick<Room, 'standsFor' | 'tell' | 'readingTasks' | 'renewalTasks' | 'prescribingAid'>;
  now?: () => Date;
}
export interface SharedRecord {
  /** Mounts every entry of recordContract. */
  mount(app: FastifyInstance): void;
  /** For fhir.onWrite(…). */
  hooks: readonly TypedHook[];
  /** For fhir.onChange(…). */
  onChanges(changes: readonly RecordChange[]): void;
  feed: ChangeFeed;
  /** For the outbox: letters that wait for the secure mail, proposals on treatments. */
  consumers: readonly Consumer[];
  /** For fhir.onWriteAll(record.wordTypes, …): the words of documents and notes, in the transaction of their write. */
  onTextsWritten(...write: WordsWritten): Promise<void>;
  wordTypes: typeof wordTypes;
  /** Reads the documents that wait for it; run it now and then, for what a server that stopped has left. */
  readTexts(): Promise<void>;
  stop(): Promise<void>;
  /** Results that nobody has looked at (DOS-11), proposals that nobody is asked (DOS-5); run it once a minute. */
  tick(): Promise<void>;
  /** What acts of rooms that stand on the record need of it. */
  room: Room;
  /** Forgets drafts and answered proposals older than 30 days; run it once a day. */
  tidy(): Promise<void>;
}

const named = new Set(['Practitioner', 'PractitionerRole', 'Organization']);

export function openRecord(options: RecordOptions): SharedRecord {
  const feed = new ChangeFeed();
  const directory = new Directory();
  feed.listenToAll((change) => {
    if (named.has(change.type)) directory.forget(change.tenant);
  });
  const secureMail = openSecureMail(options.secureMail, options.house);
  const now = options.now ?? (() => new Date());
  const scans = options.recogniser && new ScanReader(options.db, options.house, now, options.recogniser);
  const texts = new TextReader(options.db, options.house, now, () => void scans?.run().catch(() => undefined));
  const room: Room = {
    db: options.db,
    fhirFor: options.fhirFor,
    house: options.house,
    now,
    directory,
    feed,
    texts,
    scans,
    secureMail: secureMail.port,
    ...options.lent,
    // What waits for someone who has left waits for whoever of the patient's team may do it.
    standsFor: async (sql, tenant, practitioner) => [
      ...new Set([...(await options.lent.standsFor(sql, tenant, practitioner)), ...(await goneFrom(sql, tenant))]),
    ],
  };
  /** When proposals that are put to nobody are looked at again. */
  let lookAgain = 0;
  /** Once a start: what has no words yet gets them. */
  let indexed: Promise<number> | undefined;
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
    onChanges(changes) {
      for (const change of changes) feed.publish(change);
      if (changes.some((change) => change.type === 'DocumentReference' && !change.deleted))
        void room.texts.run().catch(() => undefined);
    },
    hooks: [
      whenWritten(['Patient'], onPatientWritten),
      whenWritten(['DiagnosticReport'], onReportWritten(room)),
      whenWritten(['MedicationRequest'], onProposalWritten(room)),
      whenWritten(['DiagnosticReport'], (sql, tenant, id, resource) =>
        resultReceived(room.house(tenant, 'résultat d’un examen prescrit', sql), id, resource, now()),
      ),
      whenWritten(['Encounter'], (sql, tenant, id, resource) =>
        sessionHeld(room.house(tenant, 'séance d’un soin prescrit', sql), id, resource),
      ),
      whenWritten(orderTypes, (sql, tenant, id, resource) =>
        lineEnded(room, room.house(tenant, 'ligne d’ordonnance arrêtée', sql), id, resource, now()),
      ),
      whenWritten(['MedicationDispense'], (sql, tenant, id, resource) =>
        dispensed(room.house(tenant, 'délivrance d’un médicament prescrit', sql), id, resource, now()),
      ),
      // Documents that are confided and the tasks that follow them, each with the other.
      whenWritten(['DocumentReference'], onDocumentWritten(room)),
      whenWritten(['Task'], onReadingTaskWritten(room)),
      whenWritten(['Task'], onRenewalTaskWritten(room)),
    ],
    onTextsWritten: (...write) => onTextsWritten(...write, now()),
    wordTypes,
    async readTexts() {
      indexed ??= indexAgain(options.db, now).catch((error: unknown) => {
        indexed = undefined;
        throw error;
      });
      await indexed;
      await room.texts.run();
    },
    async stop() {
      await Promise.all([texts.stop(), scans?.stop()]);
    },
    async tick() {
      const both = room.now().getTime() >= lookAgain;
      if (both) lookAgain = room.now().getTime() + 10 * 60_000;
      await eachInTurn([() => watchResults(room), ...(both ? [() => watchProposals(room)] : [])]);
    },
    consumers: [...secureMail.consumers, ...proposalConsumers(room)],
    feed,
    room,
    async tidy() {
      await options.db.owner('old drafts', forgetOldDrafts);
      await options.db.owner('answered proposals', forgetAnswered);
    },
  };
}
