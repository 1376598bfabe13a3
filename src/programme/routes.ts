import type { Ctx } from '../access/index.ts';
import type { Handlers } from '../platform/index.ts';
import { answerField } from './applications/answer-field.ts';
import { addDocument, readDocument, turnDocument } from './applications/attach-document.ts';
import { openApplication } from './applications/open-application.ts';
import { mine, readApplication, ruleLines } from './applications/read-application.ts';
import { receipt } from './applications/receipt.ts';
import { people, setMembers, submit, withdraw } from './applications/submit.ts';
import { beginCall } from './calls/begin-call.ts';
import { checkCall, discardCallDraft, publishCall, saveCallDraft } from './calls/edit-edition.ts';
import { choiceHandlers } from './choice/handlers.ts';
import { eligibilityOf } from './calls/eligibility.rules.ts';
import { moneyOf } from './calls/funding.rules.ts';
import { callLines, home, publishedCall, regionCall, regionCalls, regionLines } from './calls/read-calls.ts';
import type { programmeContract } from './contract.ts';
import { dayInFrance, type Desk } from './desk.ts';
import { gatheringsHandlers } from './gatherings/handlers.ts';
import { leadingHandlers } from './leading/handlers.ts';
import { jobsHandlers } from './jobs/handlers.ts';
import { correctLetter, letterPdf, letters, notify, publishResults, sendAgain } from './letters/notify.ts';
import { results } from './letters/results.ts';
import { modelsHandlers } from './models/handlers.ts';
import { moneyHandlers } from './money/handlers.ts';
import { policyHandlers } from './policy/handlers.ts';
import { withoutPatients } from './no-patient.ts';
import { outboxHandlers } from './outbox/handlers.ts';
import { placesHandlers } from './places/handlers.ts';
import { projectHandlers } from './projects/handlers.ts';
import { regionHandlers } from './region/handlers.ts';
import { declareInterest, overrule, score, withdrawInterest } from './review/assess.ts';
import { decide, decisions, ranking } from './review/decide.ts';
import { file, files } from './review/read-files.ts';

/** One line for each entry of the contract. */
/** @param mails whether a mail server is set */
export function programmeHandlers(desk: Desk, mails: boolean): Handlers<typeof programmeContract, Ctx> {
  return withoutPatients({
    regions: () => regionLines(desk.db),
    calls: ({ query }) => callLines(desk.db, desk.now(), query.region),
    call: ({ params, query }) => publishedCall(desk.db, query.region, params.id),
    simulate: async ({ params, query, body }) => {
      const edition = await publishedCall(desk.db, query.region, params.id);
      const today = body.on ?? dayInFrance(desk.now());
      const moments = { holds: today, answer: today };
      const { verdict, results } = eligibilityOf(edition, body.facts, moments);
      const money = moneyOf(edition.funding, body.team, {
        subscriptionCents: body.subscriptionCents,
        facts: body.facts,
        moments,
      });
      return {
        eligibility: { verdict, results: ruleLines(results) },
        money: {
          lines: money.lines,
          ceilingCents: money.ceilingCents,
          totalCents: money.totalCents,
          basis: edition.funding.basis,
          payments: money.payments,
          notes: money.notes,
          neverPaid: edition.funding.notPaid.map((one) => one.words),
        },
      };
    },
    home: (_, ctx) => home(desk, ctx),
    regionCalls: (_, ctx) => regionCalls(desk, ctx),
    regionCall: ({ params, query }, ctx) => regionCall(desk, params.edition, query.version, ctx),

    beginCall: ({ body }, ctx) => beginCall(desk, body, ctx),
    saveCallDraft: ({ params, body }, ctx) => saveCallDraft(desk, params.edition, body, ctx),
    discardCallDraft: ({ params, body }, ctx) => discardCallDraft(desk, params.edition, body.seen, ctx),
    checkCall: ({ body }, ctx) => checkCall(desk, body, ctx),
    publishCall: ({ params, body }, ctx) => publishCall(desk, params.edition, body, ctx),

    mine: (_, ctx) => mine(desk, ctx),
    openApplication: ({ body }, ctx) => openApplication(desk, body.edition, ctx),
    application: ({ params }, ctx) => readApplication(desk, params.application, ctx),
    answerField: ({ params, body }, ctx) => answerField(desk, params.application, params.field, body, ctx),
    addDocument: ({ params }, ctx) => addDocument(desk, params.application, ctx),
    document: ({ params }, ctx) => readDocument(desk, params.application, params.document, ctx),
    removeDocument: ({ params }, ctx) => turnDocument(desk, params.application, params.document, false, ctx),
    restoreDocument: ({ params }, ctx) => turnDocument(desk, params.application, params.document, true, ctx),
    setMembers: ({ params, body }, ctx) => setMembers(desk, params.application, body.practitioners, ctx),
    people: (_, ctx) => people(desk, ctx),
    submit: ({ params }, ctx) => submit(desk, params.application, ctx),
    withdraw: ({ params }, ctx) => withdraw(desk, params.application, ctx),
    receipt: ({ params }, ctx) => receipt(desk, params.application, params.number, ctx),

    files: ({ params }, ctx) => files(desk, params.edition, ctx),
    file: ({ params }, ctx) => file(desk, params.application, ctx),
    overrule: ({ params, body }, ctx) => overrule(desk, params.application, body, ctx),
    score: ({ params, body }, ctx) => score(desk, params.application, params.criterion, body, ctx),
    declareInterest: ({ params, body }, ctx) => declareInterest(desk, params.application, body, ctx),
    withdrawInterest: ({ params }, ctx) => withdrawInterest(desk, params.application, ctx),
    ranking: ({ params, query }, ctx) => ranking(desk, params.edition, query.places, ctx),
    decide: ({ params, body }, ctx) => decide(desk, params.edition, body, ctx),
    decisions: ({ params }, ctx) => decisions(desk, params.edition, ctx),

    ...projectHandlers(desk, mails),
    ...choiceHandlers(desk, mails),
    ...moneyHandlers(desk),
    ...modelsHandlers(desk),
    ...gatheringsHandlers(desk),
    ...leadingHandlers(desk),
    ...policyHandlers(desk, mails),
    ...regionHandlers(desk),
    ...placesHandlers(desk),
    ...jobsHandlers(desk),
    ...outboxHandlers(desk, mails),

    notify: ({ params, body }, ctx) => notify(desk, params.edition, body, ctx),
    letters: ({ params }, ctx) => letters(desk, params.edition, mails, ctx),
    letterPdf: ({ params }, ctx) => letterPdf(desk, params.letter, ctx),
    sendAgain: ({ params }, ctx) => sendAgain(desk, params.letter, ctx),
    correctLetter: ({ params, body }, ctx) => correctLetter(desk, params.letter, body, ctx),
    publishResults: ({ params, body }, ctx) => publishResults(desk, params.edition, body.on, ctx),
    results: ({ params }) => results(desk, params.region, params.edition),
  });
}
