/**
 * Protocols (COO-2) and the patients who follow them (COO-3). A protocol is a PlanDefinition, a patient in it a CarePlan, what it asks for pairs
 * of ServiceRequest and Task like any other task. See README.md.
 */
import type { Task } from '@medplum/fhirtypes';
import { carersOf, rightsOf, staffOf } from '../../access/index.ts';
import { whenWritten, type WriteHook } from '../../fhir/index.ts';
import { type Consumer, eachInTurn, publish, sameWaits, type Sql } from '../../platform/index.ts';
import { idOf, today } from '../../record/index.ts';
import type { protocolEntries } from '../contract/protocols.ts';
import { type Shipped, shippedProtocols } from '../data/protocols/index.ts';
import type { Part } from '../part.ts';
import type { Room } from '../room.ts';
import { problemsOf, timelineOf } from './check.rules.ts';
import { changePlan } from './change-plan.ts';
import { changePlanStep } from './change-plan-step.ts';
import { enterProtocol, previewPlan } from './enter-protocol.ts';
import { goOn } from './go-on.ts';
import { heldProfessions, listProtocols, protocolDetail, shelfOf } from './library.ts';
import { onPlanWritten, plansToLookAt } from './plans.store.ts';
import { proposedFor } from './proposals.ts';
import { atPlans, plansOf } from './read-plans.ts';
import { takeEdition } from './take-edition.ts';
import {
  beginProtocol,
  changeProtocol,
  dropDraft,
  publishProtocol,
  retireProtocol,
  takeShipped,
} from './write-protocols.ts';

/** A task of a plan changed: what follows from it is looked at, and its people are told. */
const onTaskWritten: WriteHook<Task> = async (sql, tenant, _id, task) => {
  const plan = task?.basedOn?.map((one) => idOf(one, 'CarePlan')).find(Boolean);
  const patient = idOf(task?.for, 'Patient');
  // One that was just asked for comes with a new version of its plan.
  if (!task || !plan || !patient || task.lastModified === task.authoredOn) return;
  if (task.status !== 'on-hold') await publish(sql, tenant, 'plan.step-changed', { plan, patient });
  await publish(sql, tenant, 'plan.changed', { plan, patient });
};
const onDefinitionWritten: WriteHook = (sql, tenant, id) => publish(sql, tenant, 'protocol.changed', { protocol: id });

/** The patient's team, and those who see the coordination of every patient. */
async function whoSees(sql: Sql, tenant: number, patient: string): Promise<Set<string>> {
  const seeing = new Set((await carersOf(sql, tenant, patient)).map((one) => one.practitioner));
  for (const one of await staffOf(sql, tenant))
    if (
      !seeing.has(one.practitioner) &&
      (await rightsOf(sql, tenant, one.profession)).coordination.reach === 'practice'
    )
      seeing.add(one.practitioner);
  return seeing;
}

const hour = 3_600_000;

/** @param shipped the protocols that come with the product */
export function openProtocols(
  room: Room,
  shipped: readonly Shipped[] = shippedProtocols,
): Part<typeof protocolEntries> {
  const shelf = (caller: Parameters<typeof shelfOf>[1]) => shelfOf(room, caller, shipped);
  const follow: Consumer = {
    name: 'plans: what follows a step',
    topics: ['plan.step-changed'],
    async handle(sql, tenant, event) {
      if (!(await sameWaits(sql, tenant, event)))
        await goOn(room.house(tenant, 'suite d’un protocole', sql), String(event.payload.plan), room.now());
    },
  };
  const tell: Consumer = {
    name: 'plans: hints',
    topics: ['plan.changed', 'protocol.changed'],
    async handle(sql, tenant, event) {
      const { topic, payload } = event;
      if (await sameWaits(sql, tenant, event)) return;
      if (topic === 'protocol.changed')
        return () => room.live.tellAll(tenant, { topic: 'protocols', protocol: String(payload.protocol) });
      const seeing = await whoSees(sql, tenant, String(payload.patient));
      return () => {
        for (const practitioner of seeing)
          room.live.tell(tenant, practitioner, {
            topic: 'plans',
            patient: String(payload.patient),
            plan: String(payload.plan),
          });
      };
    },
  };
  let looked = 0;
  return {
    handlers: {
      protocols: async ({ query }, { caller }) => listProtocols(await shelf(caller), query),
      protocol: async ({ params, query }, { caller }) => protocolDetail(await shelf(caller), params.id, query.version),
      writeProtocol: async ({ body }, { caller }) => beginProtocol(await shelf(caller), body),
      changeProtocol: async ({ params, body }, { caller }) => changeProtocol(await shelf(caller), params.id, body),
      publishProtocol: async ({ params, body }, { caller }) => publishProtocol(await shelf(caller), params.id, body),
      retireProtocol: async ({ params, body }, { caller }) => retireProtocol(await shelf(caller), params.id, body),
      takeShipped: async ({ params, body }, { caller }) => takeShipped(await shelf(caller), params.id, body),
      dropDraft: async ({ params, body }, { caller }) => dropDraft(await shelf(caller), params.id, body),
      async checkProtocol({ body }, { caller }) {
        const day = today(room.now());
        return {
          problems: problemsOf(body.model, await heldProfessions(await shelf(caller)), day),
          timeline: timelineOf(body.model, day),
        };
      },
      async plans({ params }, { caller }) {
        const here = await shelf(caller);
        const at = await atPlans(room, caller, params.patient);
        const plans = await plansOf(at);
        return {
          plans,
          proposed: await proposedFor(here, at, plans),
          mayEnter: at.entered.rights.add.has('coordination'),
        };
      },
      previewPlan: ({ params, body }, { caller }) => previewPlan(room, caller, params.patient, body),
      enterProtocol: ({ params, body }, { caller }) => enterProtocol(room, caller, params.patient, body),
      changePlan: ({ params, body }, { caller }) => changePlan(room, caller, params.patient, params.plan, body),
      changePlanStep: ({ params, body }, { caller }) => changePlanStep(room, caller, params.patient, params.plan, body),
      takeEdition: ({ params, body }, { caller }) => takeEdition(room, caller, params.patient, params.plan, body),
    },
    onWrite: [
      whenWritten(['CarePlan'], onPlanWritten),
      whenWritten(['Task'], onTaskWritten),
      whenWritten(['PlanDefinition'], onDefinitionWritten),
    ],
    consumers: [follow, tell],
    async tick() {
      const now = room.now();
      if (now.getTime() - looked < hour) return;
      looked = now.getTime();
      const due = await room.db.owner('plans in which a step has come near', (sql) => plansToLookAt(sql, now, 2_000));
      await eachInTurn(
        due.map(
          ({ tenant, id }) =>
            () =>
              goOn(room.house(tenant, 'étapes qui approchent'), id, now),
        ),
      );
    },
  };
}
