// https://hl7.org/fhir/R4/http.html#trules
import { FhirProblem } from '../outcome.ts';
import { newId } from '../store/new-id.ts';
import type { FhirStore, JsonResource } from '../store/store.ts';
import { type ConditionalReference, parseConditional, rewrite } from './bundle-references.ts';
import type { Answer, Call } from './call.ts';
import { lockCondition } from './condition-lock.store.ts';
import { conditionText, selected } from './conditional.ts';
import { ifNoneExistOf } from './create.ts';
import { callOf, type Entry, entriesOf, inEntry, parseEntry, responseEntry } from './entry.ts';
import { toFhirProblem } from './errors.ts';
import { written } from './written.ts';

/** An entry whose resource is known by type and id, before anything is written. */
interface Planned extends Entry {
  /** The id it has or will have; none for reads and operations, and for deletes that find nothing. */
  target?: string;
  /** Answered already: a conditional create that found its resource, a delete that found none. */
  answer?: Answer;
  /** References by search, still to be resolved. */
  left: ConditionalReference[];
}

async function placed<T>(at: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // The database's own words (a deadlock, say) are for the transaction as a whole: it may be tried again.
    throw error instanceof FhirProblem ? inEntry(error, at) : error;
  }
}

/** Says which resource each entry is about: conditions are settled on what stands before the transaction. */
async function plan(store: FhirStore, call: Call, entry: Entry, promised: Map<string, string>): Promise<Planned> {
  const planned: Planned = { ...entry, left: [] };
  const { type, id } = entry.params;
  const { code } = entry.interaction;
  if (code === 'create') {
    const query = ifNoneExistOf(callOf(call, entry, store));
    if (query !== undefined) await lockCondition(store, type, query);
    const same = query === undefined ? undefined : promised.get(`${type}?${query}`);
    const found = query === undefined ? undefined : await selected(store, type, [...new URLSearchParams(query)]);
    planned.target = found?.id ?? same ?? newId();
    if (found) planned.answer = { ...written(call, found, false), text: found.text };
    else if (same) planned.answer = { status: 200, location: `${type}/${same}` };
    else if (query !== undefined) promised.set(`${type}?${query}`, planned.target);
  } else if (id) planned.target = id;
  else if (code === 'update' || code === 'patch' || code === 'delete') {
    if (code === 'update') await lockCondition(store, type, conditionText(entry.query));
    const found = await selected(store, type, entry.query);
    if (code === 'update') {
      const own = entry.resource?.id;
      if (found && own !== undefined && own !== found.id)
        throw new FhirProblem(
          400,
          'invalid',
          `The condition selects ${type}/${found.id}, but the resource has the id “${own.slice(0, 64)}”.`,
        );
      planned.target = found?.id ?? own ?? newId();
    } else if (found) planned.target = found.id;
    else if (code === 'delete') planned.answer = { status: 204 };
    else throw new FhirProblem(404, 'not-found', `No ${type} is selected by the condition. Nothing was changed.`);
  }
  return planned;
}

const writes = new Set(['create', 'update', 'patch', 'delete']);

/** fullUrl → `Type/id`; refuses two entries about the same resource. */
function identities(planned: readonly Planned[]): Map<string, string> {
  const targets = new Map<string, string>();
  const changed = new Set<string>();
  const urls = new Set<string>();
  const gone = new Set(
    planned.flatMap(({ interaction, params, target }) =>
      interaction.code === 'delete' && target !== undefined ? [`${params.type}/${target}`] : [],
    ),
  );
  for (const { at, interaction, params, target, fullUrl, answer } of planned) {
    if (!writes.has(interaction.code) || target === undefined) continue;
    const place = `${params.type}/${target}`;
    if (!(answer && interaction.code === 'create')) {
      if (changed.has(place))
        throw new FhirProblem(400, 'duplicate', `Two entries change ${place}. Keep one. Nothing was changed.`, {
          expression: `Bundle.entry[${at}]`,
        });
      changed.add(place);
    } else if (gone.has(place))
      throw new FhirProblem(
        400,
        'duplicate',
        `The condition of this entry finds ${place}, which another entry deletes. Keep one. Nothing was changed.`,
        {
          expression: `Bundle.entry[${at}]`,
        },
      );
    if (fullUrl === undefined || interaction.code === 'delete') continue;
    if (urls.has(fullUrl))
      throw new FhirProblem(
        400,
        'duplicate',
        `Two entries have the fullUrl ${fullUrl.slice(0, 100)}. Give each its own. Nothing was changed.`,
        { expression: `Bundle.entry[${at}].fullUrl` },
      );
    urls.add(fullUrl);
    targets.set(fullUrl, place);
    // `http://other/fhir/Patient/1` is also what `Patient/1` means inside that bundle.
    const old =
      interaction.code === 'create'
        ? /^https?:\/\/.*\/([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})$/.exec(fullUrl)?.[1]
        : undefined;
    if (old !== undefined) targets.set(old, place);
  }
  return targets;
}

/** Resolves references by search; gives those that nothing matches (yet). */
async function resolve(
  store: FhirStore,
  planned: Planned,
  known: Map<string, string>,
): Promise<ConditionalReference[]> {
  const open: ConditionalReference[] = [];
  for (const reference of planned.left) {
    const { type, query } = parseConditional(reference.text)!;
    let place = known.get(reference.text);
    if (place === undefined) {
      const found = await selected(store, type, [...new URLSearchParams(query)]).catch((error: unknown) => {
        throw error instanceof FhirProblem
          ? new FhirProblem(error.status, error.outcome.issue[0]!.code, error.message, { expression: reference.where })
          : error;
      });
      if (found) place = `${type}/${found.id}`;
      if (place !== undefined) known.set(reference.text, place);
    }
    if (place === undefined) open.push(reference);
    else reference.holder.reference = place;
  }
  return open;
}

/** All at once; a refusal is placed at the entry it comes from when that can be found. */
async function createAll(store: FhirStore, call: Call, creates: readonly Planned[], answers: Answer[]): Promise<void> {
  if (creates.length === 0) return;
  const resources = creates.map((entry): JsonResource => ({ ...entry.resource!, id: entry.target! }));
  let stored: Awaited<ReturnType<FhirStore['createMany']>>;
  try {
    stored = await store.createMany(resources);
  } catch (error) {
    if (!(error instanceof FhirProblem) || error.status !== 422) throw error;
    const wrong = resources.findIndex((resource) =>
      call.validator.validate(resource).some(({ severity }) => severity === 'error'),
    );
    throw wrong < 0 ? error : inEntry(error, creates[wrong]!.at);
  }
  for (const [i, one] of stored.entries()) answers[creates[i]!.at] = written(call, one, true);
}

/** @param places entry of each `Type/id` that is written, for a refusal that comes when all of them stand */
async function run(store: FhirStore, call: Call, again: boolean, places: Map<string, number>): Promise<string> {
  places.clear();
  const planned: Planned[] = [];
  const promised = new Map<string, string>();
  for (const [at, value] of entriesOf(call, again).entries()) {
    const entry = parseEntry(call, value, at);
    planned.push(await placed(at, () => plan(store, call, entry, promised)));
  }
  const targets = identities(planned);
  for (const { at, interaction, params, target, answer } of planned)
    if (writes.has(interaction.code) && target !== undefined && !answer) places.set(`${params.type}/${target}`, at);
  for (const entry of planned) {
    if (entry.resource && !entry.answer)
      entry.left = rewrite(entry.resource, targets, `Bundle.entry[${entry.at}].resource`);
  }
  const answers: Answer[] = [];
  const todo = planned.filter((entry) => {
    if (entry.answer) answers[entry.at] = entry.answer;
    return !entry.answer;
  });
  const one = (entry: Planned) =>
    placed(entry.at, async () => {
      const inner = callOf(call, entry, store);
      // A condition that was settled is now an id.
      const { code } = entry.interaction;
      const settled = writes.has(code) && !entry.params.id && entry.target !== undefined;
      const at = settled ? { ...inner, id: entry.target!, query: [] } : inner;
      const handler = settled
        ? call.route(entry.method, [entry.params.type, entry.target!]).interaction.handler
        : entry.interaction.handler;
      if (settled && code === 'update') entry.resource!.id = entry.target!;
      answers[entry.at] = await handler(at);
    });
  const of = (code: string) => todo.filter((entry) => entry.interaction.code === code);

  for (const entry of of('delete')) await one(entry);

  const known = new Map<string, string>();
  let creates = of('create');
  while (creates.length > 0) {
    const later: Planned[] = [];
    const ready: Planned[] = [];
    for (const entry of creates) {
      if (entry.left.length > 0) entry.left = await placed(entry.at, () => resolve(store, entry, known));
      (entry.left.length > 0 ? later : ready).push(entry);
    }
    // What is created may be what the others search for; when nothing is, nothing will be.
    if (ready.length === 0) refuse(later[0]!);
    await createAll(store, call, ready, answers);
    creates = later;
  }
  for (const entry of todo.filter(({ interaction }) => interaction.code === 'update' || interaction.code === 'patch')) {
    if (entry.left.length > 0) entry.left = await placed(entry.at, () => resolve(store, entry, known));
    if (entry.left.length > 0) refuse(entry);
    await one(entry);
  }
  for (const entry of todo.filter(({ interaction }) => !writes.has(interaction.code))) await one(entry);
  const texts = planned.map((entry) => responseEntry(call, entry, answers[entry.at]!));
  return `{"resourceType":"Bundle","type":"transaction-response"${texts.length > 0 ? `,"entry":[${texts}]` : ''}}`;
}

function refuse(entry: Planned): never {
  const { text, where } = entry.left[0]!;
  throw new FhirProblem(
    412,
    'not-found',
    `The reference ${text.slice(0, 200)} must match one resource and matches none. Nothing was changed.`,
    { expression: where },
  );
}

/** All or nothing: DELETE, POST, PUT and PATCH, then GET, whatever the order of the entries. */
export async function transaction(call: Call): Promise<Answer> {
  let tries = 0;
  const places = new Map<string, number>();
  const attempt = () =>
    call.store
      .transaction((store) => run(store, call, tries++ > 0, places))
      .catch((error: unknown) => {
        const at = error instanceof FhirProblem && error.about !== undefined ? places.get(error.about) : undefined;
        throw at === undefined ? error : inEntry(error as FhirProblem, at);
      });
  try {
    // The work may be called again when the database asks for it: from the bundle as it came.
    const text = await attempt().catch((error: unknown) => {
      // Created by another in the same moment under the id of a PUT: now it is there.
      if (error instanceof FhirProblem && error.status === 409 && error.outcome.issue[0]!.code === 'duplicate')
        return attempt();
      throw error;
    });
    return { status: 200, text };
  } catch (error) {
    const problem = toFhirProblem(error);
    if (problem.status === 500) throw error;
    // A part that is not there is the bundle's fault: 404 would say that there is no transaction endpoint.
    if (problem.status === 404 || problem.status === 410 || problem.status === 405)
      throw new FhirProblem(400, problem.outcome.issue[0]!.code, problem.message, { issues: problem.outcome.issue });
    throw error;
  }
}
