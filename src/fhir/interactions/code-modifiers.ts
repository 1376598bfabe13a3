// https://hl7.org/fhir/R4/search.html#modifiers: :in, :not-in, :below and :above on codes, written out as the codes they stand for.
import { FhirProblem } from '../outcome.ts';
import { asJson, type JsonResource } from '../store/store.ts';
import { parameterOf } from '../search/index.ts';
import { listOfSystem } from '../terms/lists.ts';
import { isObject } from './body.ts';
import type { Call, Pairs } from './call.ts';

interface Code {
  system: string;
  code: string;
}
const modified = /^(.+):(in|not-in|below|above)$/;
export const hasCodeModifier = (query: Pairs): boolean => query.some(([name]) => modified.test(name));
/** More would not fit into one parameter of a search. */
const most = 500;

/**
 * The query with such modifiers written out; `as` gives a pair its own words back, for links. A token asked :below or :above says its system:
 * that is how it is told from an address.
 */
export async function withCodes(
  call: Call,
  type: string | null,
  query: Pairs,
): Promise<{ query: Pairs; as(pair: [string, string]): [string, string] }> {
  const original = new Map<string, [string, string]>();
  const out: Pairs = [];
  for (const pair of query) {
    const [name, value] = pair;
    const [, head, modifier] = modified.exec(name) ?? [];
    const codes = head && modifier && value !== '' ? await codesOf(call, type, head, modifier, value) : undefined;
    if (!codes) {
      out.push(pair);
      continue;
    }
    if (codes.length > most)
      throw problem(
        name,
        'too-costly',
        `“${value.slice(0, 100)}” stands for ${codes.length} codes; a search takes ${most} at most. Ask for a narrower set.`,
      );
    if (codes.length === 0) throw problem(name, 'value', `“${value.slice(0, 100)}” holds no code.`);
    const written: [string, string] = [
      modifier === 'not-in' ? `${head}:not` : head!,
      codes.map(({ system, code }) => `${escaped(system)}|${escaped(code)}`).join(','),
    ];
    original.set(written.join('='), pair);
    out.push(written);
  }
  return { query: out, as: (pair) => original.get(pair.join('=')) ?? pair };
}

const escaped = (text: string): string => text.replace(/[\\,|$]/g, '\\$&');
const problem = (name: string, code: string, words: string): FhirProblem =>
  new FhirProblem(400, code, `${name}: ${words}`, { expression: name });

async function codesOf(
  call: Call,
  type: string | null,
  head: string,
  modifier: string,
  value: string,
): Promise<Code[] | undefined> {
  const plain = !/[.:]/.test(head) && type !== null ? parameterOf(type, head) : undefined;
  if (plain && plain.type !== 'token') return undefined;
  const codes: Code[] = [];
  for (const one of value.split(',').filter((part) => part !== '')) {
    if (modifier === 'in' || modifier === 'not-in') codes.push(...(await membersOf(call, `${head}:${modifier}`, one)));
    else {
      const bar = one.lastIndexOf('|');
      if (bar < 1 || bar === one.length - 1) {
        if (plain)
          throw problem(
            `${head}:${modifier}`,
            'value',
            'write system|code: a code is under or over others in its system.',
          );
        return undefined;
      }
      codes.push(
        ...(await kinOf(
          call,
          `${head}:${modifier}`,
          one.slice(0, bar),
          one.slice(bar + 1),
          modifier as 'below' | 'above',
        )),
      );
    }
  }
  return [...new Map(codes.map((one) => [`${one.system}|${one.code}`, one])).values()];
}

/** The codes of a value set by its url, or by its id here. @throws FhirProblem 400 when it is not known whole. */
async function membersOf(call: Call, name: string, named: string): Promise<Code[]> {
  const loaded = call.terminology.listed(named);
  if (Array.isArray(loaded)) return loaded;
  if (loaded === undefined) {
    const own = await storedSet(call, named);
    if (!own)
      throw problem(
        name,
        'not-found',
        `the value set “${named.slice(0, 200)}” is not known here: store it, or install the package that defines it.`,
      );
    const codes = enumerated(call, own);
    if (codes) return codes;
  }
  throw problem(
    name,
    'not-supported',
    `the codes of the value set “${named.slice(0, 200)}” are not all known here; search for some of them with commas.`,
  );
}

async function storedSet(call: Call, named: string): Promise<JsonResource | undefined> {
  const [url = '', version] = named.split('|');
  const id = /^(?:.*\/)?ValueSet\/([A-Za-z0-9\-.]{1,64})$/.exec(url)?.[1];
  const local = id !== undefined && (url === `ValueSet/${id}` || url === `${call.base}/ValueSet/${id}`);
  const { resources } = await call.store.search(
    'ValueSet',
    local
      ? [['_id', id]]
      : [
          ['url', escaped(url)],
          ...(version ? [['version', escaped(version)] as [string, string]] : []),
          ['_sort', '-_lastUpdated'],
          ['_count', '1'],
        ],
  );
  return resources[0] && asJson(resources[0].resource);
}

const listIn = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isObject) : []);
const codesIn = (system: unknown, concepts: unknown): Code[] =>
  listIn(concepts).flatMap(({ code }) =>
    typeof system === 'string' && typeof code === 'string' ? [{ system, code }] : [],
  );

/** What a value set lists code by code; undefined when a rule makes a part of it. */
function enumerated(call: Call, set: Record<string, unknown>): Code[] | undefined {
  const compose = isObject(set.compose) ? set.compose : {};
  const part = (one: Record<string, unknown>): Code[] | undefined => {
    const imports = Array.isArray(one.valueSet) ? one.valueSet : [];
    if (
      one.filter !== undefined ||
      (one.concept === undefined && imports.length === 0) ||
      (one.concept !== undefined && imports.length > 0) ||
      imports.length > 1
    )
      return undefined;
    if (imports.length === 0) return codesIn(one.system, one.concept);
    const listed = call.terminology.listed(String(imports[0]));
    return Array.isArray(listed) ? listed : undefined;
  };
  const [inside, outside] = [listIn(compose.include).map(part), listIn(compose.exclude).map(part)];
  if (inside.length === 0 || [...inside, ...outside].includes(undefined)) return undefined;
  const out = new Set(outside.flatMap((codes) => codes!.map(({ system, code }) => `${system}|${code}`)));
  return inside.flatMap((codes) => codes!.filter(({ system, code }) => !out.has(`${system}|${code}`)));
}

/** A code with those under or over it; in CIM-10 a code begins with the one that it is under. */
async function kinOf(call: Call, name: string, system: string, code: string, way: 'below' | 'above'): Promise<Code[]> {
  const known = call.terminology.kin(system, code, way);
  if (known) return known.map((one) => ({ system, code: one }));
  if (listOfSystem(system)?.list === 'cim10') {
    const shorter = [
      code,
      ...Array.from({ length: Math.max(0, code.length - 3) }, (_, i) => code.slice(0, 3 + i)).filter(
        (one) => !one.endsWith('.'),
      ),
    ];
    if (way === 'above') return shorter.map((one) => ({ system, code: one }));
    const found = await call.lists.expand(`${system}?fhir_vs`, code, most + 1);
    if (found)
      return [
        { system, code },
        ...found.found
          .filter((one) => one.code !== code && one.code.startsWith(code))
          .map((one) => ({ system, code: one.code })),
      ];
  }
  throw problem(
    name,
    'not-supported',
    `the code system ${system.slice(0, 200)} is not loaded whole here; search for the codes with commas.`,
  );
}
