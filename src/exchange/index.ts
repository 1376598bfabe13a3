/**
 * Exchange: taking data in (ECH-7). `openExchange` gives the wire to mount and the take-overs to the command line. What is valid goes into
 * the FHIR store by its bulk entry; what is not waits in quarantine. See README.md.
 */
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Ctx } from '../access/index.ts';
import type { Importer } from '../fhir/index.ts';
import { type Db, type Guard, mount } from '../platform/index.ts';
import { exchangeContract } from './contract.ts';
import { exchangeHandlers } from './routes.ts';
import { defaultLimits, type Limits } from './take-over/limits.ts';
import type { Validator } from './take-over/prepare-batch.ts';
import { TakeOvers } from './take-over/take-overs.ts';

export { exchangeContract } from './contract.ts';
export { importCommand } from './import-command.ts';

export interface ExchangeOptions {
  db: Db;
  validator: Validator;
  /** The store's bulk entry. */
  importer(tenant: number, reason: string): Importer;
  guard: Guard<Ctx>;
  /** The data folder: files that were sent wait in its `imports`. */
  data: string;
  limits?: Partial<Limits>;
}

export interface Exchange {
  mount(app: FastifyInstance): void;
  takeOvers: TakeOvers;
  /** Stops the work at hand in order; it can be resumed. */
  close(): Promise<void>;
}

export function openExchange(options: ExchangeOptions): Exchange {
  const takeOvers = new TakeOvers({
    db: options.db,
    validator: options.validator,
    importer: options.importer,
    limits: { ...defaultLimits, ...options.limits },
    folderOf: (tenant, run) => join(options.data, 'imports', `${tenant}-${run}`),
  });
  return {
    takeOvers,
    mount: (app) => mount(app, exchangeContract, exchangeHandlers(takeOvers), options.guard),
    close: () => takeOvers.close(),
  };
}
