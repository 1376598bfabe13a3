import { createHash } from 'node:crypto';
import type { Ctx } from '../../access/index.ts';

/** Header of a form that is sent again because its answer was lost on the way: what it asks is done once. */
const onceHeader = 'x-estran-once';
const remembered = 10 * 60_000;
const most = 2_000;
const answers = new Map<string, { at: number; answer: Promise<unknown> }>();

/** The same person sends the same form again: they get the answer to the first, and nothing is written twice. What failed is tried again. */
export const once =
  <I, R>(handler: (input: I, ctx: Ctx) => Promise<R> | R) =>
  (input: I, ctx: Ctx): Promise<R> | R => {
    const key = ctx.request.method === 'GET' ? undefined : ctx.request.headers[onceHeader];
    if (typeof key !== 'string' || key.length > 80) return handler(input, ctx);
    const { tenant, practitioner } = ctx.caller;
    const words = createHash('sha256').update(JSON.stringify(input)).digest('base64url');
    const name = `${tenant} ${practitioner} ${ctx.request.method} ${ctx.request.url} ${key} ${words}`;
    const now = Date.now();
    const before = answers.get(name);
    if (before && now - before.at < remembered) return before.answer as Promise<R>;
    for (const [old, { at }] of answers) {
      if (now - at < remembered && answers.size < most) break;
      answers.delete(old);
    }
    const answer = Promise.resolve(handler(input, ctx));
    answers.set(name, { at: now, answer });
    answer.catch(() => answers.delete(name));
    return answer;
  };
