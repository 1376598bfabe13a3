import type { EntrySink } from './entry-sink.ts';
import { escaped, referenceHash, targetOf } from './hashes.ts';
import type { Component, Parameter } from './parameters.ts';
import { isObject, type Json, listIn, textIn, walkOf } from './paths.ts';
import { addQuantities, type Measured, measuredOf } from './quantities.ts';

/** The forms of one token value, as in `Type|param|form`; `bare` is the code alone. */
interface Forms {
  bare: string;
  others: string[];
}

const codedForms = (system: string | undefined | null, code: string | undefined): Forms[] => {
  if (code === undefined) return [];
  const bare = escaped(code);
  if (system === null) return [{ bare, others: [] }];
  return [{ bare, others: system ? [`${escaped(system)}|${bare}`, `${escaped(system)}|`] : [`|${bare}`] }];
};

function tokenForms(type: string, value: unknown): Forms[] {
  if (typeof value === 'string' || typeof value === 'boolean') return codedForms(null, String(value));
  if (!isObject(value)) return [];
  if (type === 'CodeableConcept') return listIn(value.coding).flatMap((coding) => tokenForms('Coding', coding));
  if (type === 'Coding') return codedForms(textIn(value.system), textIn(value.code));
  if (type === 'Identifier' || type === 'ContactPoint') return codedForms(textIn(value.system), textIn(value.value));
  return [];
}

/** Reads the values of one component under a root element. */
function readerOf(component: Component): (node: unknown) => { type: string; value: unknown }[] {
  const places = component.paths.map(({ path, type }) => ({ walk: walkOf(path), type }));
  return (node) => {
    const values: { type: string; value: unknown }[] = [];
    for (const { walk, type } of places) walk(node, (value) => values.push({ type, value }));
    return values;
  };
}

/** Rows of a composite whose parts must be found in the same element (`component`, `useContext`…). */
export function addComposite(
  parameter: Parameter,
): ((resource: Json, sink: EntrySink, label: string | null, base: string | undefined) => void) | null {
  if (parameter.composite !== 'stored' && parameter.composite !== 'both') return null;
  // A root that is also that of another composite is stored there: combo-code-value-… is answered by component-code-value-….
  if (parameter.composite === 'both') return null;
  const prefix = `${parameter.resource}|${parameter.code}`;
  const roots = parameter.roots.map(walkOf);
  const [first, second] = parameter.components as [Component, Component];
  const readFirst = readerOf(first);
  const readSecond = readerOf(second);
  return (resource, sink, _label, base) => {
    const measured = new Map<string, Measured[]>();
    const systems = new Map<string, Set<string>>();
    const visit = (node: unknown) => {
      const values = readSecond(node);
      if (values.length === 0) return;
      const forms = readFirst(node).flatMap(({ type, value }) => tokenForms(type, value));
      if (forms.length === 0) return;
      for (const { type, value } of values) {
        if (second.type === 'token') addPair(sink, prefix, forms, tokenForms(type, value));
        else if (second.type === 'reference') addLink(sink, prefix, forms, value, base);
        else {
          const amount = measuredOf(type, value);
          if (!amount) continue;
          for (const { bare, others } of forms) {
            systems.set(bare, (systems.get(bare) ?? new Set()).add(others.join()));
            for (const form of [bare, ...others.slice(0, 1)]) {
              const list = measured.get(`${bare}\n${form}`);
              if (list) list.push(amount);
              else measured.set(`${bare}\n${form}`, [amount]);
            }
          }
        }
      }
    };
    for (const root of roots) root(resource, visit);
    for (const [pair, amounts] of measured) {
      const split = pair.indexOf('\n');
      const bare = pair.slice(0, split);
      const form = pair.slice(split + 1);
      // The system of a code is checked on the row when the resource uses only one for it, and has rows of its own otherwise.
      if (form === bare || systems.get(bare)!.size > 1) addQuantities(sink, `${prefix}|${form}`, amounts);
      else sink.token(`${prefix}|${form}`);
    }
  };
}

function addPair(sink: EntrySink, prefix: string, left: Forms[], right: Forms[]): void {
  for (const a of left) {
    for (const b of right) {
      sink.key(`${prefix}|${a.bare}$${b.bare}`);
      for (const x of [a.bare, ...a.others]) for (const y of [b.bare, ...b.others]) sink.token(`${prefix}|${x}$${y}`);
    }
  }
}

function addLink(sink: EntrySink, prefix: string, left: Forms[], value: unknown, base: string | undefined): void {
  const literal = isObject(value) ? textIn(value.reference) : undefined;
  const found = literal === undefined ? null : targetOf(literal, base);
  if (!found) return;
  for (const { bare, others } of left) {
    sink.keys.add(referenceHash(`${prefix}|${bare}`, found.target));
    for (const form of [bare, ...others]) sink.tokens.add(referenceHash(`${prefix}|${form}`, found.target));
  }
}
