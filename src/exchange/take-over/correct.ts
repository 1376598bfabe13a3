import { exactText, type Importer, type ImportTrace, type JsonResource, parseExact } from '../../fhir/index.ts';
import { mergedState } from '../../access/index.ts';
import { conflict, type Db, invalid, notFound, sqlState } from '../../platform/index.ts';
import { goodId } from './identity.ts';
import type { Limits } from './limits.ts';
import { kindOfSetAside, unmask } from './masking.ts';
import { originsOf, saveChanges, saveOrigins } from './origin.store.ts';
import { Origins } from './origins.ts';
import { inOrder } from './content.ts';
import { prepareBatch, type Validator } from './prepare-batch.ts';
import { decideQuarantine, keepDraft, type QuarantineItem, readQuarantine } from './quarantine.store.ts';
import { isObject, isWhole, type Json } from './read-entries.ts';
import { readRun } from './run.store.ts';
import { type Flaw, flawOf, wordsOfMerge } from './words.ts';

export interface CorrectDeps {
  db: Db;
  validator: Validator;
  importer: Importer;
  limits: Limits;
  trace: ImportTrace;
}
export type Correction =
  | { done: true; type: string; id: string }
  | { done: false; issues: Flaw[]; version: number; kind: string; content: string };

const stale = () =>
  conflict(
    'Cette ligne vient d’être traitée ou corrigée par quelqu’un d’autre. Votre texte est gardé à l’écran : rechargez la ligne pour comparer.',
  );

/**
 * Submits a corrected resource again. Valid: it is written under the id that was kept for it, and what points to it is whole. Not valid:
 * the text is kept as it is, with what is still wrong. Errors: 404 unknown, 409 decided by another meanwhile, 422 not JSON.
 */
export async function correct(
  deps: CorrectDeps,
  tenant: number,
  id: number,
  seen: number,
  text: string,
  by: string,
): Promise<Correction> {
  const item = await deps.db.tenant(tenant, (sql) => readQuarantine(sql, tenant, id));
  if (!item) throw notFound('Cette ligne de quarantaine');
  if (item.status !== 'open' || item.version !== seen) throw stale();
  const resource = parsed(text);
  const masked = restore(item, resource);
  const ready =
    item.targetId === null ? await fromFile(deps, tenant, item, resource) : await direct(deps, item, resource);
  if ('issues' in ready) {
    // Without a mask the text is kept as it was typed.
    const [content, kind] = [masked ? exactText(resource) : text, kindOfSetAside(resource)];
    if (
      !(await deps.db.tenant(tenant, (sql) =>
        keepDraft(sql, tenant, id, seen, content, String(resource.resourceType ?? ''), kind, ready.issues),
      ))
    )
      throw stale();
    return { done: false, issues: ready.issues, version: seen + 1, kind, content };
  }
  const [promised] = await deps.db.tenant(tenant, (sql) => originsOf(sql, tenant, [ready.origin]));
  // What points to it means the number that it bears at its source.
  const version = ready.item.expect === 'absent' ? (promised?.edition ?? undefined) : undefined;
  const prepared = await deps.importer.prepare([{ ...ready.item, ...(version !== undefined && { version }) }]);
  const write = deps.importer.write(prepared, deps.trace, async (sql, [written]) => {
    if (!written?.done) return;
    if (!(await decideQuarantine(sql, tenant, id, seen, 'corrected', by))) throw stale();
    const [before] = await originsOf(sql, tenant, [ready.origin]);
    // The content of the file stays the mark: the same file again changes nothing.
    await saveOrigins(sql, tenant, [
      {
        origin: ready.origin,
        type: written.type,
        id: written.id,
        content: item.contentHash,
        version: written.version,
        run: before && before.version !== null ? before.run : item.run,
        saidAt: before?.saidAt ?? null,
      },
    ]);
    if (written.before !== null)
      await saveChanges(sql, tenant, item.run, [
        {
          origin: ready.origin,
          type: written.type,
          id: written.id,
          beforeVersion: written.before,
          beforeContent: before?.content ?? null,
          beforeKnown: before?.version ?? null,
        },
      ]);
  });
  const [result] = await write.catch((error: unknown) => {
    throw sqlState(error) === mergedState ? conflict(wordsOfMerge(error)) : error;
  });
  if (!result?.done)
    throw conflict(
      'La ressource vient d’être modifiée dans la structure. Rien n’a été remplacé : relisez-la puis soumettez de nouveau.',
    );
  return { done: true, type: result.type, id: result.id };
}

/** Puts back what the person was not shown; true when there was something. */
function restore(item: QuarantineItem, sent: Json): boolean {
  let original: unknown;
  try {
    original = parseExact(item.content);
  } catch {
    return false;
  }
  return isObject(original) && unmask(sent, original, item.kind, item.version);
}

function parsed(text: string): Json {
  let value: unknown;
  try {
    value = parseExact(text);
  } catch (error) {
    const where = error instanceof Error ? /line (\d+) column (\d+)/.exec(error.message) : null;
    throw invalid(
      `Le texte n’est pas du JSON lisible${where ? ` (ligne ${where[1]}, colonne ${where[2]})` : ''}. Il est gardé à l’écran : corrigez-le puis soumettez-le de nouveau.`,
      { content: 'JSON illisible' },
    );
  }
  if (!isObject(value))
    throw invalid('Le texte doit être une seule ressource FHIR, entre accolades.', { content: 'une ressource' });
  return value;
}

type Ready =
  | { item: { resource: JsonResource & { id: string }; expect: 'absent' | number }; origin: string }
  | { issues: Flaw[] };

/** Its references were resolved when it was set aside: only its content is to be judged. */
async function direct(deps: CorrectDeps, item: QuarantineItem, resource: Json): Promise<Ready> {
  if (resource.resourceType !== item.type)
    return { issues: [{ path: 'resourceType', words: `le type doit rester ${item.type}` }] };
  const whole = inOrder(resource, item.targetId!);
  const issues = deps.validator
    .validate(whole)
    .filter((issue) => issue.severity === 'error')
    .map(flawOf);
  if (issues.length > 0 || !isWhole(whole)) return { issues };
  const stands = (await deps.importer.look((look) => look.standing([{ type: item.type, id: item.targetId! }]))).get(
    `${item.type}/${item.targetId}`,
  );
  return {
    item: { resource: whole, expect: stands && !stands.deleted ? stands.version : 'absent' },
    origin: item.origin,
  };
}

/** A line that could not be read: it goes the way of the files, from the beginning. */
async function fromFile(deps: CorrectDeps, tenant: number, item: QuarantineItem, resource: Json): Promise<Ready> {
  const run = await deps.db.tenant(tenant, (sql) => readRun(sql, tenant, item.run));
  if (typeof resource.id === 'string' && !goodId.test(resource.id))
    return { issues: [{ path: 'id', words: 'l’identifiant n’est pas un identifiant FHIR' }] };
  const origins = new Origins({ tenant, importer: deps.importer, run: item.run });
  const batch = await prepareBatch([{ unit: item.unit, place: item.place, endByte: 0, resource }], {
    origins,
    importer: deps.importer,
    validator: deps.validator,
    limits: deps.limits,
    source: run?.source ?? '',
    blocked: new Set(),
  });
  const [one] = batch.decided;
  if (!one?.known) return { issues: one?.reject?.issues ?? [{ path: '', words: 'la ressource ne peut pas être lue' }] };
  if (one.reject) return { issues: one.reject.issues };
  const unsaved = origins.takeUnsaved();
  if (unsaved.length > 0)
    await deps.db.tenant(tenant, (sql) =>
      saveOrigins(
        sql,
        tenant,
        unsaved.map((known) => ({ ...origins.rowOf(known), content: known === one.known ? null : known.content })),
      ),
    );
  if (!one.item)
    return { issues: [{ path: '', words: 'cette ressource est déjà dans la structure : écartez la ligne' }] };
  return {
    item: { resource: one.item.resource, expect: one.item.expect === 'new' ? 'absent' : one.item.expect },
    origin: one.known.hash,
  };
}
