/**
 * The regional programme: calls for applications, eligibility and ranking, money. It enters access and platform only and holds no health
 * data. The calls are data (`calls/editions`), their rules pure functions over it.
 */
import type { FastifyInstance } from 'fastify';
import type { Ctx } from '../access/index.ts';
import { type Guard, mount } from '../platform/index.ts';
import { programmeContract } from './contract.ts';
import { programmeHandlers } from './routes.ts';

export { programmeContract } from './contract.ts';

export function openProgramme(guard: Guard<Ctx>, now: () => Date = () => new Date()): { mount(app: FastifyInstance): void } {
  return { mount: (app) => mount(app, programmeContract, programmeHandlers(now), guard) };
}
