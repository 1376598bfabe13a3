import { sayDate, sayTime } from '../../../web/say.ts';
import { panels, type ResultsBody, type ResultView } from '../../contract.ts';
import { filled, type Row, rowsOfPanel, rowsOfView, resultValueOf } from './rows.ts';

/** What the form of a laboratory report holds. */
export interface Values {
  panel: string;
  rows: Row[];
  day: string;
  time: string;
  lab: string;
  number: string;
  comment: string;
  partial: boolean;
  reader: string;
  requests: string[];
  source: string;
  ranges: boolean;
  samePatient: boolean;
  confirmed: boolean;
  reason: string;
  /** Report that this number already has: written as its next version. */
  over: { report: string; version: number } | null;
}
export const empty: Values = {
  panel: 'nfs',
  rows: rowsOfPanel('nfs', []),
  day: '',
  time: '',
  lab: '',
  number: '',
  comment: '',
  partial: false,
  reader: '',
  requests: [],
  source: '',
  ranges: false,
  samePatient: false,
  confirmed: false,
  reason: '',
  over: null,
};

/** A report that is corrected, as the form holds it. */
export const startOf = (view: ResultView): Values => ({
  ...empty,
  panel: panels.find((one) => one.label === view.label)?.id ?? '',
  rows: rowsOfView(view),
  day: view.at?.slice(0, 10) ?? '',
  time: view.at && view.at.length > 10 ? sayTime(view.at).replace(/\s/g, '').replace('h', ':') : '',
  lab: view.lab,
  number: view.number,
  comment: view.comment,
  partial: view.partial,
  requests: view.requests.map((one) => one.id),
  ranges: view.values.some((one) => one.low !== null || one.high !== null),
});

/** What is sent of it. */
export const bodyOf = (values: Values, view: ResultView | undefined): ResultsBody => ({
  panel: values.panel || null,
  title: view && !values.panel ? view.label : '',
  at: values.day
    ? `${sayDate(values.day)}${values.time ? ` ${values.time}` : ''}`
    : values.time
      ? `auj ${values.time}`
      : null,
  lab: values.lab,
  number: values.number,
  specimen: view?.specimen ?? '',
  status: values.partial ? 'preliminary' : 'final',
  comment: values.comment,
  reader: values.reader || null,
  requests: values.requests,
  values: filled(values.rows).map(resultValueOf),
  source: values.source || null,
  samePatient: values.samePatient,
  confirmed: values.confirmed,
  sensitive: view ? undefined : null,
});
