import type { Provenance } from '@medplum/fhirtypes';
import { ofType, type Stored } from '../../fhir/index.ts';
import { type Reconciliation, reconciliationDecisions, reportSources } from '../contract/wire-treatments.ts';
import { withoutEmpty } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { lineOf } from '../read/reading.ts';
import {
  decisionOf,
  listKind,
  lookedAtUrl,
  ofTreatments,
  reasonOf,
  reconciledCode,
  reportedFrom,
} from './list.rules.ts';

/**
 * Where a reconciliation comes from: what it made (the list of decisions, each treatment it changed, in the version it left), who did it and when, and the sources that were looked at, in the version
 * that was read (https://hl7.org/fhir/R4/provenance.html). References only: whoever follows them reads each under their own rights.
 */
export const provenanceOf = (given: {
  list: Stored<'List'>;
  changed: readonly Stored[];
  sources: readonly Stored<'List'>[];
  documents: readonly string[];
  who: Provenance['agent'][number]['who'];
  at: string;
}): Provenance =>
  ofTreatments<Provenance>(
    withoutEmpty({
      resourceType: 'Provenance',
      target: [
        { reference: `List/${given.list.id}` },
        ...[given.list, ...given.changed].map((one) => ({
          reference: `${one.type}/${one.id}/_history/${one.version}`,
        })),
      ],
      occurredDateTime: given.at,
      recorded: given.at,
      activity: { coding: reconciledCode.coding!.slice(1), text: reconciledCode.text! },
      agent: [
        {
          type: {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
                code: 'author',
                display: 'Author',
              },
            ],
          },
          who: given.who,
        },
      ],
      entity: [
        ...given.sources.map((one) => ({ reference: `${one.type}/${one.id}/_history/${one.version}` })),
        ...given.documents.map((id) => ({ reference: `DocumentReference/${id}` })),
      ].map((what) => ({ role: 'source' as const, what })),
    }),
  );

const idIn = (reference: string | undefined, type: string): string | null =>
  reference?.startsWith(`${type}/`) ? reference.split('/')[1]! : null;
/** Lists that a reconciliation looked at, as its Provenance says it; one of before has them on the list. */
function lookedAt(list: Stored<'List'>, stored: readonly Stored[]): string[] {
  const provenance = ofType(stored, 'Provenance').find((one) =>
    one.resource.target?.some(({ reference }) => reference === `List/${list.id}`),
  );
  if (provenance) return (provenance.resource.entity ?? []).flatMap(({ what }) => idIn(what.reference, 'List') ?? []);
  return (list.resource.extension ?? []).flatMap(({ url, valueReference }) =>
    url === lookedAtUrl ? (idIn(valueReference?.reference, 'List') ?? []) : [],
  );
}

/** What was reconciled, newest first. `stored`: what of the record is open to the reader. */
export const reconciliationsOf = (entered: Entered, stored: readonly Stored[]): Reconciliation[] =>
  ofType(stored, 'List')
    .filter((one) => listKind(one.resource) === 'reconciliation' && one.resource.status === 'current')
    .map((one) => reconciliationOf(entered, one, stored))
    .sort((a, b) => b.at.localeCompare(a.at));

function reconciliationOf(entered: Entered, one: Stored<'List'>, stored: readonly Stored[]): Reconciliation {
  const list = one.resource;
  const shown = (list.entry ?? []).filter(({ item }) => item.display);
  const sources = lookedAt(one, stored).map((id) => {
    const source = ofType(stored, 'List').find((each) => each.id === id && each.resource.status !== 'entered-in-error');
    return {
      id,
      title: source ? (source.resource.title ?? 'Relevé') : 'Source non affichée',
      fromLabel: source ? reportSources[reportedFrom(source.resource)] : '',
    };
  });
  return {
    id: one.id,
    version: one.version,
    at: list.date ?? one.updated,
    who: lineOf(entered.reading, one).who,
    note: (list.note ?? []).map(({ text }) => text).join('\n'),
    sources,
    lines: shown.map((entry) => ({
      label: entry.item.display!,
      decision: decisionOf(entry),
      decisionLabel: reconciliationDecisions[decisionOf(entry)],
      reason: reasonOf(entry),
    })),
    hidden: (list.entry ?? []).length - shown.length,
  };
}
/** What reconciliations decided of one treatment (`Type/id`, and those it renews), newest first. */
export function decidedOf(entered: Entered, stored: readonly Stored[], entries: ReadonlySet<string>) {
  return reconciliationsOf(entered, stored).flatMap(({ id, at, who, sources }) => {
    const list = ofType(stored, 'List').find((one) => one.id === id)!.resource;
    return (list.entry ?? [])
      .filter(({ item }) => entries.has((item.reference ?? '').split('/').slice(0, 2).join('/')))
      .map((entry) => ({
        at,
        who,
        decisionLabel: reconciliationDecisions[decisionOf(entry)],
        reason: reasonOf(entry),
        sources,
      }));
  });
}
