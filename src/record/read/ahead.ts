import type { ServiceRequest } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { categorySystem, type Stored } from '../../fhir/index.ts';
import type { planLine, plannedLine } from '../contract.ts';
import { dayOf } from '../dates.rules.ts';
import { firstCode, idOf, labelOf } from '../fhir-words.ts';
import { appointmentStates, goalStates, planTitle, targetText, taskStates } from './labels.ts';
import { lineOf, type Reading } from './reading.ts';

/** Care plans and goals that are under way, or to be. */
export function plansOf(r: Reading, stored: readonly Stored[]): z.infer<typeof planLine>[] {
  return stored
    .filter((one) => one.type === 'CarePlan' || one.type === 'Goal')
    .map((one) => ({ one, line: lineOf(r, one) }))
    .filter(({ line }) => line.status !== 'entered-in-error')
    .map(({ one, line }) => {
      if (one.type === 'Goal') {
        const goal = one.resource;
        return {
          ...line,
          label: labelOf(goal.description, 'Objectif'),
          state: goal.lifecycleStatus,
          stateLabel: goalStates[goal.lifecycleStatus] ?? goal.lifecycleStatus,
          detail: '',
          target: targetText(goal) || null,
          due: goal.target?.[0]?.dueDate ?? null,
          measureCode: firstCode(goal.target?.[0]?.measure) ?? null,
        };
      }
      const plan = one.resource;
      return {
        ...line,
        label: planTitle(plan),
        state: plan.status,
        stateLabel: taskStates[plan.status] ?? plan.status,
        detail: (plan.activity ?? [])
          .map((activity) => activity.detail?.description ?? labelOf(activity.detail?.code))
          .filter(Boolean)
          .join(' · '),
        target: null,
        due: plan.period?.end ?? null,
        measureCode: null,
      };
    })
    .filter((line) => ['active', 'proposed', 'planned', 'accepted', 'on-hold', 'draft'].includes(line.state));
}

const plannedTypes = new Set(['Appointment', 'ServiceRequest']);
/** What is asked of a colleague stands in the card of the tasks, which coordination lends. */
const isTask = (request: ServiceRequest): boolean =>
  request.category?.some((one) => one.coding?.some((coding) => coding.system === categorySystem)) ?? false;
/** Appointments to come and what is prescribed and not yet done, the nearest first. */
export function plannedOf(r: Reading, stored: readonly Stored[]): z.infer<typeof plannedLine>[] {
  const lines: z.infer<typeof plannedLine>[] = [];
  for (const one of stored) {
    if (!plannedTypes.has(one.type)) continue;
    const line = lineOf(r, one);
    if (line.status === 'entered-in-error') continue;
    if (one.type === 'Appointment') {
      const appointment = one.resource;
      if (
        !appointment.start ||
        dayOf(appointment.start) < r.today ||
        ['cancelled', 'noshow', 'fulfilled'].includes(appointment.status)
      )
        continue;
      lines.push({
        ...line,
        label: appointment.description ?? labelOf(appointment.serviceType?.[0], 'Rendez-vous'),
        start: appointment.start,
        end: appointment.end ?? null,
        place:
          appointment.participant.find((each) => each.actor?.reference?.includes('Location/'))?.actor?.display ??
          appointment.comment ??
          null,
        with: appointment.participant
          .filter((each) => idOf(each.actor, 'Practitioner'))
          .map((each) => r.directory.who(r.caller, each.actor)?.name ?? ''),
        stateLabel: appointmentStates[appointment.status] ?? appointment.status,
        what: 'appointment',
      });
    } else if (one.type === 'ServiceRequest') {
      const request = one.resource;
      if (request.status !== 'active' || isTask(request)) continue;
      lines.push({
        ...line,
        label: labelOf(request.code, 'Demande'),
        start: request.occurrenceDateTime ?? request.occurrencePeriod?.start ?? null,
        end: null,
        place: null,
        with: (request.performer ?? []).map((each) => r.directory.who(r.caller, each)?.name ?? '').filter(Boolean),
        stateLabel: 'Demandé',
        what: 'order',
      });
    }
  }
  return lines.sort((a, b) => (a.start ?? '9999').localeCompare(b.start ?? '9999'));
}
