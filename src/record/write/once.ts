import { createHash } from 'node:crypto';
import type { Ctx } from '../../access/index.ts';
import { Problem } from '../../platform/index.ts';
import { rightsIn } from '../read/enter.ts';
import type { Room } from '../room.ts';

/** Header of a form that is sent again because its answer was lost on the way: what it asks is done once. */
const onceHeader = 'x-estran-once';
const remembered = 10 * 60_000;
const most = 2_000;
/** What a person saw and could add where they wrote, when they were answered. */
type Reach = ReadonlySet<string> | null;
const answers = new Map<string, { at: number; answer: Promise<unknown>; reach: Promise<Reach> }>();

const goodId = /^[A-Za-z0-9\-.]{1,64}$/;
const patientIn = (input: unknown): string | null => {
  const { params, body } = (input ?? {}) as { params?: { patient?: unknown }; body?: { patient?: unknown } };
  const named = params?.patient ?? body?.patient;
  return typeof named === 'string' && goodId.test(named) ? named : null;
};
async function reachOf(room: Room, ctx: Ctx, patient: string | null): Promise<Reach> {
  if (patient === null) return null;
  const { see, add } = await rightsIn(room.fhirFor(ctx.caller), ctx.caller, patient);
  return new Set([...[...see].map((kind) => `see ${kind}`), ...[...add].map((kind) => `add ${kind}`)]);
}

/**
 * The same person sends the same form again: they get the answer to the first, and nothing is written twice. What failed is tried again. Whoever may see or add less there than when they
 * were answered is told that it is done, and no more.
 */
export const once =
  (room: Room) =>
  <I, R>(handler: (input: I, ctx: Ctx) => Promise<R> | R) =>
  (input: I, ctx: Ctx): Promise<R> | R => {
    const key = ctx.request.method === 'GET' ? undefined : ctx.request.headers[onceHeader];
    if (typeof key !== 'string' || key.length > 80) return handler(input, ctx);
    const { tenant, practitioner } = ctx.caller;
    const words = createHash('sha256').update(JSON.stringify(input)).digest('base64url');
    const name = `${tenant} ${practitioner} ${ctx.request.method} ${ctx.request.url} ${key} ${words}`;
    const now = Date.now();
    const patient = patientIn(input);
    const before = answers.get(name);
    if (before && now - before.at < remembered) return again<R>(before, reachOf(room, ctx, patient));
    for (const [old, { at }] of answers) {
      if (now - at < remembered && answers.size < most) break;
      answers.delete(old);
    }
    const answer = Promise.resolve(handler(input, ctx));
    const reach = answer.then(() => reachOf(room, ctx, patient));
    answers.set(name, { at: now, answer, reach });
    reach.catch(() => answers.delete(name));
    return answer;
  };
async function again<R>(before: { answer: Promise<unknown>; reach: Promise<Reach> }, now: Promise<Reach>): Promise<R> {
  const [answer, then, still] = await Promise.all([before.answer, before.reach, now]);
  if (then && [...then].some((one) => !still?.has(one)))
    throw new Problem(
      403,
      'Déjà enregistré',
      'Ce que vous avez envoyé est enregistré. Vos droits sur ce dossier ont changé depuis : rouvrez-le pour voir ce qui vous en est ouvert.',
      { extra: { code: 'done-before' } },
    );
  return answer as R;
}
