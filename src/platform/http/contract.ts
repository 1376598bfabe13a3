import type { z } from 'zod';

/**
 * The wire of a room: what the server mounts and what the screens call are the same object, so a path, a right or a shape that
 * changes on one side fails to type-check on the other. `may` is checked before the handler runs (see access/may.ts).
 */
export interface Entry {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify path: `/api/patients/:patient/measures`. */
  readonly path: string;
  readonly may: May;
  /** One line in English: what it does; it becomes the OpenAPI summary. */
  readonly does: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly reply?: z.ZodType;
}

/**
 * How long a stream remembers what it told, ms. Who opens one has read before, and may show what was read some time ago (`staleTime` of
 * web/api.ts): what changed since is told at the opening.
 */
export const remembered = 40_000;

/**
 * Who may call an entry.
 * - `public`: without a session. `signed-in`: any person of the practice with an open session. `pending`: a session whose second factor is missing.
 * - `{ practice }`: an act on the practice itself, by role (see access/practice-rights.ts).
 * - `{ read | write: kind }`: a kind of data; with a `:patient` in the path the person must also reach that patient (care team, consent, emergency).
 * Decisions on single items come on top, in the FHIR store.
 */
export type May = 'public' | 'signed-in' | 'pending' | { practice: string } | { read: string } | { write: string };

export type Contract = Readonly<Record<string, Entry>>;
/** Keeps the exact types of a contract. */
export const contract = <const C extends Contract>(entries: C): C => entries;

type Parsed<S> = S extends z.ZodType ? z.infer<S> : undefined;
export interface Input<E extends Entry> {
  params: Parsed<E['params']>;
  query: Parsed<E['query']>;
  body: Parsed<E['body']>;
}
export type Reply<E extends Entry> = E['reply'] extends z.ZodType ? z.infer<E['reply']> : unknown;
/** One handler for each entry: a missing one is a type error. */
export type Handlers<C extends Contract, Ctx> = {
  [K in keyof C]: (input: Input<C[K]>, ctx: Ctx) => Promise<Reply<C[K]>>;
};
