import type { CodeSystemData, Concept, ValueSetData, ValueSetInclude } from '../definitions/terms.ts';

export interface Member {
  code: string;
  display?: string;
  designations?: string[];
  abstract?: boolean;
  properties?: Record<string, string>;
}

/** Codes that may belong to a system whose list is not loaded: `undefined` is «cannot tell». */
export type OpenRule = (code: string) => boolean | undefined;

/** The codes of a value set. */
export interface Resolved {
  url: string;
  version?: string;
  members: Map<string, Map<string, Member>>;
  /** Systems of which only a rule, or nothing, is known. */
  open: Map<string, OpenRule>;
  /** False when a part of the definition could not be resolved at all. */
  complete: boolean;
}

export interface Loaded {
  valueSet(url: string): ValueSetData | undefined;
  codeSystem(url: string): CodeSystemData | undefined;
}

/** Systems defined by a grammar. RFC 6838 media types, BCP 47 languages, RFC 3986 URIs. */
const grammars: Record<string, RegExp> = {
  'urn:ietf:bcp:13': /^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/,
  'urn:ietf:bcp:47': /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/,
  'urn:ietf:rfc:3986': /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/,
  'http://unitsofmeasure.org': /^[^\s]+$/,
};
const unknowable: OpenRule = () => undefined;
const grammarOf = (system: string): OpenRule => {
  const grammar = grammars[system];
  if (!grammar) return unknowable;
  // The grammar can refuse, and for UCUM only refuses what is no unit at all.
  return (code) => (grammar.test(code) ? (system === 'http://unitsofmeasure.org' ? undefined : true) : false);
};

/** Each code with all that it is under. */
export const withAncestors = (system: CodeSystemData): Map<string, Set<string>> => {
  const byCode = new Map(system.concepts.map((c) => [c.code, c]));
  const above = new Map<string, Set<string>>();
  const of = (code: string, path: Set<string>): Set<string> => {
    const made = above.get(code);
    if (made) return made;
    const all = new Set<string>();
    above.set(code, all);
    for (const parent of byCode.get(code)?.parents ?? []) {
      if (path.has(parent)) continue;
      all.add(parent);
      for (const ancestor of of(parent, new Set([...path, code]))) all.add(ancestor);
    }
    return all;
  };
  for (const concept of system.concepts) of(concept.code, new Set());
  return above;
};

const property = (concept: Concept, name: string): string | undefined => {
  if (name === 'code' || name === 'concept') return concept.code;
  if (name === 'display') return concept.display;
  if (name === 'parent') return concept.parents?.[0];
  return concept.properties?.[name];
};

/** The filters of an include as a test; `undefined` when one of them is of a kind this server does not know. */
function filterTest(
  filters: NonNullable<ValueSetInclude['filters']>,
  system: CodeSystemData,
): ((concept: Concept) => boolean) | undefined {
  const hierarchical = new Set(['is-a', 'descendent-of', 'is-not-a', 'generalizes']);
  const above = filters.some((f) => hierarchical.has(f.op)) ? withAncestors(system) : undefined;
  const tests: ((concept: Concept) => boolean)[] = [];
  for (const { property: name, op, value } of filters) {
    const isUnder = (c: Concept) => above?.get(c.code)?.has(value) === true;
    if (op === 'is-a') tests.push((c) => c.code === value || isUnder(c));
    else if (op === 'descendent-of') tests.push(isUnder);
    else if (op === 'is-not-a') tests.push((c) => c.code !== value && !isUnder(c));
    else if (op === 'generalizes') tests.push((c) => c.code === value || above?.get(value)?.has(c.code) === true);
    else if (op === '=')
      tests.push((c) => property(c, name) === value || (name === 'parent' && c.parents?.includes(value) === true));
    else if (op === 'in') tests.push((c) => value.split(',').some((v) => v.trim() === property(c, name)));
    else if (op === 'not-in') tests.push((c) => !value.split(',').some((v) => v.trim() === property(c, name)));
    else if (op === 'exists') tests.push((c) => (property(c, name) !== undefined) === (value === 'true'));
    else if (op === 'regex') {
      let regex: RegExp;
      try {
        regex = new RegExp(`^(?:${value})$`, 'u');
      } catch {
        return undefined;
      }
      tests.push((c) => regex.test((property(c, name) ?? '').slice(0, 200)));
    } else return undefined;
  }
  return (concept) => tests.every((test) => test(concept));
}

/** Resolves one include (or exclude). A code is in when the system part and every imported value set hold it. */
function resolveInclude(item: ValueSetInclude, loaded: Loaded, path: string[], into: Resolved): void {
  const part: Resolved = { url: into.url, members: new Map(), open: new Map(), complete: true };
  if (item.system !== undefined) {
    const system = loaded.codeSystem(item.system);
    const known = new Map(system?.concepts.map((c) => [c.code, c]));
    if (item.concepts) {
      const members = new Map<string, Member>();
      for (const { code, display } of item.concepts) {
        const concept = known.get(code);
        members.set(code, {
          ...concept,
          code,
          ...((display ?? concept?.display) && { display: display ?? concept?.display }),
        });
      }
      part.members.set(item.system, members);
    } else {
      const test = system && (item.filters ? filterTest(item.filters, system) : () => true);
      if (system && test && system.concepts.length > 0 && system.content !== 'example') {
        part.members.set(item.system, new Map(system.concepts.filter(test).map((c) => [c.code, c])));
        if (system.content !== 'complete') part.open.set(item.system, grammarOf(item.system));
      } else part.open.set(item.system, item.filters ? unknowable : grammarOf(item.system));
    }
  }
  const imports = (item.valueSets ?? []).map((url) => resolveValueSet(url, loaded, path));
  if (item.system === undefined && imports.length > 0) {
    const [first, ...others] = imports;
    if (first) merge(part, others.reduce<Resolved>(intersect, first));
    else part.complete = false;
  } else if (imports.length > 0) {
    const meet = imports.reduce<Resolved>(intersect, part);
    part.members = meet.members;
    part.open = meet.open;
    part.complete = meet.complete;
  }
  merge(into, part);
}

function merge(into: Resolved, part: Resolved): void {
  for (const [system, members] of part.members) {
    const here = into.members.get(system);
    if (!here) into.members.set(system, new Map(members));
    else for (const [code, member] of members) if (!here.has(code)) here.set(code, member);
  }
  for (const [system, rule] of part.open) {
    const here = into.open.get(system);
    into.open.set(system, here ? either(here, rule) : rule);
  }
  into.complete &&= part.complete;
}

const either =
  (a: OpenRule, b: OpenRule): OpenRule =>
  (code) => {
    const answers = [a(code), b(code)];
    if (answers.includes(true)) return true;
    return answers.includes(undefined) ? undefined : false;
  };

function intersect(a: Resolved, b: Resolved | undefined): Resolved {
  if (!b) return { ...a, complete: false };
  const out: Resolved = { url: a.url, members: new Map(), open: new Map(), complete: a.complete && b.complete };
  for (const [system, members] of a.members) {
    const kept = new Map([...members].filter(([code]) => has(b, system, code) !== false));
    if (kept.size > 0) out.members.set(system, kept);
  }
  for (const [system, rule] of a.open) {
    out.open.set(system, (code) => (has(b, system, code) === false ? false : rule(code)));
  }
  return out;
}

/** Whether a code belongs; without a system, in whichever system; `undefined` when what is loaded cannot tell. */
export function has(set: Resolved, system: string | undefined, code: string): boolean | undefined {
  let answer: boolean | undefined = set.complete ? false : undefined;
  if (system === undefined) {
    for (const members of set.members.values()) if (members.has(code)) return true;
    for (const rule of set.open.values()) {
      const open = rule(code);
      if (open === true) return true;
      if (open === undefined) answer = undefined;
    }
    return answer;
  }
  if (set.members.get(system)?.has(code)) return true;
  const rule = set.open.get(system);
  return rule ? rule(code) : answer;
}

/** Resolves a value set; `undefined` when it is not loaded. Cycles of imports end as «cannot tell». */
export function resolveValueSet(url: string, loaded: Loaded, path: string[] = []): Resolved | undefined {
  const data = loaded.valueSet(url);
  if (!data || path.includes(data.url) || path.length > 20) return undefined;
  const set: Resolved = { url: data.url, members: new Map(), open: new Map(), complete: true };
  if (data.version) set.version = data.version;
  const inner = [...path, data.url];
  for (const item of data.include) resolveInclude(item, loaded, inner, set);
  const unsure = !set.complete || [...set.open.keys()].some((system) => !grammars[system]);
  if (data.expansion && (unsure || data.include.length === 0)) {
    set.members = new Map();
    set.open = new Map();
    set.complete = true;
    for (const { system, code, display } of data.expansion) {
      const members = set.members.get(system) ?? new Map<string, Member>();
      members.set(code, { code, ...(display && { display }) });
      set.members.set(system, members);
    }
    return set;
  }
  for (const item of data.exclude ?? []) {
    const out: Resolved = { url, members: new Map(), open: new Map(), complete: true };
    resolveInclude(item, loaded, inner, out);
    for (const [system, members] of out.members) {
      for (const code of members.keys()) set.members.get(system)?.delete(code);
      const rule = set.open.get(system);
      if (rule) set.open.set(system, (code) => (members.has(code) ? false : rule(code)));
    }
  }
  if (data.include.length === 0 && !data.expansion) set.complete = false;
  return set;
}
