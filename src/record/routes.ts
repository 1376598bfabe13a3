import { ifThere, type Resource, type ResourceOf, type ResourceType } from '../fhir/index.ts';
import { type KindOfData, kindsOfData, professions, rightsOf } from '../access/index.ts';
import type { Handlers } from '../platform/index.ts';
import type { recordContract } from './contract.ts';
import { arrangeCockpit, readCockpit, resetCockpit } from './cockpits/cockpit.ts';
import { patientListOf } from './cockpits/patient-lists.ts';
import { arrangeDay, practiceDays, resetDay } from './cockpits/practice-day.ts';
import { besideDay } from './day/beside.ts';
import { dayOfProfession } from './day/day.ts';
import { draftOf, draftsOf, dropDraft, keepDraft } from './drafts.store.ts';
import { streamEvents } from './events.ts';
import { findDuplicates } from './identity/duplicates.ts';
import { correctIdentity, createPatient, readIdentity } from './identity/identify.ts';
import {
  addedMeanwhile,
  bringThemTogether,
  mergeRecords,
  separateRecords,
  setThemApart,
  sortAdded,
} from './identity/merge-records.ts';
import { duplicatePairPage, duplicatePairs } from './identity/pairs.ts';
import { patientsByKey } from './identity/patient-index.store.ts';
import { searchPatients } from './identity/search-patients.ts';
import { type Entered, enter } from './read/enter.ts';
import { recordPage } from './read/record-page.ts';
import { series } from './read/series.ts';
import { timeline } from './read/timeline.ts';
import { type Ctx, inFrench, type Room } from './room.ts';
import { shippedTemplates } from './data/letters/templates/index.ts';
import { shippedSections } from './data/sections/index.ts';
import { documentHandlers } from './documents/handlers.ts';
import { letterHandlers } from './letters/letter-handlers.ts';
import { resultHandlers } from './results/result-handlers.ts';
import { addSection, correctSection, readSection } from './sections/fill-section.ts';
import {
  beginSection,
  changeSection,
  dropSection,
  listSections,
  publishSection,
  retireSection,
  sectionDetail,
  type Shelf,
} from './sections/library.ts';
import { startSection } from './sections/populate.ts';
import { printSection } from './sections/print-section.ts';
import { buildAlert } from './write/build-alert.ts';
import { buildDocument } from './write/build-document.ts';
import { buildGoal } from './write/build-goal.ts';
import { buildNote } from './write/build-note.ts';
import { correctNote } from './write/correct-note.ts';
import { buildProblem } from './write/build-problem.ts';
import { choices, endChoice, recordChoice } from './write/choices.ts';
import { addHistory } from './history/add-history.ts';
import { buildHistory, ofHistory } from './history/build-history.ts';
import { addAllergy, correctAllergy } from './write/allergies.ts';
import { documentContent, uploadDocument } from './write/documents.ts';
import { correctMeasure, enterMeasures } from './write/enter-measures.ts';
import { acknowledge, markInError, readEntry, undo, versions } from './write/life.ts';
import { once } from './write/once.ts';
import { add, correct, linksHere } from './write/save.ts';
import { addToTeam, leaveTeam } from './write/team.ts';
import { dropTerms, listTerms, loadingOf, loadTerms } from './terms/manage-lists.ts';
import { findTerms } from './terms/search-terms.ts';
import { orderHandlers } from './orders/routes.ts';
import { treatmentHandlers } from './treatments/handlers.ts';
import { printSummary } from './summary/print-summary.ts';
import { readSummaries, sourcesOf, summaryOf, viewOf } from './summary/view.ts';
import { readBook } from './vaccines/book.ts';
import { printBook } from './vaccines/print-book.ts';
import { vaccinesToDo } from './vaccines/to-do.ts';
import { buildSituation, buildVaccine } from './vaccines/write-vaccine.ts';
import { amendSummary, beginSummary, changeSummary, giveSummary, signSummary } from './summary/write-summary.ts';

/** One line for each entry of the contract. `stillOpen` asks again whether the session behind a request stands. */
export function recordHandlers(
  room: Room,
  stillOpen: (ctx: Ctx) => Promise<Ctx>,
): Handlers<typeof recordContract, Ctx> {
  const into = async (ctx: Ctx, patient: string, added?: object) => {
    const entered = await enter(room, ctx.caller, patient);
    if (added) await linksHere(entered, added);
    return entered;
  };
  const shelf = ({ caller }: Ctx): Shelf => ({ room, caller, store: room.fhirFor(caller), shipped: shippedSections });
  const draftsFor = async ({ caller }: Ctx, patient: string | undefined) => ({
    drafts: await named(
      room,
      caller,
      await room.db.tenant(caller.tenant, (sql) => draftsOf(sql, caller.tenant, caller.practitioner, patient)),
    ),
  });
  /** Adds what a form says, or corrects what stands by it. */
  const adds =
    <B extends object>(build: (entered: Entered, body: B) => Resource) =>
    async ({ params, body }: { params: { patient: string }; body: B }, ctx: Ctx) => {
      const entered = await into(ctx, params.patient, body);
      return add(entered, [build(entered, body)]);
    };
  const corrects =
    <T extends ResourceType, B extends { version?: number; reason?: string | null }>(
      type: T | readonly T[],
      build: (entered: Entered, body: B, base: ResourceOf<T>) => Resource,
    ) =>
    async ({ params, body }: { params: { patient: string; id: string; type?: string }; body: B }, ctx: Ctx) => {
      const entered = await into(ctx, params.patient);
      const found = typeof type === 'string' ? type : await typeOf(entered, type, params.id);
      return correct(entered, found, params.id, body.version, body.reason, (base) => build(entered, body, base));
    };
  const handlers: Handlers<typeof recordContract, Ctx> = {
    ...documentHandlers(room),
    day: async (_, ctx) => {
      const day = await dayOfProfession(room, ctx.caller);
      return { ...day, beside: await besideDay(shelf(ctx), day.blocks, () => draftsFor(ctx, undefined)) };
    },
    professionals: (_, { caller }) => professionals(room, caller),

    searchPatients: ({ query }, { caller }) => searchPatients(room, room.fhirFor(caller), query.q),
    duplicates: async ({ body }, { caller }) => ({
      candidates: await findDuplicates(room, room.fhirFor(caller), body),
    }),
    createPatient: async ({ body }, { caller }) => {
      const rights = await rightsOf(room.db, caller.tenant, caller.profession);
      return createPatient(
        room,
        caller,
        body,
        new Set((Object.keys(kindsOfData) as KindOfData[]).filter((kind) => rights[kind].reach !== 'none')),
      );
    },
    identity: async ({ params }, ctx) => readIdentity(await identityOf(room, ctx, params.patient)),
    correctIdentity: async ({ params, body }, ctx) =>
      correctIdentity(await identityOf(room, ctx, params.patient), body),
    duplicatePairs: (_, { caller }) => duplicatePairs(room, caller),
    duplicatePair: ({ params }, { caller }) => duplicatePairPage(room, caller, params.one, params.other),
    setApart: ({ params }, { caller }) => setThemApart(room, caller, params.one, params.other),
    bringTogether: ({ params }, { caller }) => bringThemTogether(room, caller, params.one, params.other),
    mergeRecords: ({ body }, { caller }) => mergeRecords(room, caller, body),
    separateRecords: ({ params, body }, { caller }) => separateRecords(room, caller, params.merge, body.reason ?? ''),
    addedMeanwhile: ({ params }, { caller }) => addedMeanwhile(room, caller, params.merge),
    sortAdded: ({ params, body }, { caller }) =>
      sortAdded(room, caller, params.merge, params.type, params.id, body.place),
    choices: async ({ params }, ctx) => choices(await identityOf(room, ctx, params.patient)),
    recordChoice: async ({ params, body }, ctx) => recordChoice(await identityOf(room, ctx, params.patient), body),
    endChoice: async ({ params, body }, ctx) =>
      endChoice(await identityOf(room, ctx, params.patient), params.id, body.version, body.reason),
    addToTeam: async ({ params, body }, ctx) => addToTeam(await into(ctx, params.patient), body),
    leaveTeam: async ({ params, body }, ctx) => leaveTeam(await into(ctx, params.patient), body),

    record: ({ params }, { caller }) => recordPage(room, caller, params.patient),
    timeline: ({ params, query }, { caller }) => timeline(room, caller, params.patient, query),
    series: ({ params }, { caller }) => series(room, caller, params.patient, params.code),
    events: ({ params }, ctx) => streamEvents(room, ctx, params.patient, () => stillOpen(ctx)),

    enterMeasures: async ({ params, body }, ctx) => enterMeasures(await into(ctx, params.patient, body), body),
    correctMeasure: async ({ params, body }, ctx) => correctMeasure(await into(ctx, params.patient), params.id, body),
    addNote: adds(buildNote),
    correctNote: async ({ params, body }, ctx) => {
      const entered = await into(ctx, params.patient);
      const type = await typeOf(entered, ['Composition', 'ClinicalImpression'], params.id);
      return correctNote(entered, type, params.id, body);
    },
    addProblem: adds(buildProblem),
    correctProblem: corrects('Condition', buildProblem),
    addAllergy: async ({ params, body }, ctx) => addAllergy(await into(ctx, params.patient, body), body),
    correctAllergy: async ({ params, body }, ctx) => correctAllergy(await into(ctx, params.patient), params.id, body),
    addVaccine: adds(buildVaccine),
    correctVaccine: corrects('Immunization', buildVaccine),
    ...treatmentHandlers(room),
    addAlert: adds(buildAlert),
    correctAlert: corrects('Flag', buildAlert),
    addHistory: async ({ params, body }, ctx) => addHistory(await into(ctx, params.patient, body), body),
    correctHistory: async (input, ctx) =>
      corrects(ofHistory.find((type) => type === input.params.type) ?? 'Condition', buildHistory)(input, ctx),
    addGoal: adds(buildGoal),
    correctGoal: corrects('Goal', buildGoal),
    uploadDocument: async ({ params }, ctx) => uploadDocument(await into(ctx, params.patient), ctx),
    correctDocument: corrects('DocumentReference', buildDocument),
    documentContent: async ({ params }, ctx) => documentContent(await into(ctx, params.patient), ctx, params.id),
    acknowledge: async ({ params, body }, ctx) =>
      acknowledge(await into(ctx, params.patient), params.type, params.id, body.version),

    entry: async ({ params }, ctx) => readEntry(await into(ctx, params.patient), params.type, params.id),
    versions: async ({ params }, ctx) => versions(await into(ctx, params.patient), params.type, params.id),
    enteredInError: async ({ params, body }, ctx) =>
      markInError(await into(ctx, params.patient), params.type, params.id, body.version, body.reason),
    undo: async ({ params, body }, ctx) => undo(await into(ctx, params.patient), body.entries),

    sections: (_, ctx) => listSections(shelf(ctx)),
    section: ({ params }, ctx) => sectionDetail(shelf(ctx), params.section),
    beginSection: ({ body }, ctx) => beginSection(shelf(ctx), body),
    changeSection: ({ params, body }, ctx) => changeSection(shelf(ctx), params.section, body),
    publishSection: ({ params, body }, ctx) => publishSection(shelf(ctx), params.section, body),
    retireSection: ({ params, body }, ctx) => retireSection(shelf(ctx), params.section, body),
    dropSection: ({ params, body }, ctx) => dropSection(shelf(ctx), params.section, body),
    startSection: async ({ params }, ctx) => startSection(shelf(ctx), await into(ctx, params.patient), params.id),
    addSection: async ({ params, body }, ctx) => addSection(shelf(ctx), await into(ctx, params.patient), body),
    readSection: async ({ params }, ctx) => readSection(shelf(ctx), await into(ctx, params.patient), params.id),
    correctSection: async ({ params, body }, ctx) =>
      correctSection(shelf(ctx), await into(ctx, params.patient), params.id, body),
    printSection: async ({ params }, ctx) => printSection(shelf(ctx), await into(ctx, params.patient), params.id, ctx),

    ...resultHandlers(room, into),

    cockpit: (_, ctx) => readCockpit(shelf(ctx)),
    arrangeCockpit: ({ body }, ctx) => arrangeCockpit(shelf(ctx), body),
    resetCockpit: ({ query }, ctx) => resetCockpit(shelf(ctx), query.part),
    practiceDays: (_, { caller }) => practiceDays(room, caller),
    arrangeDay: ({ params, body }, { caller }) => arrangeDay(room, caller, params.profession, body),
    resetDay: ({ params, query }, { caller }) => resetDay(room, caller, params.profession, query.version),
    patientList: ({ params }, { caller }) => patientListOf(room, caller, params.name),

    summaries: async ({ params }, ctx) => readSummaries(await into(ctx, params.patient)),
    summary: async ({ params }, ctx) => {
      const entered = await into(ctx, params.patient);
      return viewOf(entered, await summaryOf(entered, params.id), await sourcesOf(entered));
    },
    beginSummary: async ({ params }, ctx) => beginSummary(await into(ctx, params.patient)),
    changeSummary: async ({ params, body }, ctx) => changeSummary(await into(ctx, params.patient), params.id, body),
    signSummary: async ({ params, body }, ctx) => signSummary(await into(ctx, params.patient), params.id, body),
    amendSummary: async ({ params, body }, ctx) => amendSummary(await into(ctx, params.patient), params.id, body),
    giveSummary: async ({ params, body }, ctx) => giveSummary(await into(ctx, params.patient), params.id, body),
    printSummary: async ({ params }, ctx) => printSummary(await into(ctx, params.patient), params.id, ctx),

    vaccineBook: async ({ params }, ctx) => readBook(await into(ctx, params.patient)),
    printVaccineBook: async ({ params }, ctx) => printBook(await into(ctx, params.patient), ctx),
    addSituation: adds(buildSituation),
    correctSituation: corrects('ImmunizationRecommendation', buildSituation),
    vaccinesToDo: ({ query }, { caller }) => vaccinesToDo(room, caller, query.only),

    terms: ({ query }, { tenant }) => findTerms(room, tenant, query.list, query.words, query.most),
    termLists: (_, { tenant }) => listTerms(room, tenant),
    loadTerms: (_, ctx) => loadTerms(room, ctx),
    termLoading: async (_, { tenant }) => loadingOf(room, tenant),
    removeTerms: ({ params }, ctx) => dropTerms(room, ctx, params.list),

    ...letterHandlers(room, into, shippedTemplates),

    ...orderHandlers(room, into),

    drafts: ({ query }, ctx) => draftsFor(ctx, query.patient),
    draft: async ({ params }, { caller }) => {
      const draft = await room.db.tenant(caller.tenant, (sql) =>
        draftOf(sql, caller.tenant, caller.practitioner, params.key),
      );
      return draft && (await named(room, caller, [draft]))[0]!;
    },
    keepDraft: async ({ params, body }, { caller }) =>
      (
        await named(room, caller, [
          await room.db.tenant(caller.tenant, (sql) =>
            keepDraft(sql, caller.tenant, caller.practitioner, {
              ...body,
              key: params.key,
              patient: body.patient ?? null,
            }),
          ),
        ])
      )[0]!,
    dropDraft: ({ params }, { caller }) =>
      room.db.tenant(caller.tenant, (sql) => dropDraft(sql, caller.tenant, caller.practitioner, params.key)),
  };
  const sentOnce = once(room);
  // The same names, each wrapped: fromEntries does not say so.
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [name, inFrench(sentOnce(handler as never) as never)]),
  ) as unknown as typeof handlers;
}

/** The administrative part is open to those whose clinical door is closed. */
const identityOf = (room: Room, ctx: Ctx, patient: string): Promise<Entered> =>
  enter(room, ctx.caller, patient, { administrative: true });

async function typeOf<T extends ResourceType>(entered: Entered, types: readonly T[], id: string): Promise<T> {
  for (const type of types)
    if (/^[A-Za-z0-9\-.]{1,64}$/.test(id) && (await ifThere(entered.store.read(type, id)))) return type;
  return types[0]!;
}

async function named<D extends { patient: string | null }>(
  room: Room,
  caller: Ctx['caller'],
  drafts: readonly D[],
): Promise<(D & { patientName: string | null })[]> {
  const store = room.fhirFor(caller);
  const sight = await store.sight('read');
  const found = await store.sql((sql) =>
    patientsByKey(sql, caller.tenant, sight, [
      ...new Set(drafts.map((draft) => draft.patient).filter((id) => id !== null)),
    ]),
  );
  return drafts.map((draft) => ({
    ...draft,
    patientName: draft.patient ? (found.get(draft.patient)?.brief.name ?? null) : null,
  }));
}

async function professionals(room: Room, caller: Ctx['caller']) {
  const store = room.fhirFor(caller);
  const { resources } = await store.search('Practitioner', [
    ['active', 'true'],
    ['_sort', 'family'],
    ['_count', '500'],
  ]);
  await room.directory.learnPeople(
    store,
    resources.map((one) => one.id),
  );
  const staff = new Set(['medical-secretary', 'coordinator', 'administrator']);
  return {
    professionals: resources
      .filter((one) => one.resource.active !== false)
      .map((one) => room.directory.who(caller, { reference: `Practitioner/${one.id}` })!)
      .map((who) => ({
        id: who.id!,
        name: who.name,
        profession: who.profession,
        role: who.role || (who.profession ? professions[who.profession as keyof typeof professions].fr : ''),
        care: who.profession !== null && !staff.has(who.profession),
        me: who.me,
      })),
  };
}
