import type { z } from 'zod';
import type { Stored } from '../../fhir/index.ts';
import type {
  alertLine,
  allergies,
  allergyLine,
  documentLine,
  MeasureLine,
  problemLine,
  resultLine,
} from '../contract.ts';
import { aldLabel, alertKindOf } from '../data/choices.ts';
import { measureOf } from '../data/measures.ts';
import { dateLabel, dayOf, daysBetween, spanLabel } from '../dates.rules.ts';
import { anyone, awaitedOf, marksOf } from '../documents/readers.rules.ts';
import { codedOf, firstCode, labelOf, numberLabel } from '../fhir-words.ts';
import * as say from './labels.ts';
import {
  curveInText,
  curveOf,
  displayOf,
  flagLabels,
  pointInText,
  pointOf,
  valuesOf,
  worst,
} from './measures.rules.ts';
import { isLetter } from '../letters/letter.rules.ts';
import { lineOf, type Reading } from './reading.ts';

const notesOf = (resource: { note?: { text?: string }[] }): string | null =>
  (resource.note ?? [])
    .map((note) => note.text)
    .filter(Boolean)
    .join('\n') || null;

export function problemOf(r: Reading, stored: Stored<'Condition'>, linked = 0): z.infer<typeof problemLine> {
  const condition = stored.resource;
  const state = say.conditionState(condition);
  const ald = say.aldOf(condition);
  const onset = condition.onsetDateTime ?? condition.onsetPeriod?.start ?? null;
  return {
    ...lineOf(r, stored),
    label: labelOf(condition.code, 'Problème'),
    code: codedOf(condition.code),
    state: state.code,
    stateLabel: state.label,
    certainty: say.certaintyOf(condition),
    onset,
    onsetLabel: onset ? `depuis ${dateLabel(onset)}` : (condition.onsetString ?? ''),
    resolved: condition.abatementDateTime ?? null,
    ald: ald && { ...ald, running: !ald.until || ald.until.slice(0, 10) >= r.today, label: aldLabel(ald.number) },
    note: notesOf(condition),
    linked,
  };
}

function allergyOf(r: Reading, stored: Stored<'AllergyIntolerance'>): z.infer<typeof allergyLine> {
  const allergy = stored.resource;
  const state = say.allergyState(allergy);
  const criticality = say.criticalityOf(allergy);
  return {
    ...lineOf(r, stored),
    label: labelOf(allergy.code, 'Allergie'),
    code: codedOf(allergy.code),
    category: allergy.category?.[0] ?? null,
    categoryLabel: say.allergyCategoryLabel(allergy.category?.[0]),
    criticality,
    criticalityLabel: say.criticalityLabels[criticality],
    kindOfReaction: allergy.type ?? 'unknown',
    state: state.code,
    stateLabel: state.label,
    reaction: say.reactionOf(allergy) || null,
    onset: allergy.onsetDateTime ?? null,
    note: notesOf(allergy),
  };
}
/** DOS-3: «none known», «not asked» and a list are three states. A listed allergy wins over an older «none known». */
export function allergiesOf(r: Reading, stored: readonly Stored<'AllergyIntolerance'>[]): z.infer<typeof allergies> {
  const valid = stored
    .map((one) => ({ one, line: lineOf(r, one), allergy: one.resource }))
    .filter(
      ({ line, allergy }) => line.status !== 'entered-in-error' && firstCode(allergy.verificationStatus) !== 'refuted',
    );
  const lines = valid.filter(({ allergy }) => !say.isNoneKnown(allergy)).map(({ one }) => allergyOf(r, one));
  const active = lines.filter((line) => line.state === 'active');
  const none = valid.find(({ allergy }) => say.isNoneKnown(allergy) && say.allergyState(allergy).code === 'active');
  const state = active.length > 0 ? 'listed' : none ? 'none-known' : lines.length > 0 ? 'listed' : 'not-asked';
  const by = active[0] ?? none?.line ?? null;
  return {
    state,
    stateLabel: {
      listed:
        active.length > 1
          ? `${active.length} allergies`
          : active.length === 1
            ? '1 allergie'
            : 'Aucune allergie active',
      'none-known': 'Aucune allergie connue',
      'not-asked': 'Allergies : non renseigné',
    }[state],
    lines,
    statedBy: state === 'none-known' ? (none?.line.who ?? null) : (by?.who ?? null),
    statedOn: state === 'none-known' ? (none?.line.at ?? null) : (by?.at ?? null),
    statement: none ? { id: none.one.id, version: none.one.version } : null,
  };
}

/** What a summary or a letter says of them: those that are active; when none is, those that were, which is not «not asked». */
export const toldAllergies = ({
  lines,
}: z.infer<typeof allergies>): { line: z.infer<typeof allergyLine>; former: string }[] => {
  const active = lines.filter(({ state }) => state === 'active');
  return (active.length > 0 ? active : lines).map((line) => ({
    line,
    former: line.state === 'active' ? '' : line.stateLabel.toLowerCase(),
  }));
};

/** Last value and trend of each measure, the catalogue's order first. Newest observations come first. */
export function measuresOf(r: Reading, stored: readonly Stored<'Observation'>[]): MeasureLine[] {
  const byCode = new Map<string, Stored<'Observation'>[]>();
  for (const one of stored) {
    let code = curveInText(one.text);
    if (code === undefined) {
      const observation = one.resource;
      if (observation.status === 'entered-in-error' || observation.status === 'cancelled') continue;
      code = curveOf(observation);
    }
    const group = byCode.get(code);
    if (group) group.push(one);
    else byCode.set(code, [one]);
  }
  const lines: MeasureLine[] = [];
  for (const [code, all] of byCode) {
    const newest = all[0]!.resource;
    const values = valuesOf(newest, r);
    const lead = values.find((value) => value.value !== null);
    if (!lead) continue;
    const line = lineOf(r, all[0]!);
    const points: { at: string; value: number }[] = [];
    for (const one of all.slice(0, 12)) {
      const point = pointInText(one.text, lead.code) ?? pointOf(one.resource, lead.code);
      if (point) points.unshift(point);
    }
    const before = points.at(-2);
    const delta = before && lead.value !== null ? lead.value - before.value : 0;
    const flag = worst(values.map((value) => value.flag));
    const measure = measureOf(code);
    const steady = Math.abs(delta) < 0.5 * 10 ** -lead.decimals;
    lines.push({
      ...line,
      code,
      label: measure?.label ?? labelOf(newest.code, code),
      group: measure?.group ?? 'laboratory',
      values,
      display: displayOf(values),
      flag,
      flagLabel: flagLabels[flag],
      reference: values
        .map((value) => value.reference)
        .filter(Boolean)
        .join(' / '),
      trend: points,
      direction: !before ? 'none' : steady ? 'steady' : delta > 0 ? 'up' : 'down',
      change:
        before && line.at
          ? steady
            ? `stable ${spanLabel(daysBetween(dayOf(before.at), dayOf(line.at)))}`
            : `${delta > 0 ? '+' : '−'} ${numberLabel(Math.abs(delta), lead.decimals)} ${lead.unit ? `${lead.unit} ` : ''}${spanLabel(daysBetween(dayOf(before.at), dayOf(line.at)))}`
          : '',
      count: all.length,
    });
  }
  const order = (code: string): number =>
    catalogueOrder.includes(code) ? catalogueOrder.indexOf(code) : measureOf(code) ? 500 : 1000;
  return lines.sort((a, b) => order(a.code) - order(b.code) || french.compare(a.label, b.label));
}
const french = new Intl.Collator('fr');
const catalogueOrder = [
  '85354-9',
  '8867-4',
  '29463-7',
  '8302-2',
  '39156-5',
  '9843-4',
  '8310-5',
  '2708-6',
  '9279-1',
  '41653-7',
  '4548-4',
  '72514-3',
  '33452-4',
  '8280-0',
  '14682-9',
  '62238-1',
  '2089-1',
  '6301-6',
];

export function resultOf(
  r: Reading,
  stored: Stored<'DiagnosticReport'>,
  observations: ReadonlyMap<string, Stored<'Observation'>>,
): z.infer<typeof resultLine> {
  const report = stored.resource;
  const values = (report.result ?? []).flatMap((reference) => {
    const one = observations.get(reference.reference ?? '');
    return one ? valuesOf(one.resource, r) : [];
  });
  const flag = worst(values.map((value) => value.flag));
  const read = say.readingOf(report);
  const line = lineOf(r, stored);
  return {
    ...line,
    label: labelOf(report.code, 'Résultat'),
    category: say.categoryOfReport(report),
    conclusion: report.conclusion ?? null,
    values,
    flag,
    flagLabel: flagLabels[flag],
    readBy: r.directory.who(r.caller, read?.by),
    readOn: read?.at ?? null,
    toRead: !read && line.status !== 'entered-in-error' && isRecent(line.at, r.today),
  };
}
/** A result that nobody acknowledged long ago came with a take-over: it is not waiting for anyone. */
const isRecent = (at: string | null, today: string): boolean => at !== null && daysBetween(dayOf(at), today) <= 60;

export function documentOf(r: Reading, stored: Stored<'DocumentReference'>): z.infer<typeof documentLine> {
  const document = stored.resource;
  const attachment = document.content?.[0]?.attachment;
  const contentType = (attachment?.contentType ?? '').split(';')[0]!.trim();
  const read = say.readingOf(document);
  const awaited = awaitedOf(document);
  return {
    ...lineOf(r, stored),
    title: say.documentTitle(document),
    documentType: codedOf(document.type, 'Document'),
    contentType,
    size: attachment?.size ?? null,
    contentUrl:
      attachment?.url || attachment?.data ? `/api/patients/${r.patient}/documents/${stored.id}/content` : null,
    letter: isLetter(stored.resource),
    previewable: ['application/pdf', 'image/png', 'image/jpeg', 'image/tiff', 'text/plain'].includes(contentType),
    readBy: r.directory.who(r.caller, read?.by),
    readOn: read?.at ?? null,
    toRead: awaited.length > 0,
    note: say.extensionText(document, say.noteUrl) ?? null,
    author:
      document.author
        ?.map((one) => one.display)
        .filter(Boolean)
        .join(', ') || null,
    replaced: document.status === 'superseded',
    marks: marksOf(document).flatMap(({ by, at, signed, comment, stoodIn }) => {
      const who = r.directory.who(r.caller, by, at);
      return who ? [{ who, at, signed, comment, stoodIn: r.directory.who(r.caller, stoodIn) }] : [];
    }),
    awaited: awaited.map(({ reader, sign, words }) => ({
      who: reader === anyone ? null : r.directory.who(r.caller, { reference: `Practitioner/${reader}` }),
      sign,
      words,
    })),
  };
}

export function alertOf(r: Reading, stored: Stored<'Flag'>): z.infer<typeof alertLine> {
  const flag = stored.resource;
  const category = firstCode(flag.category?.[0]) ?? 'clinical';
  return {
    ...lineOf(r, stored),
    label: labelOf(flag.code),
    category,
    categoryLabel: alertKindOf(category) === 'Autre' ? labelOf(flag.category?.[0], 'Alerte') : alertKindOf(category),
    severity: say.severityOf(flag),
    until: flag.period?.end ?? null,
  };
}
