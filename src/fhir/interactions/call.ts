// https://hl7.org/fhir/R4/http.html
import type { PackageSource } from '../definitions/index.ts';
import type { OperationOutcome } from '../outcome.ts';
import type { FhirStore, ResourceType } from '../store/store.ts';
import type { Terminology } from '../terminology/index.ts';
import type { Lists } from '../terms/for-caller.ts';
import type { Validator } from '../validation/index.ts';

/** Name and value as they came, in order; a name may come several times. */
export type Pairs = [string, string][];

/** What every interaction stands on. */
export interface Services {
  validator: Validator;
  terminology: Terminology;
  /** Installed packages: their profiles are declared in the CapabilityStatement. */
  packages?: PackageSource;
  /** `https://host/fhir/R4`, no slash at the end. */
  base: string;
  route: Route;
  /** An error that is ours, for the log. */
  failed(error: unknown): void;
}

export interface Prefer {
  return?: 'minimal' | 'representation' | 'OperationOutcome';
  /** True: unknown search parameters are refused. */
  strict?: boolean;
}

/** The conditions of a request, from headers or from a bundle entry. */
export interface Conditions {
  ifMatch?: string;
  ifNoneMatch?: string;
  ifModifiedSince?: string;
  ifNoneExist?: string;
}

/** One interaction asked for: by an HTTP request, or by an entry of a batch or transaction. */
export interface Call extends Services {
  readonly store: FhirStore;
  /** Public lists that are loaded (CIM-10, BDPM …), as this practice reads them. */
  readonly lists: Lists;
  readonly method: string;
  /** Resource type in the path; a Bundle where it names none. */
  readonly type: ResourceType;
  readonly id: string;
  readonly versionId: string;
  /** Second type of a compartment search, or `*`. */
  readonly target: ResourceType | '*';
  readonly query: Pairs;
  readonly conditions: Conditions;
  readonly prefer: Prefer;
  /** Media type of the body, without parameters. */
  readonly mediaType: string;
  /** The bytes of a Binary that came as they are, and whose rights they follow. */
  readonly raw?: { bytes: Buffer; contentType: string; securityContext?: string };
  /** Of a Binary, its bytes are wanted and not its JSON. */
  readonly native?: boolean;
  /** The body as JSON, read at the first call; `again` reads it anew, untouched by what was done to the first. */
  body(again?: boolean): unknown;
  /** The body as a form; empty without body. */
  form(): Pairs;
}

/** What an interaction answers. `text` is JSON that is sent as it is. */
export interface Answer {
  status: number;
  text?: string;
  /** Version, for ETag. */
  version?: number;
  /** ISO instant, for Last-Modified. */
  updated?: string;
  /** Relative to the base: `Patient/1/_history/2`. */
  location?: string;
  outcome?: OperationOutcome;
  /** Sent instead of a text. */
  content?: Content;
}

/** Bytes of a media type, as a file to keep. */
export interface Content {
  bytes: Buffer;
  type: string;
  name: string;
  securityContext?: string;
}

export type Handler = (call: Call) => Promise<Answer>;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Interaction {
  method: Method;
  /** After the base: `:type/:id`. */
  path: string;
  /** FHIR's code of the interaction (TypeRestfulInteraction, SystemRestfulInteraction), or `operation`. */
  code: string;
  handler: Handler;
  /** Media types of the body; none: a body is not read. */
  body?: readonly string[];
  /** Any other media type is taken too, as bytes (`Call.raw`). */
  takesBytes?: boolean;
  /** Of an operation: its name without `$`, and the types in whose statement it stands. */
  operation?: { name: string; on: string; definition: string };
}

export interface Found {
  interaction: Interaction;
  params: { type: ResourceType; id: string; versionId: string; target: ResourceType | '*' };
}

/** The interaction behind a method and the segments of a path after the base, decoded. */
export type Route = (method: string, segments: readonly string[]) => Found;

/** The last value of a parameter; `undefined` when absent. */
export function lastOf(pairs: Pairs, name: string): string | undefined {
  for (let i = pairs.length - 1; i >= 0; i--) if (pairs[i]![0] === name) return pairs[i]![1];
  return undefined;
}

export const answerOf = (resource: object, status = 200): Answer => ({ status, text: JSON.stringify(resource) });
