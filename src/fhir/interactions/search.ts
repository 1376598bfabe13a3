// https://hl7.org/fhir/R4/http.html#search
import { FhirProblem } from '../outcome.ts';
import { mayBeIn } from '../search/index.ts';
import type { ResourceType, SearchPage } from '../store/store.ts';
import { type Call, type Handler, lastOf, type Pairs } from './call.ts';
import { hasCodeModifier, withCodes } from './code-modifiers.ts';
import { withoutOutput } from './conditional.ts';
import { link } from './history.ts';
import { patientsIn, redirected, saidOfMerge, whereGone } from './merged.ts';
import { mustAccept } from './negotiation.ts';
import { countOf, queryString } from './parameters.ts';
import { subsetOf, textOf } from './subset.ts';

const q = JSON.stringify;

/** A searchset by joining texts: what was stored is not parsed again. */
export function searchset(call: Call, page: SearchPage, path: string, used: Pairs): string {
  const subset = subsetOf(call.query);
  const url = (pairs: Pairs) => (pairs.length > 0 ? `${path}?${queryString(pairs)}` : path);
  const links = [link('self', url(used))];
  if (page.next !== undefined)
    links.push(link('next', url([...used.filter(([name]) => name !== '_cursor'), ['_cursor', page.next]])));
  const entries: string[] = [];
  for (const [mode, list] of [
    ['match', page.resources],
    ['include', page.included],
  ] as const) {
    for (const one of list) {
      entries.push(
        `{"fullUrl":${q(`${call.base}/${one.type}/${one.id}`)},"resource":${textOf(one, subset)},"search":{"mode":"${mode}"}}`,
      );
    }
  }
  if (page.warnings.length > 0) {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: page.warnings.map(({ expression, ...issue }) => ({
        ...issue,
        ...(expression && { expression: [expression] }),
      })),
    };
    entries.push(`{"resource":${q(outcome)},"search":{"mode":"outcome"}}`);
  }
  const total = page.total === undefined ? '' : `"total":${page.total},`;
  return `{"resourceType":"Bundle","type":"searchset",${total}"link":[${links}]${entries.length > 0 ? `,"entry":[${entries}]` : ''}}`;
}

async function run(
  call: Call,
  type: ResourceType | null,
  path: string,
  compartment?: string,
  said: SearchPage['warnings'] = [],
): Promise<string> {
  const { query: written, as } = hasCodeModifier(call.query)
    ? await withCodes(call, type, call.query)
    : { query: call.query, as: null };
  const asked = withoutOutput(written);
  // Refused here so that a wrong number is never a question of taste of the store.
  countOf(asked);
  const counting = lastOf(call.query, '_summary') === 'count';
  const query: Pairs = counting
    ? [
        ...asked.filter(([name]) => name !== '_count' && name !== '_total' && name !== '_cursor'),
        ['_count', '0'],
        ['_total', 'accurate'],
      ]
    : asked;
  const page = await call.store.search(type, query, {
    strict: call.prefer.strict === true,
    ...(compartment && { compartment }),
  });
  // Whoever asks by the id of a record that has gone into another must not believe that there is nothing.
  if (said.length === 0 && (page.resources.length === 0 || asked.some(([, value]) => value.includes(',')))) {
    const owner = compartment?.startsWith('Patient/') ? compartment.slice('Patient/'.length) : undefined;
    const ids = [...patientsIn(asked), ...(owner ? [owner] : [])];
    const gone = ids.length > 0 ? await whereGone(call, ids) : new Map<string, string>();
    if (gone.size > 0) {
      const kept = owner && gone.get(owner);
      return run(
        { ...call, query: redirected(call.query, gone) },
        type,
        kept ? path.replace(`Patient/${owner}/`, `Patient/${kept}/`) : path,
        kept ? `Patient/${kept}` : compartment,
        saidOfMerge(gone),
      );
    }
  }
  page.warnings.push(...said);
  // An empty compartment may be nobody's, or of someone the caller may not see: both are a 404.
  if (compartment && page.resources.length === 0) await call.store.read(call.type, call.id);
  const applied = as ? (page.applied ?? asked).map(as) : (page.applied ?? asked);
  const output = call.query.filter(([name, value]) => (name === '_summary' || name === '_elements') && value !== '');
  const used = counting
    ? [...applied.filter(([name]) => name !== '_count' && name !== '_total'), ...output]
    : [...applied, ...output];
  return searchset(call, counting ? { ...page, resources: [], included: [], next: undefined } : page, path, used);
}

/** GET with its query, or POST _search with query and form together. */
function merged(call: Call): Call {
  if (call.method !== 'POST') return call;
  const form = call.form();
  mustAccept(undefined, lastOf(form, '_format'));
  return { ...call, query: [...call.query, ...form] };
}

export const searchType: Handler = async (call) => ({
  status: 200,
  text: await run(merged(call), call.type, `${call.base}/${call.type}`),
});

export const searchSystem: Handler = async (given) => {
  const call = merged(given);
  return { status: 200, text: await run(call, null, call.base) };
};

/** https://hl7.org/fhir/R4/http.html#vsearch: `Patient/1/Observation?…`, `Encounter/1/*`. */
export const searchCompartment: Handler = async (given) => {
  const call = merged(given);
  const { type, id, target, base } = call;
  if (target !== '*' && !mayBeIn(type, target))
    throw new FhirProblem(
      400,
      'not-supported',
      `${target} is never in the compartment of ${type === 'Encounter' ? 'an' : 'a'} ${type}: search ${target} itself.`,
    );
  const text = await run(call, target === '*' ? null : target, `${base}/${type}/${id}/${target}`, `${type}/${id}`);
  return { status: 200, text };
};
