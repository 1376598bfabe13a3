import type { DiagnosticReport } from '@medplum/fhirtypes';
import { newId } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import type { ResultsBody, Written } from '../contract.ts';
import { isCritical } from '../contract/results/flags.rules.ts';
import { panelOf } from '../data/panels.ts';
import { concept } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { momentIn, recorderExtension, stamped, subjectOf } from '../write/author.ts';
import { written } from '../write/save.ts';
import { codeOfReport, observationsFor, recentWeight, withComputed } from './build-results.ts';
import { keptValues } from './read-values.ts';
import { basedOn, formOf, mustBeThisPatient, mustSaySomething, numberOf, requestsOf } from './report-source.ts';
import { numberSystem } from './report.rules.ts';
import { settle } from './watch.ts';
import { chosenReader } from './who-acknowledges.ts';

const plainUrl = 'urn:estran:source-text';

/**
 * DOS-11: one laboratory report with its values, all or none.
 * @param printed its units are those of the laboratory's own file
 */
export async function addResults(entered: Entered, body: ResultsBody, printed = false): Promise<Written> {
  mustBeThisPatient(entered, body);
  const at = momentIn(entered, 'at', body.at);
  const kept = keptValues(entered, at, body.values, { confirmed: body.confirmed, printed });
  mustSaySomething(kept, body);
  const requests = await requestsOf(entered, body.requests);
  const reader = await chosenReader(entered, body.reader, requests);
  const computed = withComputed(entered, at, kept, await recentWeight(entered, at));
  const specimen = body.specimen || (panelOf(body.panel ?? '')?.specimen ?? '');
  const sensitive = body.sensitive ?? null;
  const made = observationsFor(entered, kept, computed, body, { at, specimen, sensitive });
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
