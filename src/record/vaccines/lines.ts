import type { Condition, Immunization, ImmunizationRecommendation } from '@medplum/fhirtypes';
import type { z } from 'zod';
import type { Stored } from '../../fhir/index.ts';
import type { vaccineLine } from '../contract.ts';
import { productOf } from '../data/vaccine-products.ts';
import { type Situation, situations, situationsOfCode, type Target, vaccineOf } from '../data/vaccines.ts';
import { dateSpan, dayOf } from '../dates.rules.ts';
import { codedOf, labelOf, normalise } from '../fhir-words.ts';
import * as say from '../read/labels.ts';
import { lineOf, type Reading, statusOf } from '../read/reading.ts';
import type { Dose, Person } from './due.rules.ts';

export function vaccineLineOf(r: Reading, stored: Stored<'Immunization'>): z.infer<typeof vaccineLine> {
  const immunization = stored.resource;
  const outcome = say.outcomeOf(immunization);
  const notes = (immunization.note ?? [])
    .map((note) => note.text)
    .filter(Boolean)
    .join('\n');
  return {
    ...lineOf(r, stored),
    label: labelOf(immunization.vaccineCode, 'Vaccin'),
    code: codedOf(immunization.vaccineCode),
    outcome: outcome.code,
    outcomeLabel: outcome.label,
    lot: immunization.lotNumber ?? null,
    site: immunization.site ? labelOf(immunization.site) : null,
    route: immunization.route ? labelOf(immunization.route) : null,
    dose: say.doseOf(immunization),
    targets: targetsOf(immunization),
    reason: immunization.statusReason ? labelOf(immunization.statusReason) : null,
    until: say.untilOf(immunization) ?? null,
    elsewhere: immunization.primarySource === false ? (immunization.reportOrigin?.text ?? '') : null,
    note: notes || null,
  };
}
/** Diseases a vaccine protects from: by its code, else by the words of its target or label. */
export function targetsOf(immunization: Immunization): Target[] {
  for (const coding of immunization.vaccineCode?.coding ?? []) {
    const vaccine = coding.code ? vaccineOf(productOf(coding.code)?.atc ?? coding.code) : undefined;
    if (vaccine) return [...vaccine.targets];
  }
  const words = normalise(
    [
      labelOf(immunization.vaccineCode),
      ...(immunization.protocolApplied ?? []).flatMap((one) =>
        (one.targetDisease ?? []).map((target) => labelOf(target)),
      ),
    ].join(' '),
  );
  return (Object.entries(hints) as [Target, RegExp][]).filter(([, hint]) => hint.test(words)).map(([target]) => target);
}
const hints: Partial<Record<Target, RegExp>> = {
  dtp: /diphterie|tetan|dtp|dtcap|\btd\b|\btdap\b|dtap/,
  pertussis: /coqueluche|dtcap|tdap|dtap/,
  influenza: /grippe|influenza/,
  covid: /covid|sars cov/,
  pneumococcus: /pneumo/,
  zoster: /zona|zoster/,
  hpv: /papillom|hpv/,
  mmr: /rougeole|\bror\b|\bmmr\b/,
  'hepatitis-b': /hepatite b|hep b/,
  'men-b': /meningocoque b/,
  'men-acwy': /acwy/,
  rsv: /syncytial|\bvrs\b|\brsv\b/,
  rotavirus: /rotavirus/,
};
export function doseOf(stored: Stored<'Immunization'>): Dose | null {
  const immunization = stored.resource;
  if (immunization.status === 'entered-in-error' || !immunization.occurrenceDateTime) return null;
  const codes = (immunization.vaccineCode?.coding ?? []).flatMap((coding) => (coding.code ? [coding.code] : []));
  const until = say.untilOf(immunization);
  return {
    id: stored.id,
    targets: targetsOf(immunization),
    codes,
    // Of a month or a year the last day: what is known only so is not held to be too young.
    day: dateSpan(dayOf(immunization.occurrenceDateTime))[1],
    outcome: say.outcomeOf(immunization).code,
    ...(until && { until }),
    live: codes.some((code) => vaccineOf(productOf(code)?.atc ?? code)?.live),
  };
}

export const situationSystem = 'urn:estran:vaccine-situation';
export const termUrl = 'urn:estran:term';
/** A situation that the team said, with its reason to hold still. */
export function saidSituation(
  recommendation: ImmunizationRecommendation,
): { code: Situation; term?: string; until?: string } | null {
  const code = recommendation.recommendation?.[0]?.forecastReason?.[0]?.coding?.find(
    (one) => one.system === situationSystem,
  )?.code;
  if (!code || !Object.hasOwn(situations, code)) return null;
  const date = (url: string) => recommendation.extension?.find((one) => one.url === url)?.valueDate;
  const [term, until] = [date(termUrl), date(say.untilUrl)];
  return { code: code as Situation, ...(term && { term }), ...(until && { until }) };
}
/** Of one person: what the problems that the reader sees say, and what the team said. */
export function personOf(r: Reading, stored: readonly Stored[], deceased: boolean): Person {
  const found = new Map<Situation, Person['situations'][number]>();
  for (const one of stored) {
    // Hundreds of observations are not taken apart for it.
    if (one.type !== 'ImmunizationRecommendation' && one.type !== 'Condition') continue;
    if (statusOf(one.resource) === 'entered-in-error') continue;
    if (one.type === 'ImmunizationRecommendation') {
      const said = saidSituation(one.resource);
      if (said && !(said.until && said.until <= r.today))
        found.set(said.code, { code: said.code, ...(said.term && { term: said.term }) });
    } else for (const code of situationsOfProblem(one.resource)) if (!found.has(code)) found.set(code, { code });
  }
  return { birth: r.birth, deceased, situations: [...found.values()] };
}
export function situationsOfProblem(condition: Condition): Situation[] {
  const state = condition.clinicalStatus?.coding?.[0]?.code;
  if (
    state === 'resolved' ||
    condition.verificationStatus?.coding?.some((one) => one.code === 'refuted' || one.code === 'provisional')
  )
    return [];
  return [...new Set((condition.code?.coding ?? []).flatMap((one) => situationsOfCode(one.system, one.code ?? '')))];
}
