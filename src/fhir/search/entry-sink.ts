import { escaped, hashOf } from './hashes.ts';
import type { IndexEntry } from './index-entry.ts';
import { normalise } from './normalise.ts';
import { instantText, type Span } from './periods.ts';

/** A span of dates or of numbers wider than this has its rows apart, so that the others are found by their low end alone. */
export const longSpan = 366 * 86_400_000;

/** A set that is a list while it is short, as most are: three sets a resource cost more than what they hold. */
class Distinct {
  readonly list: string[] = [];
  #set: Set<string> | undefined;

  add(text: string): void {
    if (this.list.length < 48) {
      if (!this.list.includes(text)) this.list.push(text);
      return;
    }
    this.#set ??= new Set(this.list);
    if (this.#set.has(text)) return;
    this.#set.add(text);
    this.list.push(text);
  }
}

/** Gathers what the index keeps of one resource. */
export class EntrySink {
  readonly tokens = new Distinct();
  readonly keys = new Distinct();
  readonly refs = new Distinct();
  readonly dates = new Map<string, { param: string; low: string; high: string }>();
  readonly quantities = new Map<string, { param: string; unit: string; low: number; high: number }>();
  readonly strings = new Map<string, Set<string>>();

  token(text: string): void {
    this.tokens.add(hashOf(text));
  }

  /** A token that is also a way in. */
  key(text: string): void {
    const hash = hashOf(text);
    this.tokens.add(hash);
    this.keys.add(hash);
  }

  /** The forms in which a value can be asked for. `system` undefined: the value has none; null: not a coded value. */
  coded(prefix: string, system: string | undefined | null, code: string | undefined): void {
    if (code !== undefined) {
      const value = escaped(code);
      const text = `${prefix}|${value}`;
      if (dominant.has(text)) this.token(text);
      else this.key(text);
      if (system) this.token(`${prefix}|${escaped(system)}|${value}`);
      else if (system === undefined) this.token(`${prefix}||${value}`);
    }
    if (system) this.token(`${prefix}|${escaped(system)}|`);
  }

  date(prefix: string, span: Span): void {
    const param = hashOf(span.high - span.low > longSpan ? `${prefix}:long` : prefix);
    const low = instantText(span.low);
    const high = instantText(span.high);
    this.dates.set(`${param} ${low} ${high}`, { param, low, high });
  }

  /** `prefix` for a number alone, `prefix:range` for a range or a comparator. `unit` 0: the number without its unit. */
  quantity(prefix: string, unit: string, low: number, high: number): void {
    const param = hashOf(low === high ? prefix : `${prefix}:range`);
    this.quantities.set(`${param} ${unit} ${low} ${high}`, { param, unit, low, high });
  }

  string(prefix: string, text: string): void {
    const value = normalise(text);
    if (value !== '') this.raw(prefix, value);
  }

  raw(prefix: string, value: string): void {
    const param = hashOf(prefix);
    const values = this.strings.get(param);
    if (values) values.add(value);
    else this.strings.set(param, new Set([value]));
  }

  entry(at: string | null, sortText: string | null): IndexEntry {
    const strings: IndexEntry['strings'] = [];
    for (const [param, values] of this.strings) {
      // What begins another value of the same parameter is found through it.
      const sorted = values.size > 1 ? [...values].sort() : [...values];
      sorted.forEach((value, i) => {
        if (!sorted[i + 1]?.startsWith(value)) strings.push({ param, value });
      });
    }
    return {
      tokens: this.tokens.list,
      keys: this.keys.list,
      refs: this.refs.list,
      dates: [...this.dates.values()],
      quantities: [...this.quantities.values()],
      strings,
      at,
      sortText,
    };
  }
}

/**
 * Values so common that a row of fhir.token for each resource would never be the best way in: they filter only. A search for one of them
 * alone walks the type in order, which is quick because most rows match.
 */
export const dominant: ReadonlySet<string> = new Set([
  'Observation|status|final',
  'DiagnosticReport|status|final',
  'Encounter|status|finished',
  'Procedure|status|completed',
  'Immunization|status|completed',
  'MedicationRequest|intent|order',
  'ServiceRequest|intent|order',
  'DocumentReference|status|current',
  'Condition|verification-status|confirmed',
  'Patient|active|true',
  'Patient|deceased|false',
  'Patient|address-use|home',
  'Practitioner|active|true',
  'PractitionerRole|active|true',
  'Organization|active|true',
]);
