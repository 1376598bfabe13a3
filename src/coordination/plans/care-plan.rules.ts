import type {
  CarePlan as FhirCarePlan,
  CarePlanActivity,
  Goal,
  Patient,
  Practitioner,
  Reference,
} from '@medplum/fhirtypes';
import { professions } from '../../access/index.ts';
import { categorySystem, newId, referenceTo } from '../../fhir/index.ts';
import { withoutEmpty } from '../../record/index.ts';
import { type CarePlanBody, planActionStates } from '../contract/plans.ts';

/** FHIR of the personalised care plan: one CarePlan of our category, its goals as Goals, what will be done as activities. */
export const ppsCategory = {
  coding: [{ system: categorySystem, code: 'pps', display: 'Plan personnalisé de santé' }],
  text: 'Plan personnalisé de santé',
};
export const isPps = (plan: { category?: { coding?: { system?: string; code?: string }[] }[] }): boolean =>
  plan.category?.some((one) =>
    one.coding?.some((coding) => coding.system === categorySystem && coding.code === 'pps'),
  ) ?? false;

const urls = {
  profession: 'urn:estran:profession',
  agreement: 'urn:estran:patient-agreement',
  aim: 'urn:estran:aim',
} as const;
type Action = CarePlanBody['actions'][number];

const statusOf = {
  'not-started': 'not-started',
  'in-progress': 'in-progress',
  completed: 'completed',
  cancelled: 'cancelled',
} as const;
const performerOf = (action: Action, patient: Reference<Patient>): Reference<Patient | Practitioner>[] | undefined => {
  const { who } = action;
  if (who.kind === 'person' && who.practitioner) return [referenceTo('Practitioner', who.practitioner, who.name)];
  if (who.kind === 'patient') return [patient];
  return who.name ? [{ display: who.name }] : undefined;
};

export function activityOf(action: Action, patient: Reference<Patient>, goals: readonly string[]): CarePlanActivity {
  const goal = action.goal === null ? undefined : goals[action.goal];
  return withoutEmpty({
    detail: {
      extension: [
        ...(action.who.kind === 'profession' && action.who.profession
          ? [{ url: urls.profession, valueCode: action.who.profession }]
          : []),
      ],
      status: statusOf[action.state],
      code: { text: action.title },
      description: action.detail || undefined,
      scheduledString: action.when || undefined,
      performer: performerOf(action, patient),
      ...(goal && { goal: [referenceTo('Goal', goal)] }),
    },
  } as CarePlanActivity);
}
/** The same read back; what another program wrote shows as far as it says the same things. */
export function actionOf(activity: CarePlanActivity, goals: readonly string[]): Action | null {
  const { detail } = activity;
  if (!detail) return null;
  const performer = detail.performer?.[0];
  const practitioner = /^Practitioner\/(.+)$/.exec(performer?.reference ?? '')?.[1] ?? null;
  const profession = detail.extension?.find((one) => one.url === urls.profession)?.valueCode ?? null;
  const goal = goals.indexOf(detail.goal?.[0]?.reference?.split('/')[1] ?? '');
  const state = detail.status in planActionStates ? (detail.status as Action['state']) : 'in-progress';
  return {
    title: detail.code?.text ?? detail.code?.coding?.[0]?.display ?? detail.description ?? 'À préciser',
    detail: detail.code?.text ? (detail.description ?? '') : '',
    when: detail.scheduledString ?? '',
    goal: goal < 0 ? null : goal,
    state,
    who: practitioner
      ? { kind: 'person', practitioner, profession: null, name: performer?.display ?? '' }
      : profession
        ? { kind: 'profession', practitioner: null, profession, name: '' }
        : performer?.reference?.startsWith('Patient/')
          ? { kind: 'patient', practitioner: null, profession: null, name: '' }
          : { kind: 'other', practitioner: null, profession: null, name: performer?.display ?? '' },
  };
}
export const whoLabel = ({ who }: Pick<Action, 'who'>): string =>
  who.kind === 'patient'
    ? 'Le patient'
    : who.kind === 'profession'
      ? who.profession && Object.hasOwn(professions, who.profession)
        ? professions[who.profession as keyof typeof professions].fr
        : 'À préciser'
      : who.name || 'À préciser';

export function goalResource(
  goal: CarePlanBody['goals'][number],
  old: Goal | undefined,
  patient: Reference<Patient>,
  today: string,
  due: string | undefined,
): Goal {
  return withoutEmpty({
    ...old,
    resourceType: 'Goal',
    id: old?.id ?? newId(),
    lifecycleStatus: goal.state,
    description: { text: goal.words },
    subject: patient,
    expressedBy: patient,
    startDate: old?.startDate ?? today,
    statusDate: today,
    extension: [
      ...(old?.extension ?? []).filter((one) => one.url !== urls.aim),
      ...(goal.aim ? [{ url: urls.aim, valueString: goal.aim }] : []),
    ],
    target: due ? [{ dueDate: due }] : undefined,
  } as Goal);
}
export const aimOf = (goal: Goal): string => goal.extension?.find((one) => one.url === urls.aim)?.valueString ?? '';

/** How the patient agreed, with date and who collected it: on the plan itself. */
export const agreementExtension = (how: string, on: string, by: Reference) => ({
  url: urls.agreement,
  extension: [
    { url: 'how', valueCode: how },
    { url: 'on', valueDateTime: on },
    { url: 'by', valueReference: by },
  ],
});
export function agreementOf(
  plan: FhirCarePlan,
): { how: 'oral' | 'written' | 'representative'; on: string; by: Reference | undefined } | null {
  const parts = plan.extension?.find((one) => one.url === urls.agreement)?.extension;
  const how = parts?.find((one) => one.url === 'how')?.valueCode;
  const on = parts?.find((one) => one.url === 'on')?.valueDateTime;
  if (!on || (how !== 'oral' && how !== 'written' && how !== 'representative')) return null;
  return { how, on, by: parts?.find((one) => one.url === 'by')?.valueReference };
}
export const withoutAgreement = (plan: FhirCarePlan | undefined) =>
  (plan?.extension ?? []).filter((one) => one.url !== urls.agreement);
