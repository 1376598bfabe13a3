import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import { cancelAmendment, issueAmendment, openAmendment, signAmendment, unsignAmendment } from './amendments.ts';
import {
  cancelAgreement,
  issueAgreement,
  issueCertificate,
  issueQuotesPaper,
  signAgreement,
  unsignAgreement,
} from './agreement.ts';
import { exportBudget, readBudget, setBudget } from './budget.ts';
import type { moneyContract } from './contract.ts';
import { answerHardware, askHardware } from './hardware.ts';
import { quoteModel, readQuotes } from './import.ts';
import { cancelPayment, orderPayment, payPayment } from './payments.ts';
import { attachQuoteFile, changeQuote, decide, enterQuotes, quoteFile, setQuoteState } from './quotes.ts';
import { readAsked, readMoney } from './read-money.ts';
import { askVendors, countTeam } from './team.ts';

export const moneyHandlers = (desk: Desk): Handlers<typeof moneyContract, Ctx> => ({
  money: ({ params }, ctx) => readMoney(desk, params.project, ctx),
  countTeam: ({ params, body }, ctx) => countTeam(desk, params.project, body, ctx),
  askVendors: ({ params, body }, ctx) => askVendors(desk, params.project, body, ctx),
  readQuotes: ({ params }, ctx) => readQuotes(desk, params.project, ctx),
  quoteModel: ({ query }, ctx) => quoteModel(desk, query.format, ctx),
  enterQuotes: ({ params, body }, ctx) => enterQuotes(desk, params.project, body, ctx),
  changeQuote: ({ params, body }, ctx) => changeQuote(desk, params.project, params.quote, body, ctx),
  setQuoteState: ({ params, body }, ctx) => setQuoteState(desk, params.project, params.quote, body, ctx),
  decideLines: ({ params, body }, ctx) => decide(desk, params.project, params.quote, body, ctx),
  attachQuoteFile: ({ params }, ctx) => attachQuoteFile(desk, params.project, params.quote, ctx),
  quoteFile: ({ params }, ctx) => quoteFile(desk, params.project, params.quote, ctx),
  asked: (_, ctx) => readAsked(desk, ctx),
  issueQuotesPaper: ({ params, body }, ctx) => issueQuotesPaper(desk, params.project, body.stamp, ctx),
  issueAgreement: ({ params, body }, ctx) => issueAgreement(desk, params.project, body, ctx),
  signAgreement: ({ params, body }, ctx) => signAgreement(desk, params.project, params.version, body, ctx),
  unsignAgreement: ({ params }, ctx) => unsignAgreement(desk, params.project, params.version, ctx),
  cancelAgreement: ({ params, body }, ctx) => cancelAgreement(desk, params.project, params.version, body.reason, ctx),
  openAmendment: ({ params, body }, ctx) => openAmendment(desk, params.project, body, ctx),
  issueAmendment: ({ params, body }, ctx) => issueAmendment(desk, params.project, params.seq, body, ctx),
  signAmendment: ({ params, body }, ctx) => signAmendment(desk, params.project, params.seq, body, ctx),
  unsignAmendment: ({ params }, ctx) => unsignAmendment(desk, params.project, params.seq, ctx),
  cancelAmendment: ({ params, body }, ctx) => cancelAmendment(desk, params.project, params.seq, body, ctx),
  issueCertificate: ({ params, body }, ctx) => issueCertificate(desk, params.project, body, ctx),
  orderPayment: ({ params, body }, ctx) => orderPayment(desk, params.project, params.number, body, ctx),
  payPayment: ({ params, body }, ctx) => payPayment(desk, params.project, params.number, body, ctx),
  cancelPayment: ({ params, body }, ctx) => cancelPayment(desk, params.project, params.number, body, ctx),
  askHardware: ({ params, body }, ctx) => askHardware(desk, params.project, body, ctx),
  answerHardware: ({ params, body }, ctx) => answerHardware(desk, params.project, params.request, body, ctx),
  budget: (_, ctx) => readBudget(desk, ctx),
  setBudget: ({ params, body }, ctx) => setBudget(desk, params.edition, body, ctx),
  exportBudget: ({ query }, ctx) => exportBudget(desk, query, ctx),
});
