import type { DiagnosticReport, Reference } from '@medplum/fhirtypes';
import type { FhirStore } from '../../fhir/index.ts';
import { idOf } from '../fhir-words.ts';
import { ended, isCancelled } from './line.rules.ts';
import { prescriptionsOnly, saidOf, withSaid } from './task.rules.ts';

/** On the word «résultat reçu»: the report that said it. */
const told = new Set(['final', 'amended', 'corrected', 'appended']);
const reportUrl = 'urn:estran:report';
const sourceOf = (by: Reference): string | undefined =>
  by.extension?.find(({ url }) => url === reportUrl)?.valueReference?.reference;

/**
 * A result that names the request it answers (`basedOn`) closes it, whoever writes it and wherever it comes from; one that is taken back opens it again. In the transaction of the report.
 * @param house the store of the house: a laboratory's message has no person behind it
 */
export async function resultReceived(
  house: FhirStore,
  id: string,
  report: DiagnosticReport | null,
  now: Date,
): Promise<void> {
  const asked = (report?.basedOn ?? []).flatMap((one) => idOf(one, 'ServiceRequest') ?? []);
  if (!report || asked.length === 0) return;
  const ref = `DiagnosticReport/${id}`;
  for (const request of asked.slice(0, 50)) {
    const { resources } = await house.search('Task', [
      ['focus', `ServiceRequest/${request}`],
      ['_count', '5'],
    ]);
    for (const stored of prescriptionsOnly(resources)) {
      const task = stored.resource;
      if (task.for?.reference !== report.subject?.reference || task.status === 'cancelled') continue;
      const said = saidOf(task);
      const known = said.some(({ act, by }) => act === 'result' && sourceOf(by) === ref);
      const arrived = told.has(report.status);
      if (arrived === known || (arrived && said.some(({ act }) => act === 'result'))) continue;
      const at = report.issued ?? report.effectiveDateTime ?? now.toISOString();
      const by: Reference = {
        ...(report.performer?.[0] ?? { display: 'Résultat' }),
        extension: [
          ...(report.performer?.[0]?.extension ?? []),
          { url: reportUrl, valueReference: { reference: ref } },
        ],
      };
      const next = arrived
        ? [...said, { act: 'result' as const, at: at.length > 10 ? at : `${at}T12:00:00Z`, by }]
        : said.filter(({ by: whose }) => sourceOf(whose) !== ref);
      await house.update(withSaid(task, next, stored.updated), {
        ifMatch: `W/"${stored.version}"`,
        reason: arrived ? 'résultat reçu' : 'résultat retiré',
      });
      const line = await house.read('ServiceRequest', request);
      if (!isCancelled(line.resource))
        await house.update(ended(line.resource, arrived ? 'completed' : 'active'), {
          ifMatch: `W/"${line.version}"`,
          reason: arrived ? 'résultat reçu' : 'résultat retiré',
        });
    }
  }
}
