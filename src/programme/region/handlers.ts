import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import type { regionContract } from './contract.ts';
import { communes, placePractice, unplacePractice } from './place.ts';
import { today } from './today.ts';
import { regionExport, regionPractices } from './read-region.ts';

export const regionHandlers = (desk: Desk): Handlers<typeof regionContract, Ctx> => ({
  today: (_, ctx) => today(desk, ctx),
  regionPractices: ({ query }, ctx) => regionPractices(desk, query, ctx),
  regionExport: ({ query }, ctx) => regionExport(desk, query, ctx),
  communes: ({ query }, ctx) => communes(desk, query.q, ctx),
  placePractice: ({ params, body }, ctx) => placePractice(desk, params.practice, body, ctx),
  unplacePractice: ({ params }, ctx) => unplacePractice(desk, params.practice, ctx),
});
