import type { Sql } from '../../platform/index.ts';
import { choiceGate } from '../choice/choose.ts';
import { goodUseGate } from '../gatherings/gate.ts';
import { agreementGate, balanceGate } from '../money/agreement.ts';
import { organisationFirst } from '../leading/maturity/gate.ts';
import type { ProjectRow } from './reach.ts';

/** What holds a step beside its deliverables, in words for whoever would close it; empty when nothing does. */
export type Gate = (sql: Sql, tenant: number, project: ProjectRow, today: string) => Promise<string[]>;
/** By step. A sub-room that holds a step adds its line here. */
export const gates: Readonly<Record<string, readonly Gate[]>> = {
  choice: [organisationFirst, choiceGate],
  agreement: [agreementGate],
  balance: [balanceGate],
  closing: [goodUseGate],
};

export async function gatesOf(
  sql: Sql,
  tenant: number,
  project: ProjectRow,
  today: string,
): Promise<Record<string, string[]>> {
  const held: Record<string, string[]> = {};
  for (const [step, all] of Object.entries(gates))
    for (const gate of all) held[step] = [...(held[step] ?? []), ...(await gate(sql, tenant, project, today))];
  return held;
}
