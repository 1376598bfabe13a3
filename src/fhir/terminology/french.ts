import { readdirSync, readFileSync } from 'node:fs';
import type { PackageSource } from '../definitions/package.ts';
import type { CodeSystemData, ValueSetData } from '../definitions/terms.ts';

interface FrenchSystem {
  name?: string;
  oid?: string;
  /** The list is the whole system: a code that is not in it does not exist. */
  whole?: boolean;
  concepts: [code: string, label: string][];
}

/** The layout of `fr/*.json`: one value set, its codes with their labels under the system they come from. */
interface FrenchValueSet {
  url: string;
  oid?: string;
  name: string;
  title: string;
  /** Publication that the facts were read from. */
  source: string;
  systems: Record<string, FrenchSystem>;
}

let terms: PackageSource | undefined;

/** The national nomenclatures that the product needs, read at the first question. */
export function frenchTerms(): PackageSource {
  terms ??= read(new URL('fr/', import.meta.url));
  return terms;
}

function read(folder: URL): PackageSource {
  const valueSets = new Map<string, ValueSetData>();
  const codeSystems = new Map<string, CodeSystemData>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const data = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as FrenchValueSet;
    const valueSet: ValueSetData = { url: data.url, name: data.name, title: data.title, include: [] };
    for (const [system, { name, oid, whole, concepts }] of Object.entries(data.systems)) {
      valueSet.include.push({ system, concepts: concepts.map(([code, display]) => ({ code, display })) });
      // HL7's own systems are known whole; a list taken from a part of one must not stand for it.
      if (system.includes('hl7.org')) continue;
      const known = codeSystems.get(system) ?? {
        url: system,
        ...(name && { name }),
        content: 'fragment',
        concepts: [],
      };
      if (whole) known.content = 'complete';
      const codes = new Set(known.concepts.map((c) => c.code));
      known.concepts.push(
        ...concepts.filter(([code]) => !codes.has(code)).map(([code, display]) => ({ code, display })),
      );
      codeSystems.set(system, known);
      if (oid) codeSystems.set(`urn:oid:${oid}`, known);
    }
    valueSets.set(data.url, valueSet);
    if (data.oid) valueSets.set(`urn:oid:${data.oid}`, valueSet);
  }
  return {
    structure: () => undefined,
    valueSet: (url) => valueSets.get(url),
    codeSystem: (url) => codeSystems.get(url),
    urls: (kind) => [...{ ValueSet: valueSets, CodeSystem: codeSystems, StructureDefinition: new Map() }[kind].keys()],
  };
}
