import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { bytesOf } from './bytes.ts';
import type { Contract, Entry, Handlers } from './contract.ts';
import { Problem } from './problem.ts';
import { refusalWords } from './refusal-words.ts';

/** What a handler may do with the answer beyond returning it. */
export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}
export type Guard<Ctx> = (entry: Entry, exchange: Exchange) => Promise<Ctx>;

function parsed(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value, { error: refusalWords });
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[issue.path.join('.') || where] ??= issue.message;
  throw new Problem(
    where === 'body' ? 422 : 400,
    'Saisie à corriger',
    `Certaines valeurs ne sont pas acceptées : ${Object.entries(fields)
      .map(([path, words]) => `${path} (${words})`)
      .join(', ')}. Rien n’a été modifié.`,
    { fields },
  );
}

const isPlain = (value: unknown): boolean =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);

/** Mounts each entry: parse the path, decide the right, parse the rest, handle, reply. A handler that answers by itself returns undefined after using `reply`. */
export function mount<C extends Contract, Ctx>(
  app: FastifyInstance,
  contract: C,
  handlers: Handlers<C, Ctx>,
  guard: Guard<Ctx>,
): void {
  for (const [name, entry] of Object.entries(contract)) {
    const handler = handlers[name as keyof C] as (input: unknown, ctx: Ctx) => Promise<unknown>;
    app.route({
      method: entry.method,
      url: entry.path,
      async handler(request, reply) {
        const params = parsed(entry.params, request.params, 'params');
        const ctx = await guard(entry, { request, reply });
        const input = {
          params,
          query: parsed(entry.query, request.query, 'query'),
          body: parsed(entry.body, request.body, 'body'),
        };
        const result = await handler(input, ctx);
        if (reply.sent) return reply;
        if (result === undefined || result === null) return reply.code(204).send();
        return isPlain(result) && reply.getHeader('content-type') === undefined
          ? reply.type('application/json; charset=utf-8').send(bytesOf(JSON.stringify(result)))
          : result;
      },
    });
  }
}
