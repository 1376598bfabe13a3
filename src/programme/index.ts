/**
 * The regional programme: calls for applications, files, review, decisions, letters, money. It enters access and platform only and holds no health data. The calls are
 * data (`calls/editions`), their rules pure functions over it. Rows live under the region's tenant; who reaches which is decided in desk.ts.
 */
import type { FastifyInstance } from 'fastify';
import type { Ctx } from '../access/index.ts';
import { type Guard, mount } from '../platform/index.ts';
import { programmeContract } from './contract.ts';
import type { Desk } from './desk.ts';
import { programmeHandlers } from './routes.ts';

export { shipEditions } from './calls/read-calls.ts';
export { programmeContract } from './contract.ts';

export interface ProgrammeDeps extends Omit<Desk, 'now'> {
  guard: Guard<Ctx>;
  now?: () => Date;
}
export function openProgramme({ guard, now = () => new Date(), ...deps }: ProgrammeDeps): { mount(app: FastifyInstance): void } {
  const desk: Desk = { ...deps, now };
  return { mount: (app) => mount(app, programmeContract, programmeHandlers(desk), guard) };
}
