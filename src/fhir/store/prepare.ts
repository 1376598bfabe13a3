import { type Caller, type KindOfData, kindCodes, kindsOfData } from '../../access/index.ts';
import { exactText } from '../decimals.ts';
import { FhirProblem, type OutcomeIssue } from '../outcome.ts';
import { extract } from '../search/extract.ts';
import type { IndexEntry } from '../search/index-entry.ts';
import type { Validator } from '../validation/index.ts';
import { authorOf, circleOf, indirectTargets, keyOf, patientsOf } from './concerns.ts';
import { kindOf } from './kind-of-type.ts';
import { asJson, type JsonResource, type Resource, type ResourceType } from './store.ts';

/** A version ready to be written: checked, labelled, indexed, and its text as it will be served. */
export interface Prepared<T extends ResourceType = ResourceType> {
  rid: number;
  type: T;
  id: string;
  version: number;
  updated: string;
  deleted: boolean;
  kind: KindOfData;
  key: bigint;
  /** Patient ids, for the ledger. */
  patients: string[];
  /** Keys of the same, for rights; of the circle when it is about no patient. */
  patientKeys: bigint[];
  /** Key of the Practitioner who wrote it. */
  author: bigint | null;
  index: IndexEntry;
  text: string;
  resource: JsonResource;
  /** References through which the patient and the kind must still be found (Provenance, Binary). */
  indirect: string[];
}

export const noIndex: IndexEntry = {
  tokens: [],
  keys: [],
  refs: [],
  dates: [],
  quantities: [],
  strings: [],
  at: null,
  sortText: null,
};

/** Throws a 422 with every error and its path when the resource is not valid. */
export function mustBeValid(validator: Validator, resource: unknown): void {
  const issues = validator.validate(resource).filter((issue) => issue.severity === 'error');
  if (issues.length === 0) return;
  throw new FhirProblem(422, 'invalid', issues[0]!.diagnostics, {
    issues: issues.map(
      (issue): OutcomeIssue => ({
        severity: 'error',
        code: issue.code,
        diagnostics: issue.diagnostics,
        expression: [issue.expression],
      }),
    ),
  });
}

export function prepare<T extends ResourceType>(
  input: Resource & { resourceType: T },
  place: { rid: number; id: string; version: number; updated: string; author?: bigint | null },
  caller: Caller,
  base?: string,
  /** The input as text, when it is at hand: writing it anew costs as much as reading it. */
  written?: string,
): Prepared<T> {
  const type = input.resourceType;
  const { resourceType, id: _id, meta, ...rest } = asJson(input);
  const resource: JsonResource = {
    resourceType,
    id: place.id,
    meta: { ...meta, versionId: String(place.version), lastUpdated: place.updated },
    ...rest,
  };
  const patients = patientsOf(resource);
  const circle = patients.length === 0 ? circleOf(resource) : undefined;
  const writer = caller.kind === 'person' ? caller.practitioner : authorOf(resource);
  const author = place.author ?? (writer ? keyOf(`Practitioner/${writer}`) : null);
  return {
    ...place,
    type,
    deleted: false,
    kind: kindOf(resource, patients.length > 0),
    key: keyOf(`${resourceType}/${place.id}`),
    patients,
    patientKeys: circle ? [keyOf(circle)] : patients.map((id) => keyOf(`Patient/${id}`)),
    author,
    index: extract(resource, base),
    text: (meta === undefined && written !== undefined && withMeta(written, resource)) || exactText(resource),
    resource,
    indirect: indirectTargets(resource),
  };
}

/** The text of a resource that came without `meta`, with the one it was given; undefined when it does not begin with its type and id. */
function withMeta(text: string, { resourceType, id, meta }: Resource): string | undefined {
  const head = `{"resourceType":"${resourceType}","id":"${id}"`;
  return text.startsWith(head) ? `${head},"meta":${JSON.stringify(meta)}${text.slice(head.length)}` : undefined;
}

export const kindBit = (kind: KindOfData): number => kindsOfData[kind].bit;
/** The other way: kinds by their number. */
export const kindOfBit: readonly KindOfData[] = kindCodes.reduce<KindOfData[]>((kinds, kind) => {
  kinds[kindBit(kind)] = kind;
  return kinds;
}, []);
