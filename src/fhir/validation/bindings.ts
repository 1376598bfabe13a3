import type { Terminology } from '../terminology/index.ts';
import { type Context, isObject, shown } from './context.ts';

export interface Binding {
  strength: string;
  valueSet: string;
}

/** Media types in short, which the standard takes where it speaks of its own formats. https://hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.format */
const shortFormats = new Set(['json', 'xml', 'ttl']);
const speaksOfFormats = new Set<unknown>(['CapabilityStatement', 'TestScript']);
const isShortFormat = ({ valueSet }: Binding, code: string, { resource }: Context): boolean =>
  shortFormats.has(code) &&
  speaksOfFormats.has(resource.resourceType) &&
  valueSet.startsWith('http://hl7.org/fhir/ValueSet/mimetypes');

/** What is accepted only because nobody here knows better is said, where a code of the set is required. */
function tellUnchecked({ strength, valueSet }: Binding, terminology: Terminology, ctx: Context): void {
  if (strength === 'required' && !terminology.loaded('ValueSet', valueSet))
    ctx.report(
      'warning',
      'not-found',
      `The value set ${valueSet} is not loaded here, and the code was not checked: install the package that defines it.`,
    );
}

/** Whether the codes of a value fit its value set. Required: an error; extensible: a warning; what is not loaded cannot be checked. */
export function checkBinding(binding: Binding, type: string, value: unknown, ctx: Context): void {
  const terminology = ctx.terminology;
  if (!terminology || binding.strength === 'preferred') return;
  const required = binding.strength === 'required';
  const severity = required ? 'error' : 'warning';
  if (type === 'CodeableConcept') {
    if (!isObject(value)) return;
    const codings = Array.isArray(value.coding)
      ? value.coding.filter(isObject).filter((c) => typeof c.code === 'string')
      : [];
    if (codings.length === 0) {
      // A text alone satisfies an extensible binding; data-absent-reason and the like stand in for a required code.
      if (
        required &&
        !value.extension &&
        !(Array.isArray(value.coding) && value.coding.some((c) => isObject(c) && c.extension))
      ) {
        ctx.error('code-invalid', `A code from the value set ${binding.valueSet} is required.`);
      }
      return;
    }
    for (const coding of codings) {
      const system = typeof coding.system === 'string' ? coding.system : undefined;
      const member = terminology.member(binding.valueSet, system ?? '', coding.code as string);
      if (member === undefined) tellUnchecked(binding, terminology, ctx);
      if (member !== false) return;
    }
    const first = codings[0]!;
    const from = typeof first.system === 'string' ? ` of ${shown(first.system)}` : ' without system';
    const what = codings.length > 1 ? 'None of the codes is' : `The code ${shown(first.code)}${from} is not`;
    ctx.report(severity, 'code-invalid', `${what} in the value set ${binding.valueSet} (${binding.strength} binding).`);
    return;
  }
  let code: unknown = value;
  let system: string | undefined;
  if (type === 'Coding' || type === 'Quantity') {
    if (!isObject(value)) return;
    code = value.code;
    system = typeof value.system === 'string' ? value.system : '';
  } else if (type !== 'code' && type !== 'string' && type !== 'uri') return;
  if (typeof code !== 'string') return;
  const member = terminology.member(binding.valueSet, system, code);
  if (member === undefined) tellUnchecked(binding, terminology, ctx);
  if (member !== false || isShortFormat(binding, code, ctx)) return;
  const of = system === undefined ? '' : system === '' ? ' without system' : ` of ${shown(system)}`;
  ctx.report(
    severity,
    'code-invalid',
    `The code ${shown(code)}${of} is not in the value set ${binding.valueSet} (${binding.strength} binding).`,
  );
}
