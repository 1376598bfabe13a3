// https://hl7.org/fhir/R4/patient-operation-everything.html
import { isResourceType } from '../definitions/index.ts';
import { FhirProblem } from '../outcome.ts';
import type { EverythingQuery, Stored } from '../store/store.ts';
import type { Call, Handler, Pairs } from './call.ts';
import { whereGone } from './merged.ts';
import { inputsOf } from './operation-parameters.ts';
import { countOf, instantOf } from './parameters.ts';
import { searchset } from './search.ts';

const names = ['start', 'end', '_since', '_type', '_count'] as const;

interface Asked {
  query: EverythingQuery;
  used: Pairs;
  cursor?: string;
}

/** `usual`: a page without `_count`. */
function asked(call: Call, usual: number): Asked {
  const inputs = inputsOf(call);
  const used = names.flatMap((name): Pairs => {
    if (name === '_type') return inputs.texts(name).map((value) => [name, value]);
    const value = inputs.text(name);
    return value === undefined ? [] : [[name, value]];
  });
  const asked = used
    .filter(([name]) => name === '_type')
    .flatMap(([, value]) => value.split(',').map((type) => type.trim()))
    .filter(Boolean);
  const types = asked.filter(isResourceType);
  const unknown = asked.find((type) => !isResourceType(type));
  if (unknown !== undefined)
    throw new FhirProblem(400, 'value', `“${unknown.slice(0, 60)}” in _type is not a FHIR R4 resource type.`, {
      expression: '_type',
    });
  const since = instantOf(used, '_since');
  const start = instantOf(used, 'start');
  // The store counts the whole last day in.
  const after = instantOf(used, 'end', true);
  const end = after && new Date(Date.parse(after) - 86_400_000).toISOString();
  const cursor = inputs.text('_cursor');
  return {
    used,
    query: {
      count: Math.max(1, countOf(used, usual)),
      ...(types.length > 0 && { types }),
      ...(since && { since }),
      ...(start && { start }),
      ...(end && { end }),
    },
    ...(cursor !== undefined && { cursor }),
  };
}

const bundleOf = (call: Call, resources: Stored[], path: string, { used, cursor }: Asked, next?: string): string =>
  searchset(
    call,
    { resources, included: [], warnings: [], ...(next !== undefined && { next }) },
    path,
    cursor === undefined ? used : [...used, ['_cursor', cursor]],
  );

/** One patient: everything that the caller may see, and whom and what it points to. */
export const everythingInstance: Handler = async (call) => {
  const ask = asked(call, 1_000);
  // A record that has gone into another is read there; the links of the pages say so.
  const id = (await whereGone(call, [call.id])).get(call.id) ?? call.id;
  const { resources, next } = await call.store.everything(id, {
    ...ask.query,
    ...(ask.cursor && { cursor: ask.cursor }),
  });
  // Nothing at all may be nobody, or someone the caller may not see: both are a 404.
  if (resources.length === 0) await call.store.read('Patient', id);
  return { status: 200, text: bundleOf(call, resources, `${call.base}/Patient/${id}/$everything`, ask, next) };
};

/** Every patient that the caller reaches, one after the other: a page holds one patient or a part of one. */
export const everythingType: Handler = async (call) => {
  const ask = asked(call, 1_000);
  const [before = '', inside = ''] = (ask.cursor ?? '').split('~');
  const { resources: patients, next: after } = await call.store.search('Patient', [
    ['_count', '1'],
    ...(before ? [['_cursor', before] as [string, string]] : []),
  ]);
  const path = `${call.base}/Patient/$everything`;
  const [patient] = patients;
  if (!patient) return { status: 200, text: bundleOf(call, [], path, ask) };
  const { resources, next } = await call.store.everything(patient.id, {
    ...ask.query,
    ...(inside && { cursor: inside }),
  });
  return {
    status: 200,
    text: bundleOf(
      call,
      resources,
      path,
      ask,
      next !== undefined ? `${before}~${next}` : after !== undefined ? `${after}~` : undefined,
    ),
  };
};
