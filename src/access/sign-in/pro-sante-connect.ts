import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../accounts.store.ts';
import type { SignInReply } from '../contract.ts';
import type { Ctx } from '../guard.ts';
import type { House } from '../house.ts';

export interface ProSanteConnect {
  /** Sends the browser to Pro Santé Connect. */
  start(house: House, ctx: Ctx): Promise<void>;
  /** Takes the browser back. */
  returned(house: House, ctx: Ctx): Promise<void>;
  /** Opens the session of an account chosen among several. */
  open(house: House, account: Account, handle: string, request: FastifyRequest, reply: FastifyReply): Promise<SignInReply>;
  /** Asks Pro Santé Connect whether each session still stands; ends those that do not. Run it each minute. */
  check(house: House): Promise<void>;
}
