import type { CodeableConcept, Observation, ObservationComponent } from '@medplum/fhirtypes';
import type { RiskFigures } from '../contract/history.rules.ts';
import { historySystem, type HistorySubject, mayBeNone, noneKnownWords, subjectOfHistory } from '../data/history.ts';
import { concept, firstCode, labelOf, loinc, ucum } from '../fhir-words.ts';

const snomed = 'http://snomed.info/sct';
/** LOINC of the figures; those without one have a code of ours. */
const figureCodes = {
  perDay: {
    system: loinc,
    code: '64218-1',
    text: 'Cigarettes par jour',
    unit: 'cigarettes par jour',
    ucum: '{cigarettes}/d',
  },
  years: { system: loinc, code: '63640-7', text: 'Années de tabagisme', unit: 'ans', ucum: 'a' },
  packYears: { system: loinc, code: '8664-5', text: 'Paquets-années', unit: 'paquets-années', ucum: '{PackYears}' },
  glasses: {
    system: historySystem.answer,
    code: 'glasses-per-week',
    text: 'Verres par semaine',
    unit: 'verres par semaine',
    ucum: '{drinks}/wk',
  },
} as const;
const stoppedCode = { system: loinc, code: '74010-0', text: 'Arrêt du tabac' };
/** list-empty-reason: what is not there is known not to be there. */
const nilKnown = { system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code: 'nilknown' };
const noneCodes: Readonly<Record<string, string>> = {
  personal: '11348-0',
  family: '10157-6',
  procedure: '47519-4',
  risk: '75492-9',
};

export const topicCategory = (topic: string, text: string): CodeableConcept[] => [
  concept('observation-category', 'social-history'),
  { coding: [{ system: historySystem.topic, code: topic }], text },
];
const coded = ({ system, code, text }: { system: string; code: string; text: string }): CodeableConcept => ({
  coding: [{ system, code }],
  text,
});

/** «Aucun antécédent familial connu»: asked, and known to be so; not the same as nothing noted. */
export const noneKnownParts = (
  topic: keyof typeof noneKnownWords,
): Pick<Observation, 'code' | 'valueCodeableConcept'> => ({
  code: { coding: [{ system: loinc, code: noneCodes[topic]! }], text: noneKnownWords[topic] },
  valueCodeableConcept: { coding: [nilKnown], text: noneKnownWords[topic] },
});

const answerConcept = (subject: HistorySubject, code: string): CodeableConcept => {
  const answer = subject.answers.find((one) => one.code === code)!;
  return {
    coding: [
      ...(answer.snomed ? [{ system: snomed, code: answer.snomed, display: answer.label }] : []),
      { system: historySystem.answer, code: `${subject.code}.${code}`, display: answer.label },
    ],
    text: answer.label,
  };
};
/** A subject answered: one answer is the value, several are components; figures are components; free words are the value's or a text of their own. */
export function answeredParts(
  subject: HistorySubject,
  answers: readonly string[],
  words: string,
  figures: RiskFigures,
): Pick<Observation, 'code' | 'valueCodeableConcept' | 'valueString' | 'component'> {
  const code = {
    coding: [
      ...(subject.loinc ? [{ system: loinc, code: subject.loinc }] : []),
      { system: historySystem.subject, code: subject.code, display: subject.label },
    ],
    text: subject.label,
  };
  const [first] = answers;
  const component: ObservationComponent[] = subject.many
    ? answers.map((answer) => ({
        code: { coding: [{ system: historySystem.subject, code: subject.code }], text: subject.label },
        valueCodeableConcept: answerConcept(subject, answer),
      }))
    : [];
  for (const name of ['perDay', 'years', 'packYears', 'glasses'] as const) {
    const value = figures[name];
    const { unit, ucum: unitCode, ...said } = figureCodes[name];
    if (value !== null && value !== undefined)
      component.push({ code: coded(said), valueQuantity: { value, unit, system: ucum, code: unitCode } });
  }
  if (figures.stopped) component.push({ code: coded(stoppedCode), valueDateTime: figures.stopped });
  return {
    code,
    ...(first && !subject.many
      ? { valueCodeableConcept: answerConcept(subject, first) }
      : words
        ? { valueString: words }
        : {}),
    ...(component.length > 0 && { component }),
  };
}

/** The same with its topic, from a subject's code: how demo data are written. */
export function answeredHistory(
  code: string,
  answers: readonly string[],
  figures: RiskFigures = {},
): ReturnType<typeof answeredParts> & Pick<Observation, 'category'> {
  const subject = subjectOfHistory(code);
  if (!subject) throw new Error(`no subject ${code}`);
  return { category: topicCategory(subject.topic, subject.label), ...answeredParts(subject, answers, '', figures) };
}

export interface HistoryFacts {
  topic: 'personal' | 'family' | 'risk' | 'lifestyle' | 'social' | 'procedure';
  subject: string | null;
  answers: string[];
  /** Words that no code says. */
  words: string;
  figures: RiskFigures;
  noneKnown: boolean;
}
const subjectOfLoinc: Readonly<Record<string, string>> = {
  '72166-2': 'tobacco',
  '11367-0': 'tobacco',
  '11331-6': 'alcohol',
  '74013-4': 'alcohol',
  '71802-3': 'housing',
  '67875-5': 'work',
};
/** What an observation of history says, ours or another software's. */
export function factsOf(observation: Observation): HistoryFacts {
  const codings = observation.code?.coding ?? [];
  const subject = subjectOfHistory(
    codings.find((one) => one.system === historySystem.subject)?.code ??
      subjectOfLoinc[firstCode(observation.code) ?? ''],
  );
  const given = observation.category
    ?.flatMap((category) => category.coding ?? [])
    .find((one) => one.system === historySystem.topic)?.code;
  const noneKnown =
    observation.valueCodeableConcept?.coding?.some(
      (one) => one.code === nilKnown.code && one.system === nilKnown.system,
    ) ?? false;
  const topic =
    given && /^(personal|family|risk|lifestyle|social|procedure)$/.test(given)
      ? (given as HistoryFacts['topic'])
      : (subject?.topic ?? 'lifestyle');
  const values = [
    observation.valueCodeableConcept,
    ...(observation.component ?? []).map((one) => one.valueCodeableConcept),
  ].filter((value) => value !== undefined);
  const answers = subject
    ? [
        ...new Set(
          values.flatMap((value) =>
            subject.answers
              .filter((answer) =>
                value.coding?.some(
                  (one) =>
                    one.code === `${subject.code}.${answer.code}` ||
                    (one.system === snomed && one.code === answer.snomed),
                ),
              )
              .map((answer) => answer.code),
          ),
        ),
      ]
    : [];
  const quantity = (name: keyof typeof figureCodes) =>
    observation.component?.find((one) => firstCode(one.code) === figureCodes[name].code)?.valueQuantity?.value ?? null;
  const told =
    observation.valueString ?? (answers.length === 0 && !noneKnown ? labelOf(observation.valueCodeableConcept) : '');
  const figure = observation.valueQuantity
    ? `${String(observation.valueQuantity.value ?? '').replace('.', ',')} ${observation.valueQuantity.unit ?? ''}`.trim()
    : '';
  return {
    topic,
    subject: subject?.code ?? null,
    answers,
    noneKnown: noneKnown && mayBeNone(topic),
    words: told || figure,
    figures: {
      perDay: quantity('perDay'),
      years: quantity('years'),
      packYears: quantity('packYears'),
      glasses: quantity('glasses'),
      stopped: observation.component?.find((one) => firstCode(one.code) === stoppedCode.code)?.valueDateTime ?? null,
    },
  };
}
