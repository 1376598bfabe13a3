import type { FamilyMemberHistory, Observation } from '@medplum/fhirtypes';
import type { z } from 'zod';
import type { Stored } from '../../fhir/index.ts';
import type { historyLine } from '../contract.ts';
import { answersInWords, figuresInWords, isEarlyVascular, isFlagged } from '../contract/history.rules.ts';
import { historyTopics } from '../data/choices.ts';
import { noneKnownWords, subjectOfHistory } from '../data/history.ts';
import { dateLabel } from '../dates.rules.ts';
import { codedOf, firstCode, labelOf } from '../fhir-words.ts';
import { clinicalDate, isPast, kindOfStored, lineOf, type Reading } from '../read/reading.ts';
import { factsOf, type HistoryFacts } from './observation.ts';

type HistoryLine = z.infer<typeof historyLine>;
const relationLabel = (history: FamilyMemberHistory): string => labelOf(history.relationship, 'Famille');
const topicLabel = (topic: string): string => historyTopics.find((one) => one.code === topic)?.label ?? topic;

/** «Fumeur, 15 cigarettes par jour, 22,5 paquets-années»: what an observation of history says besides its subject. */
export const factsInWords = (facts: HistoryFacts): string =>
  [...answersInWords(facts.subject, facts.answers), facts.words, figuresInWords(facts.figures, dateLabel)]
    .filter(Boolean)
    .join(', ');
/** What it is about: its subject, else its own words. */
export const factsTitle = (observation: Observation, facts: HistoryFacts): string =>
  facts.noneKnown
    ? noneKnownWords[facts.topic as keyof typeof noneKnownWords]
    : (subjectOfHistory(facts.subject)?.label ?? labelOf(observation.code));

/** «à 58 ans», «décédé à 58 ans». */
export function familyDetail(history: FamilyMemberHistory): string {
  const [first] = history.condition ?? [];
  const age = first?.onsetAge?.value;
  const died = first?.contributedToDeath === true;
  return [died ? 'décès' : '', age === undefined ? (first?.onsetString ?? '') : `à ${age} ans`]
    .filter(Boolean)
    .join(' ');
}

const types = new Set(['Condition', 'FamilyMemberHistory', 'Observation', 'Procedure']);
/** History, risk, way of life and social situation, newest first. «Aucun … connu» stands only while nothing is listed on its topic. */
export function historyOf(r: Reading, stored: readonly Stored[]): HistoryLine[] {
  const lines: HistoryLine[] = [];
  const seen = new Set<string>();
  for (const one of stored) {
    if (!types.has(one.type) || (one.type === 'Observation' && !['history', 'lifestyle'].includes(kindOfStored(one))))
      continue;
    const line = lineOf(r, one);
    if (line.status === 'entered-in-error') continue;
    const add = (topic: HistoryLine['topic'], label: string, detail: string, more: Partial<HistoryLine> = {}) =>
      lines.push({
        ...line,
        label,
        code: null,
        topic,
        topicLabel: topicLabel(topic),
        detail,
        relative: null,
        none: false,
        flagged: false,
        ...more,
      });
    if (one.type === 'Condition' && isPast(one.resource)) {
      const condition = one.resource;
      add(
        'personal',
        labelOf(condition.code),
        dateLabel(condition.onsetDateTime) ||
          (condition.onsetAge?.value === undefined
            ? (condition.onsetString ?? '')
            : `à ${condition.onsetAge.value} ans`),
        { code: codedOf(condition.code) },
      );
    } else if (one.type === 'FamilyMemberHistory') {
      const history = one.resource;
      const [first] = history.condition ?? [];
      const early = isEarlyVascular(
        firstCode(history.relationship),
        first?.onsetAge?.value,
        first?.code.coding?.map((coding) => coding.code ?? '') ?? [],
        labelOf(first?.code),
      );
      add(
        'family',
        (history.condition ?? []).map((each) => labelOf(each.code)).join(', '),
        [familyDetail(history), early && 'précoce'].filter(Boolean).join(', '),
        { relative: relationLabel(history), code: first ? codedOf(first.code) : null, flagged: early },
      );
    } else if (one.type === 'Observation') {
      const observation = one.resource;
      const facts = factsOf(observation);
      // The newest word on a subject is the one that counts; older ones are in the timeline.
      const key = facts.noneKnown ? `none ${facts.topic}` : (facts.subject ?? labelOf(observation.code));
      if (seen.has(key) && (facts.subject || facts.noneKnown || !observation.valueString)) continue;
      seen.add(key);
      add(facts.topic, factsTitle(observation, facts), facts.noneKnown ? '' : factsInWords(facts), {
        none: facts.noneKnown,
        flagged: isFlagged(facts.subject, facts.answers, facts.figures),
      });
    } else if (one.type === 'Procedure') {
      const procedure = one.resource;
      if (
        procedure.category?.text === 'Antécédent' ||
        /stomie|ectomie|plastie|prothèse|césarienne|pontage|chirurg/i.test(labelOf(procedure.code))
      )
        add('procedure', labelOf(procedure.code), dateLabel(clinicalDate(one.resource)), {
          code: codedOf(procedure.code),
        });
    }
  }
  const listed = new Set(lines.filter((line) => !line.none).map((line) => line.topic));
  return lines.filter((line) => !line.none || !listed.has(line.topic));
}
