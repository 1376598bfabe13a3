import { clinicalDate, labelParameter, sortText } from './clinical-date.ts';
import { EntrySink } from './entry-sink.ts';
import { addComposite } from './extract-composites.ts';
import { addReference, addString, addToken, addUri, hasText } from './extract-values.ts';
import type { IndexEntry } from './index-entry.ts';
import { type Parameter, parametersOf } from './parameters.ts';
import { headOf, isObject, type Json, textIn, type Walk, walkOf } from './paths.ts';
import { dateSpan } from './periods.ts';
import { addQuantities, type Measured, measuredOf } from './quantities.ts';

/** What one parameter adds to the index. `base`: the address our own absolute references begin with. */
type Plan = (resource: Json, sink: EntrySink, label: string | null, base: string | undefined) => void;

const plans = new Map<string, readonly Plan[]>();

/**
 * What the search index keeps of a resource. Takes any JSON: what is not as FHIR wants it is left out, nothing is thrown.
 * @param base address of this server (`https://…/fhir/R4`): absolute references under it are the same as relative ones.
 */
export function extract(resource: unknown, base?: string): IndexEntry {
  const sink = new EntrySink();
  if (!isObject(resource)) return sink.entry(null, null);
  const type = textIn(resource.resourceType) ?? '';
  const label = sortText(type, resource);
  for (const plan of plansOf(type)) plan(resource, sink, label, base);
  return sink.entry(clinicalDate(type, resource), label);
}

function plansOf(type: string): readonly Plan[] {
  let known = plans.get(type);
  if (!known) {
    known = [...parametersOf(type).values()].map(planOf).filter((plan) => plan !== null);
    if (known.length > 0) plans.set(type, known);
  }
  return known;
}

function planOf(parameter: Parameter): Plan | null {
  const { resource: type, code } = parameter;
  const prefix = `${type}|${code}`;
  const present = `${prefix}:present`;
  // Columns of the row.
  if (code === '_id' || code === '_lastUpdated') return null;
  if (parameter.type === 'composite') return addComposite(parameter);
  const stored = parameter.stored.includes(code);
  const places = parameter.paths.map(({ path, ...rest }) => ({ ...rest, head: headOf(path), walk: walkOf(path) }));
  if (places[0]?.type === 'deceased') return deceased(prefix, present);
  /** Adds each value found; a value that `add` takes makes the parameter present. */
  const each =
    (
      add: (
        sink: EntrySink,
        place: (typeof places)[number],
        value: unknown,
        label: string | null,
        base: string | undefined,
      ) => boolean,
    ): Plan =>
    (resource, sink, label, base) => {
      let found = false;
      for (const place of places) {
        // A resource has few of the elements that its type may have.
        if (place.head !== '' && resource[place.head] === undefined) continue;
        place.walk(resource, (value) => {
          if (add(sink, place, value, label, base)) found = true;
        });
      }
      if (found) sink.token(present);
    };

  if (!stored && parameter.stored.length > 1) return null;
  switch (parameter.type) {
    case 'token': {
      if (!stored)
        return each(
          (_sink, place, value) =>
            place.type !== 'ContactPoint' || (isObject(value) && textIn(value.value) !== undefined),
        );
      const texts = hasText(
        code,
        parameter.paths.map((p) => p.type),
      );
      const isLabel = labelParameter(type) === code;
      return each((sink, place, value, label) =>
        addToken(sink, prefix, place.type, value, texts ? (isLabel ? label : null) : false),
      );
    }
    case 'reference':
      return each((sink, place, value, _label, base) =>
        addReference(sink, prefix, place.type, value, place.target, base, stored),
      );
    case 'string':
      return stored
        ? each((sink, place, value) => addString(sink, prefix, place.type, value))
        : each((_sink, _place, value) => value !== '');
    case 'uri': {
      const below = !code.startsWith('_');
      return stored
        ? each((sink, place, value) => addUri(sink, prefix, place.type, value, below))
        : each((_sink, _place, value) => textIn(value) !== undefined);
    }
    case 'date':
      return each((sink, _place, value) => {
        const span = dateSpan(value);
        if (span && stored) sink.date(prefix, span);
        return span !== null;
      });
    case 'quantity':
    case 'number':
      return (resource, sink) => {
        const values: Measured[] = [];
        for (const place of places) {
          if (place.head !== '' && resource[place.head] === undefined) continue;
          (place.walk as Walk)(resource, (value) => {
            const measured = measuredOf(place.type, value);
            if (measured) values.push(measured);
          });
        }
        if (values.length === 0) return;
        sink.token(present);
        if (stored) addQuantities(sink, prefix, values);
      };
  }
}

/** Patient.deceased: a date of death or `true`; everybody else is `false`. */
function deceased(prefix: string, present: string): Plan {
  return (resource, sink) => {
    const dead = textIn(resource.deceasedDateTime) !== undefined || resource.deceasedBoolean === true;
    sink.coded(prefix, null, String(dead));
    sink.token(present);
  };
}
