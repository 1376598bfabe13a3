import type { DiagnosticReport, Observation } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/index.ts';
import { notFound, Problem } from '../../platform/index.ts';
import type { resultsCorrection, Written } from '../contract.ts';
import { isCritical } from '../contract/results/flags.rules.ts';
import { firstCode, sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { readUrl } from '../read/labels.ts';
import { statusOf } from '../read/reading.ts';
import { momentIn, stamped } from '../write/author.ts';
import { entryOf, replace, written } from '../write/save.ts';
import { codeOfReport, observationsFor, recentWeight, titleOf, withComputed } from './build-results.ts';
import { observationsOf } from './gather.ts';
import { type Kept, keptValues } from './read-values.ts';
import { basedOn, formOf, mustBeThisPatient, mustSaySomething, numberOf, requestsOf } from './report-source.ts';
import { computedUrl, numberSystem, readerOf } from './report.rules.ts';
import { waitingOf } from './waiting.store.ts';
import { settle } from './watch.ts';
import { chosenReader } from './who-acknowledges.ts';

type Correction = ReturnType<typeof resultsCorrection.parse>;
type Value = Stored<'Observation'>;

/**
 * Another version of a report: completed, or corrected. What stood stays readable in the versions, and it must be acknowledged anew.
 * @param printed its units are those of the laboratory's own file
 */
export async function correctResults(
  entered: Entered,
  id: string,
  body: Correction,
  printed = false,
): Promise<Written> {
  mustBeThisPatient(entered, body);
  const stored = await entryOf(entered, 'DiagnosticReport', id);
  const base = stored.resource;
  mustBeCorrectable(base);
  const at = body.at ? momentIn(entered, 'at', body.at) : (base.effectiveDateTime ?? entered.now.toISOString());
  const kept = keptValues(entered, at, body.values, { confirmed: body.confirmed, printed });
  mustSaySomething(kept, body);
  const requests = await requestsOf(entered, body.requests);
  const reader = body.reader ? await chosenReader(entered, body.reader, requests) : readerOf(base);
  const computed = withComputed(entered, at, kept, await recentWeight(entered, at));
  const standing = await standingValues(entered, stored, kept);
  const { baseOf, taken } = takingPlaces(standing);
  const { sensitive, reason } = body;
  const made = observationsFor(
    entered,
    kept,
    computed,
    body,
    { at, specimen: body.specimen, sensitive: sensitive === undefined ? sensitivityOf(base) : sensitive },
    { baseOf, sensitive, reason },
  );
  const changed = made.filter((one) => saysOtherThan(one, taken.get(one.id!)?.resource));
  const gone = standing.filter((one) => !taken.has(one.id));
  const next: DiagnosticReport = {
    ...base,
    status: statusAfter(base, body, {
      corrected: gone.some((one) => !isComputed(one)) || changed.some((one) => taken.has(one.id!)),
    }),
    code: body.title || body.panel ? codeOfReport({ title: body.title, panel: body.panel }) : base.code,
    effectiveDateTime: at,
    issued: entered.now.toISOString(),
    extension: (base.extension ?? []).filter(({ url }) => url !== readUrl),
    ...(body.lab && { performer: [{ display: body.lab }] }),
    ...(body.number && { identifier: [{ system: numberSystem, value: numberOf(body) }] }),
    ...(requests.length > 0 && { basedOn: basedOn(requests) }),
    resultsInterpreter: reader ? [{ reference: `Practitioner/${reader}` }] : base.resultsInterpreter,
    result: made.map((one) => ({ reference: `Observation/${one.id}`, display: one.code.text ?? titleOf(body) })),
    conclusion: body.comment || undefined,
    presentedForm: formOf(body.source) ?? base.presentedForm,
  };
  const lines = await entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const version = stamped(within, next, { base, reason, ...(sensitive !== undefined && { sensitive }) });
    const report = await replace(within, stored, body.version, { ...version, id }, reason);
    const values = await keepValues(within, { changed, gone, taken, reason });
    await store.sql(async (sql) => {
      const [row] = await waitingOf(sql, entered.caller.tenant, [id]);
      if (row)
        await settle(
          entered.room,
          sql,
          entered.caller.tenant,
          { ...row, told: null },
          [...kept, ...computed].some(({ flag }) => isCritical(flag)),
          entered.caller.practitioner,
        );
    });
    return [report, ...values];
  });
  return written(entered, lines);
}

function mustBeCorrectable(base: DiagnosticReport): void {
  if (statusOf(base) === 'entered-in-error')
    throw new Problem(
      409,
      'Saisi par erreur',
      'Ce résultat a été marqué comme saisi par erreur : il ne se corrige plus. Ajoutez-en un nouveau.',
      { extra: { code: 'entered-in-error' } },
    );
  if (firstCode(base.category?.[0]) !== 'LAB')
    throw new Problem(
      422,
      'Impossible ici',
      'Seuls les résultats de biologie se corrigent ainsi. Rien n’a été modifié.',
    );
}
/** The report's values that stand; 404 when one that is to be corrected is not among them. */
async function standingValues(
  entered: Entered,
  report: Stored<'DiagnosticReport'>,
  kept: readonly Kept[],
): Promise<Value[]> {
  const before = await observationsOf(entered.store, [report]);
  const standing = [...before.values()].filter((one) => statusOf(one.resource) !== 'entered-in-error');
  for (const { given } of kept)
    if (given.observation && !standing.some((one) => one.id === given.observation))
      throw notFound('Une des valeurs corrigées');
  return standing;
}
/** Which value takes the place of which: the one it names, else the first one left of its analyte. `taken` by id. */
function takingPlaces(standing: readonly Value[]) {
  const taken = new Map<string, Value>();
  const baseOf = (one: Kept): Observation | undefined => {
    const found = one.given.observation
      ? standing.find(({ id }) => id === one.given.observation)
      : standing.find(
          (each) =>
            !taken.has(each.id) &&
            one.analyte &&
            firstCode(each.resource.code) === one.analyte.code &&
            Boolean(one.computed) === isComputed(each),
        );
    if (!found || taken.has(found.id)) return undefined;
    taken.set(found.id, found);
    return found.resource;
  };
  return { baseOf, taken };
}
/** A partial report is completed, a whole one corrected or added to. */
function statusAfter(
  base: DiagnosticReport,
  body: Correction,
  { corrected }: { corrected: boolean },
): DiagnosticReport['status'] {
  const wasPartial = base.status === 'preliminary' || base.status === 'partial';
  if (body.status === 'preliminary') return wasPartial ? 'preliminary' : 'corrected';
  if (wasPartial) return 'final';
  return corrected ? 'corrected' : 'appended';
}
/** Values changed or added, those gone as entered in error. Errors: 409 when another changed one of them in between. */
async function keepValues(
  entered: Entered,
  values: {
    changed: readonly Observation[];
    gone: readonly Value[];
    taken: ReadonlyMap<string, Value>;
    reason: string;
  },
): Promise<Stored[]> {
  const { changed, gone, taken, reason } = values;
  const kept: Stored[] = [];
  for (const one of changed) {
    const before = taken.get(one.id!);
    kept.push(before ? await replace(entered, before, before.version, one, reason) : await entered.store.create(one));
  }
  for (const one of gone) {
    const left = stamped(
      entered,
      { ...one.resource, status: 'entered-in-error' as const },
      { base: one.resource, reason },
    );
    await replace(entered, one, one.version, { ...left, id: one.id }, reason);
  }
  return kept;
}

const isComputed = (one: Value): boolean => (one.resource.extension ?? []).some(({ url }) => url === computedUrl);
/** What is written says something else than what stands. */
function saysOtherThan(one: Observation, before: Observation | undefined): boolean {
  if (!before) return true;
  const said = ({
    valueQuantity,
    valueString,
    referenceRange,
    interpretation,
    effectiveDateTime,
    code,
    status,
  }: Observation) =>
    JSON.stringify([
      valueQuantity?.value,
      valueQuantity?.code ?? valueQuantity?.unit,
      valueQuantity?.comparator,
      valueString,
      referenceRange?.map(({ low, high }) => [low?.value, high?.value]),
      interpretation?.[0]?.coding?.[0]?.code,
      effectiveDateTime,
      code.text,
      status === 'preliminary',
    ]);
  return said(one) !== said(before) || sensitivityOf(one) !== sensitivityOf(before);
}
