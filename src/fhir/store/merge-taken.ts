// https://hl7.org/fhir/R4/patient-definitions.html#Patient.link — docs/adr/0057-taken-merges.md
import { endMerge, followMerge, type MergedPatient, takenMerges } from '../../access/index.ts';
import { record } from '../../platform/index.ts';
import { runHooks } from './create.ts';
import type { ImportTrace } from './import-many.ts';
import { alone, naming, parsed, type Transaction } from './merge-move.ts';
import { namesPatient } from './merge-rewrite.ts';
import type { JsonResource } from './store.ts';

/** What a take-over found of the merges of its source. */
export interface TakenMerges {
  joined: number;
  ended: number;
  /** `Patient/id` that are said to have gone into another and have not here: lines still name them, or their links lead nowhere clear. */
  apart: string[];
}

type Link = { other?: { reference?: string }; type?: string };
/** Into whom a Patient says that they have gone; null: into nobody; undefined: it is not clear. */
export function goneInto(patient: JsonResource): string | null | undefined {
  const links = Array.isArray(patient.link) ? (patient.link as Link[]) : [];
  const into = new Set(links.flatMap((one) => (one?.type === 'replaced-by' ? [one.other?.reference ?? ''] : [])));
  if (into.size === 0) return null;
  const [only] = into;
  return into.size === 1 ? /^Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(only!)?.[1] : undefined;
}

/**
 * Brings what is merged here by take-overs in line with what the Patients now say. A merge is joined when nothing but the one who stays names
 * the one who has gone, so that nothing goes out of sight; it ends when that is no longer so.
 */
export async function settleMerges(
  tx: Transaction,
  run: number,
  said: readonly string[],
  trace: ImportTrace,
): Promise<TakenMerges> {
  const { tenant } = tx.caller;
  const found: TakenMerges = { joined: 0, ended: 0, apart: [] };
  if (said.length === 0 && (await takenMerges(tx.sql, tenant)).length === 0) return found;
  await alone(tx);
  const before = await takenMerges(tx.sql, tenant);
  const asked = [...new Set([...said, ...before.map((one) => one.gone)])];
  const patients = await standing(tx, asked);
  const keptOf = new Map(asked.flatMap((id) => (patients.has(id) ? [[id, goneInto(patients.get(id)!)] as const] : [])));
  const others = await standing(
    tx,
    [...keptOf.values()].flatMap((id) => id ?? []),
  );
  const clear = async (gone: string): Promise<boolean> =>
    (await naming(tx, gone)).every((row) => row.type === 'Patient' && !namesPatient(parsed(row.content), gone));

  const joined = new Set<string>();
  for (const pair of before) {
    if (keptOf.get(pair.gone) === pair.kept && others.has(pair.kept) && (await clear(pair.gone))) joined.add(pair.gone);
    else {
      await endMerge(tx.sql, tenant, pair);
      await told(tx, 'separate', pair, run, trace);
      await lookAgain(tx, pair.gone, patients);
      found.ended++;
    }
  }
  const fresh: MergedPatient[] = [];
  for (const gone of said) {
    const kept = keptOf.get(gone);
    if (joined.has(gone) || kept === null || !patients.has(gone)) continue;
    // One who never came is told of among what is missing.
    if (kept !== undefined && !others.has(kept)) continue;
    if (kept !== undefined && (await clear(gone))) fresh.push({ gone, kept });
    else found.apart.push(`Patient/${gone}`);
  }
  // The rights of the last follow to the first: who goes into another comes before that other goes.
  for (let rest = fresh; rest.length > 0; ) {
    const waited = new Set(rest.map((one) => one.kept));
    const ready = rest.filter((one) => !waited.has(one.gone));
    if (ready.length === 0) {
      found.apart.push(...rest.map((one) => `Patient/${one.gone}`));
      break;
    }
    for (const pair of ready) {
      if (await followMerge(tx.sql, tenant, pair, run)) {
        await told(tx, 'merge', pair, run, trace);
        await lookAgain(tx, pair.gone, patients);
        found.joined++;
      } else found.apart.push(`Patient/${pair.gone}`);
    }
    rest = rest.filter((one) => waited.has(one.gone));
  }
  return found;
}

async function standing(tx: Transaction, ids: readonly string[]): Promise<Map<string, JsonResource>> {
  const rows = await tx.sql.query<{ id: string; content: string }>(
    `select r.id, r.content from fhir.resource r where r.tenant_id = $1::int and r.type = 'Patient' and r.id = any($2::text[]) and not r.deleted`,
    [tx.caller.tenant, [...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, parsed(row.content)]));
}

/** Whoever keeps something of patients by whether they are still one of their own. */
async function lookAgain(tx: Transaction, id: string, patients: ReadonlyMap<string, JsonResource>): Promise<void> {
  const resource = patients.get(id);
  if (resource) await runHooks(tx, [{ type: 'Patient', id, deleted: false, resource }]);
}

const told = (tx: Transaction, action: string, { gone, kept }: MergedPatient, run: number, trace: ImportTrace) =>
  record(tx.sql, tx.caller.tenant, [
    {
      ...(trace.actor ?? { actor: 'System', actorName: trace.reason, role: 'system' }),
      action,
      target: `Patient/${kept}`,
      patients: [kept, gone],
      reason: trace.reason,
      details: { gone, kept, takeOver: run },
    },
  ]);
