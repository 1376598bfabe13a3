import type { DiagnosticReport, Observation, ServiceRequest } from '@medplum/fhirtypes';
import { newId, type Stored } from '../../fhir/index.ts';
import { invalid, notFound, Problem } from '../../platform/index.ts';
import type { ResultsBody, resultsCorrection, Written } from '../contract.ts';
import { isCritical } from '../contract/results/flags.rules.ts';
import { readLabText, unlike } from '../contract/results/read-hprim.rules.ts';
import { panelOf } from '../data/panels.ts';
import { concept, firstCode, idOf } from '../fhir-words.ts';
import { birthGivensOf, namesOf } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import { readUrl } from '../read/labels.ts';
import { statusOf } from '../read/reading.ts';
import { momentIn, recorderExtension, stamped, subjectOf } from '../write/author.ts';
import { entryOf, replace, written } from '../write/save.ts';
import {
  codeOfReport,
  type Kept,
  keptValues,
  observationFor,
  recentWeight,
  titleOf,
  withComputed,
} from './build-results.ts';
import { observationsOf } from './gather.ts';
import { computedUrl, numberSystem, readerOf } from './report.rules.ts';
import { settle } from './watch.ts';
import { waitingOf } from './waiting.store.ts';
import { acknowledgers, readerFor } from './who-acknowledges.ts';

const plainUrl = 'urn:estran:source-text';
type Correction = ReturnType<typeof resultsCorrection.parse>;

/** A source that names another patient is refused, unless whoever writes says that it is this one. */
function mustBeThisPatient(entered: Entered, { source, samePatient }: ResultsBody): void {
  if (!source || samePatient) return;
  const { birth, used } = namesOf(entered.patient);
  const names = [birth?.family, used?.family].filter((one) => one !== undefined);
  const differs = unlike(readLabText(source).traits, {
    names,
    givens: [birthGivensOf(birth), ...(birth?.given ?? []), ...(used?.given ?? [])].filter(Boolean),
    birthDate: entered.patient.birthDate ?? null,
    sex: entered.patient.gender ?? 'unknown',
  });
  if (differs.length > 0)
    throw new Problem(
      422,
      'Autre patient ?',
      `Ce compte rendu ne semble pas être celui de ce patient : ${differs.join(', ')} diffère${differs.length > 1 ? 'nt' : ''}. Rien n’a été enregistré : ouvrez le bon dossier, ou confirmez.`,
      { extra: { code: 'other-patient', differs } },
    );
}
/** The requests it answers, of this very patient. */
async function requestsOf(entered: Entered, ids: readonly string[]): Promise<ServiceRequest[]> {
  const found: ServiceRequest[] = [];
  for (const id of new Set(ids)) found.push((await entryOf(entered, 'ServiceRequest', id)).resource);
  return found;
}
const basedOn = (requests: readonly ServiceRequest[]): DiagnosticReport['basedOn'] =>
  requests.length > 0 ? requests.map((one) => ({ reference: `ServiceRequest/${one.id}` })) : undefined;
async function chosenReader(
  entered: Entered,
  chosen: string | null | undefined,
  requests: readonly ServiceRequest[],
): Promise<string | null> {
  if (!chosen)
    return readerFor(
      entered,
      requests.map((one) => idOf(one.requester, 'Practitioner')).find((id) => id !== undefined) ?? null,
    );
  if (!(await entered.store.sql((sql) => acknowledgers(sql, entered.caller.tenant))).has(chosen))
    throw invalid('Cette personne ne valide pas de résultats dans cette structure. Rien n’a été enregistré.', {
      reader: 'Choisissez une personne de la liste.',
    });
  return chosen;
}
const must = (kept: readonly Kept[], body: ResultsBody): void => {
  if (kept.length === 0 && !body.comment)
    throw invalid('Saisissez au moins une valeur ou le commentaire du laboratoire. Rien n’a été enregistré.', {
      values: 'Saisissez au moins une valeur.',
    });
  if (body.panel && !panelOf(body.panel))
    throw invalid('Ce bilan n’est pas dans la liste. Rien n’a été enregistré.', {
      panel: 'Choisissez un bilan de la liste.',
    });
};

interface Shared {
  at: string;
  specimen: string;
  sensitive: ResultsBody['sensitive'];
}
/** Values, then what is worked out from them, which points to them. */
function observations(
  entered: Entered,
  kept: readonly Kept[],
  computed: readonly Kept[],
  body: ResultsBody,
  { at, specimen, sensitive }: Shared,
  baseOf: (one: Kept) => Observation | undefined,
  reason?: string,
): Observation[] {
  const ids = new Map<string, string>();
  const build = (one: Kept) => {
    const base = baseOf(one);
    const made = observationFor(entered, one, {
      at,
      lab: body.lab,
      specimen,
      preliminary: body.status === 'preliminary',
      sensitive,
      ids,
      ...(base && { base }),
      ...(reason && { reason }),
    });
    if (one.analyte) ids.set(one.analyte.code, made.id!);
    return made;
  };
  return [...kept.map(build), ...computed.map(build)];
}

/**
 * DOS-11: one laboratory report with its values, all or none.
 * @param printed its units are those of the laboratory's own file
 */
export async function addResults(entered: Entered, body: ResultsBody, printed = false): Promise<Written> {
  mustBeThisPatient(entered, body);
  const at = momentIn(entered, 'at', body.at);
  const kept = keptValues(entered, at, body.values, { confirmed: body.confirmed, printed });
  must(kept, body);
  const requests = await requestsOf(entered, body.requests);
  const reader = await chosenReader(entered, body.reader, requests);
  const computed = withComputed(entered, at, kept, await recentWeight(entered, at));
  const specimen = body.specimen || (panelOf(body.panel ?? '')?.specimen ?? '');
  const sensitive = body.sensitive ?? null;
  const made = observations(entered, kept, computed, body, { at, specimen, sensitive }, () => undefined);
  const report: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    id: newId(),
    extension: [
      recorderExtension(entered),
      ...(body.samePatient && body.source
        ? [{ url: plainUrl, valueString: 'identité confirmée par qui a enregistré' }]
        : []),
    ],
    identifier: body.number ? [{ system: numberSystem, value: numberOf(body) }] : undefined,
    basedOn: basedOn(requests),
    status: body.status === 'preliminary' ? 'preliminary' : 'final',
    category: [{ ...concept('v2-0074', 'LAB', 'Biologie') }],
    code: codeOfReport(body),
    subject: subjectOf(entered),
    effectiveDateTime: at,
    issued: entered.now.toISOString(),
    performer: body.lab ? [{ display: body.lab }] : undefined,
    resultsInterpreter: reader ? [{ reference: `Practitioner/${reader}` }] : undefined,
    result: made.map((one) => ({
      reference: `Observation/${one.id}`,
      display: one.code.text!,
    })),
    conclusion: body.comment || undefined,
    presentedForm: formOf(body.source),
  };
  const number = body.number
    ? `identifier=${encodeURIComponent(`${numberSystem}|${numberOf(body)}`)}&subject=Patient/${entered.patientId}&status=preliminary,final,corrected,amended,appended`
    : null;
  const stored = await entered.store.transaction(async (store) => {
    const first = await store.create(stamped(entered, report, { sensitive }), number ? { ifNoneExist: number } : {});
    if (!first.created)
      throw new Problem(
        409,
        'Déjà au dossier',
        `Le compte rendu ${body.number} de ce laboratoire est déjà au dossier. Rien n’a été enregistré : enregistrez-le comme nouvelle version, l’ancienne restera lisible.`,
        { extra: { code: 'already-here', report: first.id, version: first.version } },
      );
    const values = made.length > 0 ? await store.createMany(made) : [];
    await store.sql((sql) =>
      settle(
        entered.room,
        sql,
        entered.caller.tenant,
        { id: first.id, patient: entered.patientId, reader, told: null },
        [...kept, ...computed].some(({ flag }) => isCritical(flag)),
        entered.caller.practitioner,
      ),
    );
    return [first, ...values];
  });
  return written(entered, stored);
}
export const numberOf = ({ lab, number }: Pick<ResultsBody, 'lab' | 'number'>): string =>
  `${lab.toLowerCase().replace(/\s+/g, ' ')}/${number}`.slice(0, 200);
/** The text it came as, whole. */
const formOf = (source: string | null | undefined): DiagnosticReport['presentedForm'] =>
  source
    ? [
        {
          contentType: 'text/plain;charset=utf-8',
          data: Buffer.from(source, 'utf8').toString('base64'),
          title: 'Texte reçu',
        },
      ]
    : undefined;

/** Another version of a report: completed, or corrected. What stood stays readable in the versions, and it must be acknowledged anew. */
export async function correctResults(
  entered: Entered,
  id: string,
  body: Correction,
  printed = false,
): Promise<Written> {
  mustBeThisPatient(entered, body);
  const stored = await entryOf(entered, 'DiagnosticReport', id);
  const base = stored.resource;
  if (statusOf(stored.resource) === 'entered-in-error')
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
  const at = body.at ? momentIn(entered, 'at', body.at) : (base.effectiveDateTime ?? entered.now.toISOString());
  const kept = keptValues(entered, at, body.values, { confirmed: body.confirmed, printed });
  must(kept, body);
  const requests = await requestsOf(entered, body.requests);
  const reader = body.reader ? await chosenReader(entered, body.reader, requests) : readerOf(base);
  const computed = withComputed(entered, at, kept, await recentWeight(entered, at));
  const before = await observationsOf(entered.store, [stored]);
  const standing = [...before.values()].filter((one) => statusOf(one.resource) !== 'entered-in-error');
  for (const { given } of kept)
    if (given.observation && !standing.some((one) => one.id === given.observation))
      throw notFound('Une des valeurs corrigées');
  const taken = new Set<string>();
  const baseOf = (one: Kept): Observation | undefined => {
    const found = one.given.observation
      ? standing.find(({ id: each }) => each === one.given.observation)
      : standing.find(
          (each) =>
            !taken.has(each.id) &&
            one.analyte &&
            firstCode(each.resource.code) === one.analyte.code &&
            Boolean(one.computed) === isComputed(each),
        );
    if (!found || taken.has(found.id)) return undefined;
    taken.add(found.id);
    return found.resource;
  };
  const sensitive = body.sensitive;
  const made = observations(
    entered,
    kept,
    computed,
    body,
    { at, specimen: body.specimen, sensitive },
    baseOf,
    body.reason,
  );
  const changed = made.filter((one) => saysOtherThan(one, standing.find((each) => each.id === one.id)?.resource));
  const gone = standing.filter((one) => !taken.has(one.id));
  const wasPartial = base.status === 'preliminary' || base.status === 'partial';
  const corrected = gone.some((one) => !isComputed(one)) || changed.some((one) => taken.has(one.id!));
  const status: DiagnosticReport['status'] =
    body.status === 'preliminary'
      ? wasPartial
        ? 'preliminary'
        : 'corrected'
      : wasPartial
        ? 'final'
        : corrected
          ? 'corrected'
          : 'appended';
  const next: DiagnosticReport = {
    ...base,
    status,
    code: body.title || body.panel ? codeOfReport({ title: body.title, panel: body.panel }) : base.code,
    effectiveDateTime: at,
    issued: entered.now.toISOString(),
    extension: (base.extension ?? []).filter(({ url }) => url !== readUrl),
    ...(body.lab && { performer: [{ display: body.lab }] }),
    ...(body.number && { identifier: [{ system: numberSystem, value: numberOf(body) }] }),
    ...(requests.length > 0 && { basedOn: basedOn(requests) }),
    resultsInterpreter: reader ? [{ reference: `Practitioner/${reader}` }] : base.resultsInterpreter,
    result: made.map((one) => ({
      reference: `Observation/${one.id}`,
      display: one.code.text ?? titleOf(body),
    })),
    conclusion: body.comment || undefined,
    presentedForm: formOf(body.source) ?? base.presentedForm,
  };
  const lines = await entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const report = await replace(
      within,
      stored,
      body.version,
      {
        ...stamped(within, next, {
          base: stored.resource,
          reason: body.reason,
          ...(sensitive !== undefined && { sensitive: sensitive ?? null }),
        }),
        id,
      },
      body.reason,
    );
    const values: Stored<'Observation'>[] = [];
    for (const one of changed)
      values.push(taken.has(one.id!) ? await store.update(one, { reason: body.reason }) : await store.create(one));
    for (const one of gone)
      await store.update(
        {
          ...stamped(
            within,
            { ...one.resource, status: 'entered-in-error' },
            { base: one.resource, reason: body.reason },
          ),
          id: one.id,
        },
        { reason: body.reason },
      );
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
const isComputed = (one: Stored<'Observation'>): boolean =>
  (one.resource.extension ?? []).some(({ url }) => url === computedUrl);
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
  return said(one) !== said(before);
}
