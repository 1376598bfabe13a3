import { ifThere, type Resource, type ResourceOf, type ResourceType } from '../../fhir/index.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx } from '../room.ts';
import { add, correct } from './save.ts';

type Into = (ctx: Ctx, patient: string, added?: object) => Promise<Entered>;

/** Adds what a form says. */
export const adds =
  <B extends object>(into: Into, build: (entered: Entered, body: B) => Resource) =>
  async ({ params, body }: { params: { patient: string }; body: B }, ctx: Ctx) => {
    const entered = await into(ctx, params.patient, body);
    return add(entered, [build(entered, body)]);
  };

/** Corrects what stands by what a form says. */
export const corrects =
  <T extends ResourceType, B extends { version?: number; reason?: string | null }>(
    into: Into,
    type: T | readonly T[],
    build: (entered: Entered, body: B, base: ResourceOf<T>) => Resource,
  ) =>
  async ({ params, body }: { params: { patient: string; id: string; type?: string }; body: B }, ctx: Ctx) => {
    const entered = await into(ctx, params.patient);
    const found = typeof type === 'string' ? type : await typeOf(entered, type, params.id);
    return correct(entered, found, params.id, body.version, body.reason, (base) => build(entered, body, base));
  };

/** Of these types, the one that has this id. */
export async function typeOf<T extends ResourceType>(entered: Entered, types: readonly T[], id: string): Promise<T> {
  for (const type of types)
    if (/^[A-Za-z0-9\-.]{1,64}$/.test(id) && (await ifThere(entered.store.read(type, id)))) return type;
  return types[0]!;
}
