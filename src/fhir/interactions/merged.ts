// https://hl7.org/fhir/R4/patient-definitions.html#Patient.link — docs/adr/0017-merge.md
import { mergedInto } from '../../access/index.ts';
import type { Call, Pairs } from './call.ts';

/** Where these patients' records have gone, for those that have. */
export const whereGone = (call: Call, ids: readonly string[]): Promise<Map<string, string>> =>
  call.store.sql((sql) => mergedInto(sql, call.store.caller.tenant, ids));

const named = /^((?:.*\/)?Patient\/)?([A-Za-z0-9\-.]{1,64})$/;
const plain = /^(?:patient|subject|individual|beneficiary|for|actor)(?::Patient)?$/;
/** The patients a search names, as values of its parameters. */
const parts = (name: string, value: string): string[] =>
  value.split(',').flatMap((part) => {
    const found = named.exec(part);
    return found && (found[1] || plain.test(name)) ? [found[2]!] : [];
  });
export const patientsIn = (query: Pairs): string[] => [
  ...new Set(query.flatMap(([name, value]) => parts(name, value))),
];

/** The same search about the records that stay. */
export const redirected = (query: Pairs, gone: ReadonlyMap<string, string>): Pairs =>
  query.map(([name, value]) => [
    name,
    value
      .split(',')
      .map((part) => {
        const found = named.exec(part);
        const kept = found && (found[1] || plain.test(name)) ? gone.get(found[2]!) : undefined;
        return kept ? `${found![1] ?? ''}${kept}` : part;
      })
      .join(','),
  ]);

export const saidOfMerge = (gone: ReadonlyMap<string, string>) =>
  [...gone].map(([from, to]) => ({
    severity: 'information' as const,
    code: 'informational',
    diagnostics: `Patient/${from} was merged into Patient/${to}, whose resources these are: use Patient/${to}.`,
    expression: '',
  }));
