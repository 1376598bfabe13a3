import type { Stored } from '../../fhir/index.ts';
import type { FieldValue } from '../../platform/index.ts';
import { measureOf } from '../data/measures.ts';
import { dateLabel } from '../dates.rules.ts';
import { measuresOf, resultOf } from '../read/cards.ts';
import type { Entered } from '../read/enter.ts';
import { curveOf, displayOf, valuesOf } from '../read/measures.rules.ts';
import { lineOf } from '../read/reading.ts';
import { type FieldOf, type Held, known, line, listOf, missing, recently, stands } from './field-value.ts';

/** Fields made of what was measured or analysed. */
export const measureFields: Record<string, FieldOf> = {
  mesure: measureField,
  valeur: measureField,
  mesures: ({ r, of }) =>
    listOf(
      measuresOf(r, of(['measures'], 'Observation'))
        .filter(({ at }) => recently(r, at))
        .slice(0, 20)
        .map((one) =>
          line({ nom: one.label, valeur: one.display, date: dateLabel(one.at) }, [
            `${one.label} : ${one.display} (${dateLabel(one.at)})`,
          ]),
        ),
      'aucune mesure de moins d’un an',
    ),
  resultats({ r, of }) {
    const observations = new Map(of(['results'], 'Observation').map((one) => [`Observation/${one.id}`, one]));
    const reports = of(['results'], 'DiagnosticReport')
      .filter((one) => recently(r, lineOf(r, one).at))
      .map((one) => resultOf(r, one, observations));
    const values = measuresOf(r, [...observations.values()]).filter(
      ({ at, label }) => recently(r, at) && !reports.some((one) => one.values.some((value) => value.label === label)),
    );
    return listOf(
      [
        ...reports.slice(0, 10).map((one) => {
          const detail = [
            one.values.map((value) => `${value.label} ${value.text}${value.unit ? ` ${value.unit}` : ''}`).join(', '),
            one.conclusion,
          ]
            .filter(Boolean)
            .join('. ');
          return line({ nom: one.label, date: dateLabel(one.at), detail }, [
            `${one.label} du ${dateLabel(one.at)}${detail ? ` : ${detail}` : ''}`,
          ]);
        }),
        ...values
          .slice(0, 15)
          .map((one) =>
            line({ nom: one.label, date: dateLabel(one.at), detail: one.display }, [
              `${one.label} : ${one.display} (${dateLabel(one.at)})`,
            ]),
          ),
      ],
      'aucun résultat de moins d’un an',
    );
  },
};

function measureField({ r, measured }: Held, key: string): FieldValue {
  const code = key.slice(key.indexOf('.') + 1);
  const found = measured.get(code);
  const label = measureOf(code)?.label ?? 'cette mesure';
  if (!found) return missing(`${label} : aucune valeur au dossier`);
  const text = displayOf(valuesOf(found.resource, r));
  if (!text) return missing(`${label} : valeur illisible`);
  return known(key.startsWith('valeur.') ? text : `${text} le ${dateLabel(lineOf(r, found).at)}`);
}
/** The newest of each measure a text names. */
export async function newestOf(
  entered: Entered,
  codes: readonly string[],
): Promise<Map<string, Stored<'Observation'>>> {
  const found = new Map<string, Stored<'Observation'>>();
  if (codes.length === 0) return found;
  const { resources } = await entered.store.search('Observation', [
    ['patient', `Patient/${entered.patientId}`],
    ['code', codes.join(',')],
    ['_sort', '-date'],
    ['_count', '200'],
  ]);
  for (const one of resources.filter(stands)) {
    const code = curveOf(one.resource);
    if (!found.has(code) && displayOf(valuesOf(one.resource, entered.reading))) found.set(code, one);
  }
  return found;
}
