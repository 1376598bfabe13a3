import { goneFrom } from '../../access/index.ts';
import { ifThere, type Stored } from '../../fhir/index.ts';
import type { ResultCell, ResultReport, ResultsPage, ResultView, WaitingLine } from '../contract.ts';
import { isCritical, isOutOfRange } from '../contract/results/flags.rules.ts';
import { unitShown } from '../data/lab-units.ts';
import { analyteOf, headingOf, panels, placeOf } from '../data/panels.ts';
import { dayOf, daysBetween, spanLabel } from '../dates.rules.ts';
import { idOf, labelOf, numberLabel } from '../fhir-words.ts';
import { briefsOf } from '../identity/search-patients.ts';
import type { Entered } from '../read/enter.ts';
import { correctionUrl, extensionText } from '../read/labels.ts';
import { flagLabels, valuesOf, worst } from '../read/measures.rules.ts';
import { clinicalDate, emptyReading, lineOf, type Reading, readingAbout, statusOf } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { entryOf } from '../write/save.ts';
import { gatherLab, observationsOf } from './gather.ts';
import {
  acknowledgedBy,
  allNormal,
  anyCritical,
  cameAt,
  computedUrl,
  isLab,
  isWaiting,
  numberSystem,
  patientOf,
  readerOf,
  valuesIn,
} from './report.rules.ts';
import { waitingFor } from './waiting.store.ts';
import { followedBy, mayAcknowledge } from './who-acknowledges.ts';

const columnsAtOnce = 12;

const who = (r: Reading, practitioner: string | null) =>
  practitioner ? r.directory.who(r.caller, { reference: `Practitioner/${practitioner}` }) : null;
interface About {
  r: Reading;
  now: Date;
  may: boolean;
  /** Follows the patient, for what names nobody. */
  followed: string | null;
}
/** A report with its flags and who must acknowledge it. */
function reportOf(
  { r, now, may, followed }: About,
  stored: Stored<'DiagnosticReport'>,
  observations: ReadonlyMap<string, Stored<'Observation'>>,
): ResultReport {
  const report = stored.resource;
  const values = valuesIn(report, observations, r);
  const flag = worst(values.map((value) => value.flag));
  const line = lineOf(r, stored);
  const waiting = isWaiting(report, now);
  const source = report.presentedForm?.find((one) => one.contentType?.startsWith('text/plain') && one.data)?.data;
  const requests = (report.basedOn ?? []).flatMap((one) => idOf(one, 'ServiceRequest') ?? []);
  return {
    ...line,
    label: labelOf(report.code, 'Résultat'),
    biology: isLab(report),
    lab:
      report.performer
        ?.map((one) =>
          one.reference?.startsWith('Practitioner/') ? '' : (r.directory.who(r.caller, one)?.name ?? one.display ?? ''),
        )
        .find(Boolean) ?? '',
    number:
      report.identifier
        ?.find((one) => one.system === numberSystem)
        ?.value?.split('/')
        .slice(1)
        .join('/') ??
      report.identifier?.[0]?.value ??
      '',
    specimen:
      (report.result ?? [])
        .map((one) => observations.get(one.reference ?? ''))
        .map((one) => (one ? one.resource.specimen?.display : undefined))
        .find(Boolean) ?? '',
    comment: report.conclusion ?? '',
    partial: ['preliminary', 'partial', 'registered'].includes(report.status),
    corrected: ['corrected', 'amended', 'appended'].includes(report.status),
    reason: extensionText(report, correctionUrl) ?? null,
    issued: report.issued ?? null,
    flag,
    flagLabel: flagLabels[flag],
    critical: anyCritical(values),
    allNormal: allNormal(report, values),
    acknowledgement: {
      waiting,
      by: who(r, readerOf(report) ?? followed),
      may: may && line.canEdit,
      done: acknowledgedBy(report).flatMap((one) => {
        const by = r.directory.who(r.caller, one.by, one.at);
        return by
          ? [
              {
                who: by,
                at: one.at,
                decision: one.decision,
                inPlaceOf: one.inPlaceOf ? r.directory.who(r.caller, one.inPlaceOf) : null,
              },
            ]
          : [];
      }),
    },
    source: source ? Buffer.from(source, 'base64').toString('utf8') : null,
    requests: requests.map((id) => ({ id, label: 'Prescription' })),
  };
}
const aboutOf = async (entered: Entered): Promise<About> => {
  const followed = followedBy(entered.patient);
  if (followed) await entered.room.directory.learnPeople(entered.store, [followed]);
  return { r: entered.reading, now: entered.now, may: await mayAcknowledge(entered.room, entered.caller), followed };
};

/** The first value of an observation, in its row's unit. */
function cellOf(r: Reading, stored: Stored<'Observation'>, before: string): ResultCell | null {
  const observation = stored.resource;
  const [value] = valuesOf(observation, r);
  if (!value) return null;
  const given = observation.valueQuantity;
  const analyte = analyteOf(value.code);
  return {
    ...value,
    observation: stored.id,
    version: stored.version,
    status: statusOf(stored.resource),
    before,
    computed: extensionText(observation, computedUrl) ?? '',
    given:
      given?.value !== undefined && analyte && given.code && given.code !== analyte.unit
        ? `${numberLabel(given.value, 3)} ${given.unit ?? unitShown(given.code)}`
        : '',
  };
}
/** What stood before a correction, in words. */
async function beforeOf(entered: Entered, stored: Stored<'Observation'>): Promise<string> {
  if (stored.version < 2 || !['corrected', 'amended'].includes(String(stored.resource.status))) return '';
  const old = await ifThere(entered.store.readVersion('Observation', stored.id, String(stored.version - 1)));
  const [value] = old ? valuesOf(old.resource, entered.reading) : [];
  return value ? `${value.text} ${value.unit}`.trim() : '';
}
const keyOf = (r: Reading, stored: Stored<'Observation'>): string => {
  const [value] = valuesOf(stored.resource, r);
  return value ? `${value.code} ${analyteOf(value.code) ? '' : value.unit}`.trim() : '';
};
const trend = (from: number, to: number, decimals: number): 'up' | 'down' | 'steady' =>
  Math.abs(to - from) < 0.5 * 10 ** -decimals ? 'steady' : to > from ? 'up' : 'down';

/** Analytes by dates, newest first; values that came without a report stand in the column of their day. */
export async function resultsPage(entered: Entered, before: string | undefined): Promise<ResultsPage> {
  const { reports, observations, of } = await gatherLab(entered);
  const about = await aboutOf(entered);
  const { r } = about;
  const inReport = new Set(reports.flatMap((one) => (one.resource.result ?? []).map(({ reference }) => reference)));
  const loose = observations.filter((one) => !inReport.has(`Observation/${one.id}`));
  const all = [
    ...reports.map((one) => ({
      key: one.id,
      at: clinicalDate(one.resource),
      report: one as Stored<'DiagnosticReport'> | null,
      values: (one.resource.result ?? []).flatMap(({ reference }) => of.get(reference ?? '') ?? []),
    })),
    ...[...Map.groupBy(loose, (one) => dayOf(clinicalDate(one.resource) ?? one.updated))].map(([day, values]) => ({
      key: `day-${day}`,
      at: clinicalDate(values[0]!.resource) ?? day,
      report: null,
      values,
    })),
  ]
    .filter((one) => one.report || one.values.length > 0)
    .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? '') || a.key.localeCompare(b.key));
  const from = before ? all.findIndex((one) => one.key === before) + 1 : 0;
  const shown = all.slice(from, from + columnsAtOnce);
  const said = new Map<string, string>();
  for (const one of shown.flatMap(({ values }) => values).slice(0, 400))
    if (one.version > 1) said.set(one.id, await beforeOf(entered, one));
  const rows = new Map<string, ResultsPage['rows'][number]>();
  shown.forEach(({ values }, at) => {
    for (const one of values) {
      const cell = cellOf(r, one, said.get(one.id) ?? '');
      if (!cell) continue;
      const key = keyOf(r, one);
      let row = rows.get(key);
      if (!row)
        rows.set(
          key,
          (row = {
            code: cell.code,
            label: cell.label,
            unit: analyteOf(cell.code)?.shown ?? cell.unit,
            heading: headingOf(cell.code),
            reference: cell.reference,
            cells: shown.map(() => null),
          }),
        );
      row.cells[at] ??= cell;
    }
  });
  const sorted = [...rows.values()].sort(
    (a, b) => placeOf(a.code) - placeOf(b.code) || a.label.localeCompare(b.label, 'fr'),
  );
  const codes = new Set(sorted.map(({ code }) => code));
  const older = all.length > from + columnsAtOnce ? shown.at(-1)!.key : null;
  return {
    columns: shown.map((one) => ({ key: one.key, at: one.at, report: one.report && reportOf(about, one.report, of) })),
    rows: sorted,
    older,
    attention: attentionOf(sorted, shown, about),
    panels: panels
      .filter((panel) => panel.codes.some((code) => codes.has(code)))
      .map(({ id, label }) => ({ id, label })),
    canAdd: entered.rights.add.has('results'),
    canAcknowledge: about.may && entered.rights.add.has('results'),
  };
}
/** The last value of each row that is out of range, with what it was; a year back at most. */
function attentionOf(
  rows: ResultsPage['rows'],
  columns: readonly { at: string | null }[],
  { r }: About,
): ResultsPage['attention'] {
  return rows
    .flatMap((row) => {
      const at = row.cells.findIndex((cell) => cell !== null);
      const cell = row.cells[at];
      const day = columns[at]?.at ?? null;
      if (!cell || !isOutOfRange(cell.flag) || !day || daysBetween(dayOf(day), r.today) > 366) return [];
      const earlier = row.cells.findIndex((one, index) => index > at && one !== null && one.value !== null);
      const old = row.cells[earlier];
      const direction =
        !old || old.value === null || cell.value === null
          ? ('none' as const)
          : trend(old.value, cell.value, cell.decimals);
      return [
        {
          code: row.code,
          label: row.label,
          cell,
          at: day,
          direction,
          change:
            old && columns[earlier]?.at
              ? `${old.text} ${spanLabel(daysBetween(dayOf(columns[earlier].at), dayOf(day))).replace(/^en /, 'il y a ')}`
              : '',
        },
      ];
    })
    .sort(
      (a, b) =>
        Number(isCritical(b.cell.flag)) - Number(isCritical(a.cell.flag)) || (b.at ?? '').localeCompare(a.at ?? ''),
    );
}

/** One report, each value with the one before it. */
export async function resultView(entered: Entered, id: string): Promise<ResultView> {
  const stored = await entryOf(entered, 'DiagnosticReport', id);
  const lab = await gatherLab(entered);
  const of = new Map([...lab.of, ...(await observationsOf(entered.store, [stored]))]);
  await entered.room.directory.learn(entered.store, [stored, ...of.values()]);
  const about = await aboutOf(entered);
  const { r } = about;
  const report = stored.resource;
  const at = clinicalDate(stored.resource) ?? stored.updated;
  const earlier = lab.observations.filter((one) => (clinicalDate(one.resource) ?? '') < at);
  const values: ResultView['values'] = [];
  for (const { reference } of report.result ?? []) {
    const one = of.get(reference ?? '');
    const cell =
      one && statusOf(one.resource) !== 'entered-in-error' ? cellOf(r, one, await beforeOf(entered, one)) : null;
    if (!one || !cell) continue;
    const observation = one.resource;
    const key = keyOf(r, one);
    const old = earlier.find((each) => each.id !== one.id && keyOf(r, each) === key);
    const [was] = old ? valuesOf(old.resource, r) : [];
    values.push({
      ...cell,
      low: observation.referenceRange?.[0]?.low?.value ?? null,
      high: observation.referenceRange?.[0]?.high?.value ?? null,
      comparator: observation.valueQuantity?.comparator ?? null,
      ownUnit: observation.valueQuantity?.code ?? observation.valueQuantity?.unit ?? '',
      earlier:
        was && old
          ? {
              text: `${was.text} ${was.unit}`.trim(),
              at: clinicalDate(old.resource)!,
              direction:
                was.value === null || cell.value === null ? 'steady' : trend(was.value, cell.value, cell.decimals),
            }
          : null,
    });
  }
  const view = reportOf(about, stored, of);
  // What asks is of a kind of its own: left out where it is closed to me.
  const requests: ResultView['requests'] = [];
  for (const { id: asked } of view.requests.slice(0, 40)) {
    const request = await ifThere(entered.store.read('ServiceRequest', asked));
    if (request) requests.push({ id: asked, label: labelOf(request.resource.code, 'Prescription') });
  }
  return { ...view, requests, values };
}

/** «À valider»: mine, those of people I stand in for, and those that are nobody's; critical ones first, the oldest of them first. */
export async function waitingResults(
  room: Room,
  caller: PersonCaller,
  most = 60,
): Promise<{ lines: WaitingLine[]; more: boolean; canAcknowledge: boolean }> {
  const may = await mayAcknowledge(room, caller);
  if (!may) return { lines: [], more: false, canAcknowledge: false };
  const store = room.fhirFor(caller);
  const now = room.now();
  const readers = [
    caller.practitioner,
    ...(await room.db.tenant(caller.tenant, (sql) => room.standsFor(sql, caller.tenant, caller.practitioner))),
  ];
  const rows = await room.db.tenant(caller.tenant, async (sql) =>
    waitingFor(sql, caller.tenant, caller.practitioner, readers, await goneFrom(sql, caller.tenant), most + 1),
  );
  const found =
    rows.length === 0
      ? []
      : (
          await store.search('DiagnosticReport', [
            ['_id', rows.map(({ id }) => id).join(',')],
            ['_count', String(most + 1)],
          ])
        ).resources;
  const observations = await observationsOf(store, found);
  await room.directory.learn(store, [...found, ...observations.values()]);
  await room.directory.learnPeople(store, readers);
  // Of the report as it stands: two records may have become one since it began to wait.
  const subjects = new Map(found.map((one) => [one.id, patientOf(one.resource) ?? '']));
  const briefs = await briefsOf(store, [...new Set(subjects.values())], now);
  const byId = new Map(found.map((one) => [one.id, one]));
  const nobody = emptyReading(room.directory, caller, dayOf(now.toISOString()));
  const lines = rows.slice(0, most).flatMap((row): WaitingLine[] => {
    const stored = byId.get(row.id);
    const patient = briefs.get(subjects.get(row.id) ?? '');
    // Out of the care team, or opposed: the line is not mine to see.
    if (!stored || !patient) return [];
    const r: Reading = { ...readingAbout(nobody, patient), add: new Set(['results']) };
    const report = stored.resource;
    const line = reportOf({ r, now, may, followed: row.reader }, stored, observations);
    if (!line.acknowledgement.waiting) return [];
    return [
      {
        ...line,
        source: null,
        patient,
        values: valuesIn(report, observations, r),
        inPlaceOf: row.reader && row.reader !== caller.practitioner ? who(r, row.reader) : null,
        hours: Math.max(
          0,
          Math.floor((now.getTime() - new Date(cameAt(report) ?? stored.updated).getTime()) / 3_600_000),
        ),
        escalated: row.task !== null,
      },
    ];
  });
  lines.sort(
    (a, b) =>
      Number(b.critical) - Number(a.critical) ||
      (a.critical
        ? b.hours - a.hours
        : Number(isOutOfRange(b.flag)) - Number(isOutOfRange(a.flag)) || a.hours - b.hours),
  );
  return { lines, more: rows.length > most, canAcknowledge: may };
}
