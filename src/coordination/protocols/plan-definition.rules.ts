// https://hl7.org/fhir/R4/plandefinition.html
import type {
  CodeableConcept,
  Expression,
  Extension,
  PlanDefinition,
  PlanDefinitionAction,
  PlanDefinitionActionCondition,
  PlanDefinitionActionParticipant,
  Reference,
  RelatedArtifact,
  UsageContext,
} from '@medplum/fhirtypes';
import { isProfession, professions } from '../../access/index.ts';
import { withoutEmpty } from '../../record/index.ts';
import {
  type ProtocolModel,
  type ProtocolStep,
  protocolModel,
  protocolThemes,
  type Span,
  stepKinds,
} from '../contract/protocol-model.ts';
import { ext, professionRole, shippedSystem, stepKindSystem, textOf, themeSystem } from './codes.ts';

/** The two groups of actions. Ids of steps have no capitals: they cannot be taken for one of these. */
const steps = 'Protocol';
const alerts = 'Alerts';
const ucum = 'http://unitsofmeasure.org';
const units: Record<Span['unit'], string> = { d: 'j', wk: 'sem.', mo: 'mois', a: 'ans' };
const contextType = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/usage-context-type', code });

/** What a PlanDefinition says beside the model. */
export interface About {
  id: string;
  status: 'draft' | 'active' | 'retired';
  /** Absent on a draft. */
  edition?: string | undefined;
  /** ISO day of this edition. */
  published?: string | undefined;
  /** Instant. */
  now: string;
  by?: Reference | undefined;
  note?: string | undefined;
  draftOf?: string | undefined;
  shipped?: { key: string; edition: string } | undefined;
}

const quantity = ({ value, unit }: Span) => ({ value, unit: units[unit], system: ucum, code: unit });
const participant = (role: string): PlanDefinitionActionParticipant => ({
  type: 'practitioner',
  role: {
    coding: [{ system: professionRole, code: role, ...(isProfession(role) && { display: professions[role].fr }) }],
  },
});
const artifact = (
  type: 'documentation' | 'citation',
  { title, url }: { title: string; url: string | null },
): RelatedArtifact => ({ type, display: title, ...(url && { url }) });

/** A condition that only people can judge is words for the engine of nobody. */
function conditionOf({ words, expression }: NonNullable<ProtocolStep['condition']>): PlanDefinitionActionCondition {
  // Any media type is a language of expressions; the type of the library only knows three.
  const said =
    expression === null
      ? { language: 'text/plain', expression: words }
      : { description: words, language: 'text/fhirpath', expression };
  return { kind: 'applicability', expression: said as Expression };
}
function actionOf(step: ProtocolStep): PlanDefinitionAction {
  const { after, repeat } = step;
  return {
    id: step.id,
    ...(step.forPatient && { extension: [{ url: ext.forPatient, valueString: step.forPatient }] }),
    title: step.title,
    ...(step.detail && { description: step.detail }),
    code: [{ coding: [{ system: stepKindSystem, code: step.kind, display: stepKinds[step.kind] }] }],
    ...(step.documents.length > 0 && { documentation: step.documents.map((one) => artifact('documentation', one)) }),
    ...(step.condition && { condition: [conditionOf(step.condition)] }),
    relatedAction: [
      {
        actionId: after.step ?? steps,
        relationship: after.step === null ? 'after-start' : 'after-end',
        offsetDuration: quantity(after.delay),
      },
    ],
    ...(repeat && {
      timingTiming: {
        repeat: {
          ...(repeat.times !== null && { count: repeat.times }),
          frequency: 1,
          period: repeat.every.value,
          periodUnit: repeat.every.unit,
        },
      },
    }),
    participant: step.roles.map(participant),
  };
}
function contextsOf({ problems, ages }: ProtocolModel['patients']): UsageContext[] {
  const years = (value: number) => ({ value, unit: 'ans', system: ucum, code: 'a' });
  return [
    ...problems.map(
      ({ system, code, label }): UsageContext => ({
        code: contextType('focus'),
        valueCodeableConcept: { coding: [{ system, code, ...(label && { display: label }) }] },
      }),
    ),
    ...(ages && (ages.from !== null || ages.until !== null)
      ? [
          {
            code: contextType('age'),
            valueRange: {
              ...(ages.from !== null && { low: years(ages.from) }),
              ...(ages.until !== null && { high: years(ages.until) }),
            },
          },
        ]
      : []),
  ];
}
const machineName = (title: string): string =>
  `Protocole${title.normalize('NFD').replace(/[^A-Za-z0-9]/g, '')}`.slice(0, 200);

/** The protocol as FHIR. `modelOf` gives it back unchanged. */
export function planDefinitionOf(model: ProtocolModel, about: About): PlanDefinition {
  const extension: Extension[] = [
    ...(about.by ? [{ url: ext.recorder, valueReference: about.by }] : []),
    ...(about.note ? [{ url: ext.note, valueString: about.note }] : []),
    ...(about.shipped ? [{ url: ext.shipped, valueString: about.shipped.edition }] : []),
    ...(about.draftOf ? [{ url: ext.draftOf, valueReference: { reference: `PlanDefinition/${about.draftOf}` } }] : []),
  ];
  return withoutEmpty({
    resourceType: 'PlanDefinition',
    id: about.id,
    extension,
    url: `urn:estran:protocol:${about.draftOf ?? about.id}`,
    ...(about.shipped && { identifier: [{ system: shippedSystem, value: about.shipped.key }] }),
    ...(about.edition && { version: about.edition }),
    name: machineName(model.title),
    title: model.title,
    status: about.status,
    type: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/plan-definition-type', code: 'clinical-protocol' }],
    },
    subjectCodeableConcept: {
      coding: [{ system: 'http://hl7.org/fhir/resource-types', code: 'Patient' }],
      ...(model.patients.words && { text: model.patients.words }),
    },
    date: about.now,
    ...(model.summary && { description: model.summary }),
    useContext: contextsOf(model.patients),
    jurisdiction: [{ coding: [{ system: 'urn:iso:std:iso:3166', code: 'FR' }] }],
    ...(about.published && { approvalDate: about.published, lastReviewDate: about.published }),
    // Without a start: a review date may lie before the day of an edition that put it off.
    ...(model.reviewDate && { effectivePeriod: { end: model.reviewDate } }),
    topic: [{ coding: [{ system: themeSystem, code: model.theme, display: protocolThemes[model.theme] }] }],
    relatedArtifact: [
      ...model.documents.map((one) => artifact('documentation', one)),
      ...model.sources.map((one) => ({
        ...artifact('citation', one),
        citation: [one.title, one.publisher, one.year].filter(Boolean).join('. '),
        extension: [
          ...(one.publisher ? [{ url: ext.publisher, valueString: one.publisher }] : []),
          ...(one.year ? [{ url: ext.year, valueString: one.year }] : []),
        ],
      })),
    ],
    goal: model.goals.map((text) => ({ description: { text } })),
    action: [
      {
        id: steps,
        title: 'Étapes',
        groupingBehavior: 'logical-group',
        selectionBehavior: 'all',
        action: model.steps.map(actionOf),
      },
      ...(model.alerts.length > 0
        ? [
            {
              id: alerts,
              title: 'Signes d’alerte',
              groupingBehavior: 'logical-group',
              selectionBehavior: 'any',
              action: model.alerts.map(({ sign, act, roles }) => ({
                title: sign,
                description: act,
                participant: roles.map(participant),
              })),
            },
          ]
        : []),
    ].map((group) => (group.action.length > 0 ? group : { ...group, action: undefined })),
  } as PlanDefinition);
}

/** What is laid out in days: alerts have no day of their own. */
export const stepsOnly = (definition: PlanDefinition): PlanDefinition => ({
  ...definition,
  action: (definition.action ?? []).filter((action) => action.id !== alerts && action.action?.length !== 0),
});

const spanOf = (value: { value?: number; code?: string; unit?: string } | undefined) => ({
  value: value?.value,
  unit: value?.code ?? value?.unit,
});
const rolesOf = (action: PlanDefinitionAction): string[] =>
  (action.participant ?? []).flatMap(
    (one) =>
      one.role?.coding?.filter((coding) => coding.system === professionRole).map((coding) => coding.code ?? '') ?? [],
  );
const codeIn = (concepts: readonly CodeableConcept[] | undefined, system: string): string | undefined =>
  concepts?.flatMap((one) => one.coding ?? []).find((coding) => coding.system === system)?.code;
const documentsOf = (artifacts: readonly RelatedArtifact[] | undefined) =>
  (artifacts ?? [])
    .filter((one) => one.type === 'documentation')
    .map((one) => ({ title: one.display, url: one.url ?? null }));

function stepOf(action: PlanDefinitionAction) {
  const related = action.relatedAction?.[0];
  const repeat = action.timingTiming?.repeat;
  const condition = action.condition?.find((one) => one.kind === 'applicability')?.expression;
  return {
    id: action.id,
    title: action.title,
    detail: action.description ?? '',
    kind: codeIn(action.code, stepKindSystem),
    roles: rolesOf(action),
    after: {
      step: !related || related.actionId === steps ? null : related.actionId,
      delay: related?.offsetDuration ? spanOf(related.offsetDuration) : { value: 0, unit: 'd' },
    },
    repeat: repeat ? { every: { value: repeat.period, unit: repeat.periodUnit }, times: repeat.count ?? null } : null,
    condition: !condition
      ? null
      : String(condition.language) === 'text/fhirpath'
        ? { words: condition.description ?? condition.expression, expression: condition.expression ?? null }
        : { words: condition.expression ?? condition.description, expression: null },
    documents: documentsOf(action.documentation),
    forPatient: textOf(action, ext.forPatient) ?? '',
  };
}

/** The model of a PlanDefinition; null when another software wrote one that the editor could not show whole. */
export function modelOf(definition: PlanDefinition): ProtocolModel | null {
  const groups = definition.action ?? [];
  const age = definition.useContext?.find((one) => one.code.code === 'age')?.valueRange;
  const read = protocolModel.safeParse({
    title: definition.title,
    theme: codeIn(definition.topic, themeSystem),
    summary: definition.description ?? '',
    patients: {
      words: definition.subjectCodeableConcept?.text ?? '',
      problems: (definition.useContext ?? [])
        .filter((one) => one.code.code === 'focus')
        .flatMap((one) => one.valueCodeableConcept?.coding?.slice(0, 1) ?? [])
        .map((coding) => ({ system: coding.system, code: coding.code, label: coding.display ?? '' })),
      ages: age ? { from: age.low?.value ?? null, until: age.high?.value ?? null } : null,
    },
    goals: (definition.goal ?? []).map((goal) => goal.description.text),
    steps: (groups.find((group) => group.id === steps)?.action ?? []).map(stepOf),
    alerts: (groups.find((group) => group.id === alerts)?.action ?? []).map((action) => ({
      sign: action.title,
      act: action.description,
      roles: rolesOf(action),
    })),
    documents: documentsOf(definition.relatedArtifact),
    sources: (definition.relatedArtifact ?? [])
      .filter((one) => one.type === 'citation')
      .map((one) => ({
        title: one.display,
        publisher: textOf(one, ext.publisher) ?? '',
        year: textOf(one, ext.year) ?? '',
        url: one.url ?? null,
      })),
    reviewDate: definition.effectivePeriod?.end ?? null,
  });
  return read.success ? read.data : null;
}
