import { createHash } from 'node:crypto';
import type { Sql } from '../../platform/index.ts';
import { submissionsOf } from '../applications/submissions.store.ts';
import { factsOf, teamOf } from '../calls/answers.rules.ts';
import type { Edition } from '../calls/contract.ts';
import { dayInFrance } from '../desk.ts';
import { papersOf } from '../papers/papers.store.ts';
import { kindsThere } from '../projects/projects.store.ts';
import { callsOf, type ProjectRow } from '../projects/reach.ts';
import { type AmendmentRow, amendmentsOf } from './amendments.store.ts';
import { projectMoney, type ProjectMoney } from './money.rules.ts';
import { type AgreementRow, agreementsOf, type PaymentRow, paymentsFor, type TeamRow, teamsOf } from './money.store.ts';
import { type QuoteRow, quotesOf } from './quotes.store.ts';
import { signedCents } from './settle.rules.ts';

/** The money of one project as it stands: what decides it, and what follows. */
export interface Figures {
  project: ProjectRow;
  call: Edition;
  /** Persons by profession, as the team applied. */
  applied: Record<string, number>;
  /** Changes of it, newest first. */
  teams: TeamRow[];
  members: Record<string, number>;
  facts: ReturnType<typeof factsOf>;
  signatory: { name: string; role: string };
  mail: string;
  quotes: QuoteRow[];
  money: ProjectMoney;
  /** Newest first. */
  agreements: AgreementRow[];
  /** The one in force: neither cancelled nor replaced. */
  agreement: AgreementRow | undefined;
  /** Of the agreement in force, newest first. */
  amendments: AmendmentRow[];
  /** The one being prepared or waiting for signatures. */
  pending: AmendmentRow | undefined;
  payments: PaymentRow[];
}

/** All of a list of projects in a few reads; each computed by the rules of the version under which its team was chosen. */
export async function figuresOf(sql: Sql, tenant: number, projects: readonly ProjectRow[]): Promise<Figures[]> {
  const ids = projects.map(({ id }) => id);
  const callOf = await callsOf(sql, tenant, projects);
  const sent = await submissionsOf(
    sql,
    tenant,
    projects.flatMap(({ application }) => application ?? []),
  );
  const [teams, quotes, agreements, payments, changes] = [
    await teamsOf(sql, tenant, ids),
    await quotesOf(sql, tenant, ids),
    await agreementsOf(sql, tenant, ids),
    await paymentsFor(sql, tenant, ids),
    await amendmentsOf(sql, tenant, ids),
  ];
  return projects.map((project) => {
    const call = callOf(project);
    const application = sent.filter((one) => one.application === project.application).at(-1);
    const answers = application?.answers ?? {};
    const applied = teamOf(call, answers);
    const own = teams.filter((one) => one.project === project.id);
    const members = own[0]?.members ?? applied;
    const facts = { ...factsOf(call, answers), ...own[0]?.facts };
    const day = application ? dayInFrance(application.at) : project.startedOn;
    const mine = quotes.filter((one) => one.project === project.id);
    const word = (field: string): string => (typeof answers[field] === 'string' ? String(answers[field]) : '');
    const held = agreements.filter((one) => one.project === project.id);
    const agreement = held[0]?.state === 'cancelled' ? undefined : held[0];
    const amendments = changes.filter((one) => one.project === project.id && one.agreement === agreement?.version);
    return {
      project,
      call,
      applied,
      teams: own,
      members,
      facts,
      signatory: { name: word('signatory.name'), role: word('signatory.role') },
      mail: application?.mail ?? '',
      quotes: mine,
      money: projectMoney(call.funding, {
        team: members,
        typedCents: own[0]?.subscriptionCents ?? null,
        facts,
        moments: { holds: day, answer: day },
        quotes: mine,
      }),
      agreements: held,
      agreement,
      amendments,
      pending: amendments.find(({ state }) => state === 'open' || state === 'issued'),
      payments: payments.filter((one) => one.project === project.id && one.agreement === agreement?.version),
    };
  });
}
export const figuresFor = async (sql: Sql, tenant: number, project: ProjectRow): Promise<Figures> =>
  (await figuresOf(sql, tenant, [project]))[0]!;

/** The newest amendment that is signed: its figures are those of the agreement. */
const signedAmendment = ({ amendments }: Pick<Figures, 'amendments'>): AmendmentRow | undefined =>
  amendments.find(({ state }) => state === 'signed');
/** The agreement's amount, as amended; null without one. */
export const agreedCents = (figures: Pick<Figures, 'agreement' | 'amendments'>): number | null =>
  signedAmendment(figures)?.amountCents ?? figures.agreement?.amountCents ?? null;
/** What is granted: the agreement's amount once there is one. */
export const grantedCents = (figures: Pick<Figures, 'agreement' | 'amendments' | 'money'>): number =>
  agreedCents(figures) ?? figures.money.totalCents;
type Sums = readonly Pick<PaymentRow, 'state' | 'cents' | 'kind'>[];
/** Less what the team was asked to pay back. */
export const orderedCents = (payments: Sums): number =>
  payments.filter(({ state }) => state !== 'due').reduce((sum, one) => sum + signedCents(one), 0);
/** Less what the team has paid back. */
export const paidCents = (payments: Sums): number =>
  payments.filter(({ state }) => state === 'paid').reduce((sum, one) => sum + signedCents(one), 0);
/** What the team still has to pay back. */
export const recoverCents = (payments: Sums): number =>
  payments
    .filter(({ kind, state }) => kind === 'recovery' && state !== 'paid')
    .reduce((sum, { cents }) => sum + cents, 0);

/** Names the figures: the same as long as nothing that decides an amount has changed. */
export function stampOf({ members, teams, quotes, agreements, amendments, payments, money }: Figures): string {
  const decides = [
    members,
    teams[0]?.version ?? 0,
    quotes.map(({ id, revision }) => [id, revision]),
    agreements.map(({ version, state }) => [version, state]),
    amendments.map(({ seq, state }) => [seq, state]),
    payments.map(({ number, state, cents }) => [number, state, cents]),
    money.ceilingCents,
    money.totalCents,
    money.subscriptionCents,
  ];
  return createHash('sha256').update(JSON.stringify(decides)).digest('hex').slice(0, 32);
}
/** Papers and files of a project that payments wait for. A certificate is one only when it was issued here: a file of that name is not. */
export async function proofsOf(sql: Sql, tenant: number, project: string): Promise<Set<string>> {
  const there = new Set((await kindsThere(sql, tenant, [project])).get(project));
  if (!(await papersOf(sql, tenant, `Project/${project}`)).some(({ kind }) => kind === 'certificate'))
    there.delete('certificate');
  return there;
}
/** Why no agreement can be issued on these figures, in words; empty when one can. */
export const heldAgreement = (figures: Figures): string[] =>
  figures.agreement ? [`La convention ${figures.agreement.reference} est en vigueur.`] : heldAmount(figures);
/** Why these figures make no amount. */
export function heldAmount({ call, quotes, money }: Figures): string[] {
  const kept = quotes.filter(({ state }) => state === 'accepted');
  return [
    ...(call.funding.basis === 'cost' && kept.length === 0 ? ['Aucun devis n’est retenu.'] : []),
    ...(money.pending > 0
      ? [
          money.pending > 1
            ? `${money.pending} lignes de devis restent à valider ou à refuser.`
            : 'Une ligne de devis reste à valider ou à refuser.',
        ]
      : []),
    ...(money.pending === 0 && money.totalCents === 0 && (call.funding.basis === 'flat' || kept.length > 0)
      ? ['Rien n’est à payer : aucun montant ne peut être conventionné.']
      : []),
  ];
}
/** The figures do not move: an agreement is in force, and no amendment opens it. */
export const settled = ({ agreement, pending }: Pick<Figures, 'agreement' | 'pending'>): boolean =>
  agreement !== undefined && pending?.state !== 'open';
