import type { CodeableConcept, Condition, FamilyMemberHistory, Observation, Procedure } from '@medplum/fhirtypes';
import { invalid } from '../../platform/index.ts';
import type { HistoryBody } from '../contract.ts';
import { packYearsOf, type RiskFigures } from '../contract/history.rules.ts';
import { historyTopics, relatives } from '../data/choices.ts';
import { mayBeNone, subjectOfHistory } from '../data/history.ts';
import { dateLabel } from '../dates.rules.ts';
import { concept, firstCode, labelOf, loinc, sensitivityOf, system, ucum } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { author, dateIn, noteList, recorderExtension, stamped, subjectOf } from '../write/author.ts';
import { codeOf, notesOf, otherCodes } from '../write/codes.ts';
import { answeredParts, factsOf, noneKnownParts, topicCategory } from './observation.ts';

const pastCategory: CodeableConcept = {
  coding: [{ system: system('condition-category'), code: 'problem-list-item' }],
  text: 'Antécédent',
};
/** What free words on a topic are an observation of. */
const freeCodes: Readonly<Record<string, string>> = { risk: '75492-9', lifestyle: '29762-2', social: '29762-2' };
const historyTypes = {
  personal: 'Condition',
  family: 'FamilyMemberHistory',
  procedure: 'Procedure',
  risk: 'Observation',
  lifestyle: 'Observation',
  social: 'Observation',
} as const;
const nothingChanged = 'Rien n’a été enregistré.';

/** What history is made of. */
export type HistoryResource = Condition | FamilyMemberHistory | Procedure | Observation;
export const ofHistory = ['Condition', 'FamilyMemberHistory', 'Procedure', 'Observation'] as const;
interface Building {
  entered: Entered;
  body: HistoryBody;
  at: string | undefined;
  note: ReturnType<typeof noteList>;
  more: Parameters<typeof stamped>[2];
}
const ageOf = ({ age }: HistoryBody) =>
  age === null || age === undefined ? undefined : { value: age, unit: 'ans', system: ucum, code: 'a' };

function personal({ entered, body, at, note, more }: Building, old: Condition | undefined): Condition {
  const { onsetAge: _a, onsetString: _s, ...kept } = old ?? ({} as Condition);
  const age = ageOf(body);
  return stamped(
    entered,
    {
      ...kept,
      resourceType: 'Condition',
      clinicalStatus: concept('condition-clinical', 'inactive'),
      verificationStatus: concept('condition-ver-status', 'confirmed'),
      category: [pastCategory],
      code: codeOf(body, old?.code),
      subject: subjectOf(entered),
      onsetDateTime: at,
      ...(!at && age && { onsetAge: age }),
      recordedDate: old?.recordedDate ?? entered.now.toISOString(),
      recorder: old?.recorder ?? author(entered),
      note,
    },
    more,
  );
}

function relationOf(relative: string | null | undefined, old: FamilyMemberHistory | undefined): CodeableConcept {
  if (relative && old?.relationship && firstCode(old.relationship) === relative) return old.relationship;
  const known = relatives.find(({ code }) => code === relative);
  if (relative && !known)
    throw invalid(`Ce lien de parenté n’est pas dans la liste. ${nothingChanged}`, {
      relative: 'Choisissez dans la liste.',
    });
  const { code, label } = known ?? relatives.at(-1)!;
  return concept('v3-RoleCode', code, label);
}
function family({ entered, body, note, more }: Building, old: FamilyMemberHistory | undefined): FamilyMemberHistory {
  const relationship = relationOf(body.relative, old);
  const { onsetAge: _a, onsetString: _s, contributedToDeath: _d, ...first } = old?.condition?.[0] ?? { code: {} };
  const age = ageOf(body);
  const condition = {
    ...first,
    code: codeOf(body, old?.condition?.[0]?.code),
    ...(age && { onsetAge: age }),
    ...(body.died && { contributedToDeath: true }),
  };
  const { deceasedBoolean: _b, ...kept } = old ?? ({} as FamilyMemberHistory);
  return stamped(
    entered,
    {
      ...kept,
      resourceType: 'FamilyMemberHistory',
      extension: old?.extension ?? [recorderExtension(entered)],
      status: 'completed',
      patient: subjectOf(entered),
      date: old?.date ?? entered.now.toISOString(),
      relationship,
      ...(body.died && { deceasedBoolean: true }),
      condition: [condition, ...(old?.condition?.slice(1) ?? [])],
      note,
    },
    more,
  );
}

const procedure = ({ entered, body, at, note, more }: Building, old: Procedure | undefined): Procedure =>
  stamped(
    entered,
    {
      ...old,
      resourceType: 'Procedure',
      status: 'completed',
      category: { text: 'Antécédent' },
      code: codeOf(body, old?.code),
      subject: subjectOf(entered),
      performedDateTime: at,
      recorder: old?.recorder ?? author(entered),
      note,
    },
    more,
  );

type Facts = Pick<Observation, 'code' | 'valueCodeableConcept' | 'valueString' | 'component'>;
function factsFrom({ entered, body }: Building, old: Observation | undefined): Facts {
  if (body.noneKnown) {
    if (!mayBeNone(body.topic))
      throw invalid(`« Aucun connu » ne se dit pas de ce sujet. ${nothingChanged}`, {
        noneKnown: 'Indiquez ce qui est connu.',
      });
    return noneKnownParts(body.topic);
  }
  const subject = subjectOfHistory(body.subject);
  if (subject) return answeredParts(subject, answersOf(body), body.label, figuresOf(entered, body));
  const text = historyTopics.find((one) => one.code === body.topic)!.label;
  return {
    code: old && !factsOf(old).subject ? old.code : { coding: [{ system: loinc, code: freeCodes[body.topic]! }], text },
    valueString: body.label,
  };
}

const builders = { Condition: personal, FamilyMemberHistory: family, Procedure: procedure, Observation: observation };
/** History and risk (DOS-2): a condition of the past, a relative's, a procedure, or an observation of social history. */
export function buildHistory(entered: Entered, body: HistoryBody, base?: HistoryResource): HistoryResource {
  const type = body.noneKnown ? 'Observation' : historyTypes[body.topic];
  if (
    base &&
    (base.resourceType !== type || (base.resourceType === 'Observation' && factsOf(base).noneKnown !== body.noneKnown))
  )
    throw invalid(
      'Le type d’antécédent ne peut pas être changé : marquez cette ligne comme saisie par erreur et ajoutez la bonne. Rien n’a été modifié.',
      { topic: 'Ne peut pas être changé.' },
    );
  const building = {
    entered,
    body,
    at: dateIn(entered, 'at', body.at),
    note: noteList(entered, body.note),
    more: { base, sensitive: body.sensitive, reason: body.reason, encounter: body.encounter },
  };
  if (!body.noneKnown) mustSaySomething(body);
  // What stands is of the type that is built: checked above.
  const build = builders[type] as (building: Building, old: HistoryResource | undefined) => HistoryResource;
  return build(building, base);
}
function mustSaySomething(body: HistoryBody): void {
  const subject = subjectOfHistory(body.subject);
  if (!body.label && !subject)
    throw invalid(`Indiquez l’antécédent. ${nothingChanged}`, { label: 'Indiquez l’antécédent.' });
  if (subject && subject.topic !== body.topic)
    throw invalid(`Ce sujet n’est pas de ce genre. ${nothingChanged}`, {
      subject: `« ${subject.label} » est d’un autre genre.`,
    });
}

function observation(building: Building, old: Observation | undefined): Observation {
  const { entered, body, at, note, more } = building;
  const {
    valueCodeableConcept: _c,
    valueString: _s,
    valueQuantity: _q,
    component: _p,
    ...kept
  } = old ?? ({} as Observation);
  return stamped(
    entered,
    {
      ...kept,
      resourceType: 'Observation',
      status: old ? 'amended' : 'final',
      category: topicCategory(body.topic, historyTopics.find((one) => one.code === body.topic)!.label),
      subject: subjectOf(entered),
      effectiveDateTime: at ?? old?.effectiveDateTime ?? entered.now.toISOString(),
      performer: old?.performer ?? [author(entered)],
      note,
      ...factsFrom(building, old),
    },
    more,
  );
}

function answersOf(body: HistoryBody): string[] {
  const subject = subjectOfHistory(body.subject)!;
  const answers = [...new Set(body.answers ?? [])];
  if (answers.some((code) => !subject.answers.some((one) => one.code === code)))
    throw invalid(`Une de ces réponses n’est pas de la liste de « ${subject.label} ». ${nothingChanged}`, {
      answers: 'Choisissez dans la liste.',
    });
  if (!subject.many && answers.length > 1)
    throw invalid(`« ${subject.label} » n’a qu’une réponse. ${nothingChanged}`, { answers: 'Une seule réponse.' });
  if (answers.length > 1 && answers.includes('none'))
    throw invalid(`« Aucune » ne va pas avec une autre réponse. ${nothingChanged}`, {
      answers: '« Aucune » ne va pas avec une autre réponse.',
    });
  if (answers.length === 0 && !body.label)
    throw invalid(`Indiquez une réponse ou vos propres mots. ${nothingChanged}`, { label: 'Indiquez une réponse.' });
  return answers;
}
/** Figures go with their subject alone. */
function figuresOf(entered: Entered, body: HistoryBody): RiskFigures {
  if (body.subject === 'alcohol') return { glasses: body.glasses };
  if (body.subject !== 'tobacco') return {};
  const stopped = dateIn(entered, 'stopped', body.stopped);
  if (stopped && stopped > entered.reading.today.slice(0, stopped.length))
    throw invalid(`L’arrêt du tabac ne peut pas être dans le futur. ${nothingChanged}`, { stopped: 'Dans le futur.' });
  return {
    perDay: body.perDay,
    years: body.years,
    packYears: body.packYears ?? packYearsOf(body.perDay, body.years),
    stopped,
  };
}

/** What the form of an entry holds. */
export function historyValues(resource: HistoryResource) {
  const shared = {
    note: notesOf(resource),
    sensitive: sensitivityOf(resource),
    relative: null as string | null,
    noneKnown: false,
    subject: null as string | null,
    answers: [] as string[],
  };
  const coding = (value: CodeableConcept | undefined) => ({
    label: labelOf(value),
    code: value?.coding?.[0]?.code ?? null,
    system: value?.coding?.[0]?.system ?? null,
    also: otherCodes(value),
  });
  if (resource.resourceType === 'FamilyMemberHistory') {
    const [first] = resource.condition ?? [];
    return {
      topic: 'family',
      ...coding(first?.code),
      ...shared,
      relative: firstCode(resource.relationship) ?? null,
      age: first?.onsetAge?.value ?? null,
      died: first?.contributedToDeath === true,
    };
  }
  if (resource.resourceType === 'Procedure')
    return {
      topic: 'procedure',
      ...coding(resource.code),
      at: dateLabel(resource.performedDateTime),
      ...shared,
    };
  if (resource.resourceType === 'Condition') {
    return {
      topic: 'personal',
      ...coding(resource.code),
      at: dateLabel(resource.onsetDateTime),
      ...shared,
      age: resource.onsetAge?.value ?? null,
    };
  }
  const { topic, subject, answers, words, figures, noneKnown } = factsOf(resource);
  return {
    topic,
    label: words,
    code: null,
    system: null,
    at: dateLabel(resource.effectiveDateTime),
    ...shared,
    noneKnown,
    subject,
    answers,
    perDay: figures.perDay,
    years: figures.years,
    packYears: figures.packYears,
    glasses: figures.glasses,
    stopped: figures.stopped ? dateLabel(figures.stopped) : '',
  };
}
