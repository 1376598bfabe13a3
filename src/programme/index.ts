/**
 * The regional programme: calls for applications, files, review, decisions, letters, money. It enters access and platform only and holds no health data. The calls are
 * data (`calls/editions`), their rules pure functions over it. Rows live under the region's tenant; who reaches which is decided in desk.ts.
 */
import type { FastifyInstance } from 'fastify';
import { type Ctx, regions } from '../access/index.ts';
import { type Consumer, eachInTurn, type Guard, mount } from '../platform/index.ts';
import { actsOn, type ProgrammeActs } from './acts.ts';
import { programmeContract } from './contract.ts';
import type { Desk } from './desk.ts';
import { partMaker } from './jobs/make.ts';
import { openJobs } from './jobs/run.ts';
import { openSender } from './letters/send.ts';
import type { SendMail } from './mails/carrier.ts';
import { openMails } from './mails/send.ts';
import { queueReminders } from './mails/reminders.ts';
import { programmeHandlers } from './routes.ts';

export { shipEditions } from './calls/read-calls.ts';
export { type Edition, edition } from './calls/contract.ts';
export { shippedEditions } from './calls/editions/index.ts';
export type { ProgrammeActs } from './acts.ts';
export { programmeContract } from './contract.ts';
export { matrixLevels } from './leading/maturity/matrix.ts';
export { type PracticeViewer, partOf, type Viewer } from './desk.ts';

export interface ProgrammeDeps extends Omit<Desk, 'now'> {
  guard: Guard<Ctx>;
  /** Absent where no mail server is set: letters are then handed over or printed. */
  mail?: SendMail | undefined;
  publicUrl: string;
  failed(error: unknown): void;
  now?: () => Date;
}
export interface Programme {
  mount(app: FastifyInstance): void;
  consumers: readonly Consumer[];
  /** Reminders planned for today; letters, mails and long work that a process left behind. Run it each minute. */
  tick(): Promise<void>;
  /** The acts of this room on a day: how the demo region lives its calls. */
  on(now: () => Date): ProgrammeActs;
}
export function openProgramme({
  guard,
  mail,
  publicUrl,
  failed,
  now = () => new Date(),
  ...deps
}: ProgrammeDeps): Programme {
  const desk: Desk = { ...deps, now };
  const [letters, mails, jobs] = [
    openSender(desk, mail, publicUrl, failed),
    openMails(desk, mail, publicUrl, failed),
    openJobs(desk, partMaker(desk), failed),
  ];
  return {
    mount: (app) => mount(app, programmeContract, programmeHandlers(desk, mail !== undefined), guard),
    consumers: [letters.consumer, mails.consumer, jobs.consumer],
    tick: async () => {
      const all = await regions(desk.db);
      const tenants = all.map(({ tenant }) => tenant);
      await eachInTurn([
        () => queueReminders(desk, all, failed),
        () => letters.tick(tenants),
        () => mails.tick(tenants),
        () => jobs.tick(tenants),
      ]);
    },
    on: (day) => actsOn({ ...desk, now: day }),
  };
}
