import type { Sql } from '../../platform/index.ts';
import { choiceGate } from '../choice/choose.ts';
import { goodUseGate } from '../gatherings/gate.ts';
import { organisationFirst } from '../leading/maturity/gate.ts';
import { agreementGate, balanceGate } from '../money/gate.ts';
import type { ProjectRow } from './reach.ts';

/** What holds a step beside its deliverables, in words for whoever would close it, by project; projects that nothing holds are not in it. */
export type Gate = (
  sql: Sql,
  tenant: number,
  projects: readonly ProjectRow[],
) => Promise<ReadonlyMap<string, readonly string[]>>;
/** By step. A sub-room that holds a step adds its line here. */
const gates: Readonly<Record<string, readonly Gate[]>> = {
  choice: [organisationFirst, choiceGate],
  agreement: [agreementGate],
  balance: [balanceGate],
  closing: [goodUseGate],
};

/** What holds this step in each of these projects. */
export async function heldAt(
  sql: Sql,
  tenant: number,
  step: string,
  projects: readonly ProjectRow[],
): Promise<Map<string, string[]>> {
  const held = new Map<string, string[]>(projects.map(({ id }) => [id, []]));
  for (const gate of gates[step] ?? [])
    for (const [project, words] of await gate(sql, tenant, projects)) held.get(project)!.push(...words);
  return held;
}
/** What holds each step of one project. */
export async function gatesOf(sql: Sql, tenant: number, project: ProjectRow): Promise<Record<string, string[]>> {
  const held: Record<string, string[]> = {};
  for (const step of Object.keys(gates)) held[step] = (await heldAt(sql, tenant, step, [project])).get(project.id)!;
  return held;
}
