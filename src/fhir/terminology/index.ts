/**
 * Codes: which belong to a value set, what they are called, which match what someone types. Over R4's own value sets, the French ones shipped
 * in `fr/` and those of installed packages (which come first).
 */
import { codeSystem as r4CodeSystem, valueSet as r4ValueSet } from '../definitions/index.ts';
import type { PackageSource } from '../definitions/package.ts';
import type { CodeSystemData, Concept } from '../definitions/terms.ts';
import { frenchTerms } from './french.ts';
import { has, type Loaded, type Member, type Resolved, resolveValueSet, withAncestors } from './resolve.ts';
import { matches, wordsOf } from './words.ts';

export interface Coded {
  /** Canonical URL of a value set, with or without `|version`. */
  url?: string;
  /** URL of a code system; without `url`, the code is looked up there. */
  system?: string;
  code: string;
  display?: string;
  valueSetVersion?: string;
}

export interface CodeAnswer {
  result: boolean;
  message?: string;
  display?: string;
}

export interface ExpandedValueSet {
  resourceType: 'ValueSet';
  url: string;
  version?: string;
  name?: string;
  title?: string;
  status: 'active';
  expansion: {
    identifier: string;
    timestamp: string;
    total: number;
    offset: number;
    parameter: {
      name: string;
      valueString?: string;
      valueInteger?: number;
      valueBoolean?: boolean;
      valueUri?: string;
    }[];
    contains: {
      system: string;
      code: string;
      display?: string;
      abstract?: true;
      inactive?: true;
      designation?: { value: string }[];
    }[];
  };
}

interface Asked {
  filter?: string;
  offset?: number;
  count?: number;
  activeOnly?: boolean;
  designations?: boolean;
}

export interface Terminology {
  /** `result: true` with a message when what is loaded cannot tell. */
  validateCode(coded: Coded): CodeAnswer;
  /** `undefined` when the value set is not loaded. At most `count` codes (1 000 unless told, 5 000 at most). */
  expand(ask: { url: string } & Asked): ExpandedValueSet | undefined;
  /** Whether something is loaded under this URL, whatever its version, and which version that is. */
  loaded(kind: 'ValueSet' | 'CodeSystem', url: string): { version?: string } | undefined;
  lookup(
    system: string,
    code: string,
  ): { system: string; systemName?: string; version?: string; concept: Concept } | undefined;
  /** Whether a code belongs; `undefined` when the value set or the system is not loaded. Hot: resolved once per value set. */
  member(valueSet: string, system: string | undefined, code: string): boolean | undefined;
  /** Whether `code` is in the system; `undefined` when the system is not loaded whole. */
  inSystem(system: string, code: string): boolean | undefined;
  /** Every code of a value set; `open` when it holds others than those that are loaded, `undefined` when it is not loaded. */
  listed(valueSet: string): { system: string; code: string }[] | 'open' | undefined;
  /** The code itself and those under or over it in its system; `undefined` when the system is not loaded whole. */
  kin(system: string, code: string, way: 'below' | 'above'): string[] | undefined;
  /** Canonical URLs of every value set or code system that is loaded besides R4's own. */
  urls(kind: 'ValueSet' | 'CodeSystem'): string[];
}

const bare = (url: string): string => (url.includes('|') ? url.slice(0, url.indexOf('|')) : url);
const same = (a: string, b: string): boolean => wordsOf(a).join(' ') === wordsOf(b).join(' ');

function expansionOf(
  set: Resolved,
  data: { name?: string; title?: string } | undefined,
  { filter, offset = 0, count = 1_000, activeOnly = false, designations: also = false }: Asked,
): ExpandedValueSet {
  const words = wordsOf(filter ?? '');
  const all: ExpandedValueSet['expansion']['contains'] = [];
  for (const [system, members] of set.members)
    for (const { code, display, designations, abstract, properties } of members.values()) {
      const inactive =
        properties?.inactive === 'true' || properties?.status === 'retired' || properties?.status === 'inactive';
      if (activeOnly && inactive) continue;
      if (words.length > 0 && !matches(words, code, display, designations)) continue;
      all.push({
        system,
        code,
        ...(display !== undefined && { display }),
        ...(abstract && { abstract }),
        ...(inactive && { inactive }),
        ...(also && designations && { designation: designations.map((value) => ({ value })) }),
      });
    }
  const from = Math.max(0, Math.trunc(offset) || 0);
  const size = Math.min(5_000, Math.max(0, Math.trunc(count)));
  return {
    resourceType: 'ValueSet',
    url: set.url,
    ...(set.version && { version: set.version }),
    ...(data?.name && { name: data.name }),
    ...(data?.title && { title: data.title }),
    status: 'active',
    expansion: {
      identifier: `urn:uuid:${crypto.randomUUID()}`,
      timestamp: new Date().toISOString(),
      total: all.length,
      offset: from,
      parameter: [
        ...(filter ? [{ name: 'filter', valueString: filter }] : []),
        { name: 'offset', valueInteger: from },
        { name: 'count', valueInteger: size },
        ...(activeOnly ? [{ name: 'activeOnly', valueBoolean: true }] : []),
        ...(also ? [{ name: 'includeDesignations', valueBoolean: true }] : []),
        // Systems known only by a rule or not loaded: the list is not the whole set.
        ...[...set.open.keys()].map((of) => ({ name: 'limitedExpansion', valueUri: of })),
      ],
      contains: all.slice(from, from + size),
    },
  };
}

/** A code's own label, and a remark when another was given for it. */
function labelled(display: string | undefined, found: Member | undefined): CodeAnswer {
  const known = found?.display;
  if (known === undefined) return { result: true };
  const right = display === undefined || [known, ...(found?.designations ?? [])].some((label) => same(label, display));
  return right
    ? { result: true, display: known }
    : {
        result: true,
        display: known,
        message: `The code is valid, but its display is “${known}”, not “${display}”.`,
      };
}

export function createTerminology(packages?: PackageSource): Terminology {
  const loaded: Loaded = {
    valueSet: (url) => packages?.valueSet(url) ?? frenchTerms().valueSet(bare(url)) ?? r4ValueSet(bare(url)),
    codeSystem: (url) => {
      // Packages also declare systems without their codes (LOINC, SNOMED CT, communes).
      const own = packages?.codeSystem(url);
      if (own && own.concepts.length > 0) return own;
      return frenchTerms().codeSystem(bare(url)) ?? r4CodeSystem(bare(url)) ?? own;
    },
  };
  const systems = new Map<string, { data: CodeSystemData; byCode: Map<string, Concept> }>();
  const system = (url: string) => {
    const made = systems.get(url);
    if (made) return made;
    const data = loaded.codeSystem(url);
    if (!data) return undefined;
    const entry = { data, byCode: new Map(data.concepts.map((c) => [c.code, c])) };
    systems.set(url, entry);
    return entry;
  };
  const shared: Loaded = { valueSet: loaded.valueSet, codeSystem: (url) => system(url)?.data };
  const sets = new Map<string, Resolved | null>();
  const resolved = (url: string): Resolved | undefined => {
    const made = sets.get(url);
    if (made !== undefined) return made ?? undefined;
    const set = resolveValueSet(url, shared);
    // What nobody has loaded is asked for by resources and requests: a short memory, so that they cannot fill ours.
    if (set || sets.size < 2_000) sets.set(url, set ?? null);
    return set;
  };

  const inSystem = (url: string, code: string): boolean | undefined => {
    const entry = system(url);
    if (!entry) return undefined;
    if (entry.byCode.has(code)) return true;
    if (entry.data.caseSensitive === false && entry.byCode.has(code.toUpperCase())) return true;
    return entry.data.content === 'complete' && entry.data.concepts.length > 0 ? false : undefined;
  };

  const validateCode = ({ url, system: of, code, display, valueSetVersion }: Coded): CodeAnswer => {
    if (url === undefined) {
      if (of === undefined) return { result: false, message: 'Give the url of a value set or the system of the code.' };
      const known = inSystem(of, code);
      if (known === false) return { result: false, message: `The code “${code}” is not in the code system ${of}.` };
      if (known === undefined) {
        return {
          result: true,
          message: `The code system ${of} is not loaded whole: the code “${code}” was not checked.`,
        };
      }
      return labelled(display, system(of)?.byCode.get(code));
    }
    const name = valueSetVersion && !url.includes('|') ? `${url}|${valueSetVersion}` : url;
    const set = resolved(name);
    if (!set)
      return {
        result: false,
        message: `The value set ${name} is not known here: install the package that defines it.`,
      };
    const member = has(set, of, code);
    if (member === false) {
      const where = of === undefined ? '' : ` of ${of}`;
      return { result: false, message: `The code “${code}”${where} is not in the value set ${name}.` };
    }
    if (member === undefined) {
      return {
        result: true,
        message: `The code system ${of ?? ''} is not loaded: the code “${code}” was not checked.`,
      };
    }
    const found = of === undefined ? [...set.members.values()].find((m) => m.has(code)) : set.members.get(of);
    return labelled(display, found?.get(code));
  };

  return {
    validateCode,
    inSystem,
    member: (valueSet, of, code) => {
      const set = resolved(valueSet);
      return set && has(set, of, code);
    },
    listed: (valueSet) => {
      const set = resolved(valueSet);
      if (!set?.complete || set.open.size > 0) return set && 'open';
      return [...set.members].flatMap(([of, members]) => [...members.keys()].map((code) => ({ system: of, code })));
    },
    kin: (of, code, way) => {
      const entry = system(of);
      if (entry?.data.content !== 'complete' || entry.data.concepts.length === 0) return undefined;
      const above = withAncestors(entry.data);
      const found =
        way === 'above'
          ? [...(above.get(code) ?? [])]
          : [...above].filter(([, over]) => over.has(code)).map(([one]) => one);
      return [code, ...found.filter((one) => one !== code)];
    },
    lookup: (of, code) => {
      const entry = system(of);
      const concept = entry?.byCode.get(code);
      if (!entry || !concept) return undefined;
      const { name, title, version } = entry.data;
      return {
        system: of,
        ...((title ?? name) && { systemName: title ?? name }),
        ...(version && { version }),
        concept,
      };
    },
    loaded: (kind, url) => (kind === 'ValueSet' ? resolved(url) : system(url)?.data),
    expand: (ask) => {
      const set = resolved(ask.url);
      return set && expansionOf(set, loaded.valueSet(ask.url), ask);
    },
    urls: (kind) => [...new Set([...(packages?.urls(kind) ?? []), ...frenchTerms().urls(kind)])],
  };
}
