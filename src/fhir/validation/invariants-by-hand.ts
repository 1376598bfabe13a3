/**
 * FHIRPath rules that are met often, written out by hand: an evaluation costs 20 to 40 µs, these next to nothing. Found by the text of the
 * expression, so that a profile that changes a rule is not met by the old one.
 */
import { equal } from './compare.ts';
import { type Context, isObject, type Obj } from './context.ts';
import { narrativeFault } from './narrative.ts';

type Test = (value: unknown, ctx: Context) => boolean;

const there = (value: unknown): boolean => value !== undefined && value !== null;
const of =
  (test: (o: Obj, ctx: Context) => boolean): Test =>
  (value, ctx) =>
    !isObject(value) || test(value, ctx);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : there(value) ? [value] : []);
const any = (o: Obj, prefix: string): boolean => {
  for (const key in o) {
    const name = key.charCodeAt(0) === 95 ? key.slice(1) : key;
    if (name.startsWith(prefix) && /^[A-Z]/.test(name.slice(prefix.length)) && there(o[key])) return true;
  }
  return false;
};
const has = (o: Obj, name: string): boolean => there(o[name]) || there(o[`_${name}`]);
const codings = (value: unknown): Obj[] => (isObject(value) ? list(value.coding).filter(isObject) : []);
const coded = (value: unknown, system: string, codes: string[]): boolean =>
  codings(value).some((c) => c.system === system && codes.includes(c.code as string));
const needs = (name: string, ...others: string[]): Test =>
  of((o) => !has(o, name) || others.some((other) => has(o, other)));
const nameRule = /[A-Z]([A-Za-z0-9_]){0,254}/;
const distinct = (root: unknown, name: string, under: string): boolean => {
  const seen = new Set<unknown>();
  const visit = (node: unknown, depth: number): boolean => {
    if (!isObject(node) || depth > 120) return true;
    for (const child of list(node[under])) {
      if (isObject(child) && there(child[name])) {
        if (seen.has(child[name])) return false;
        seen.add(child[name]);
      }
      if (!visit(child, depth + 1)) return false;
    }
    return true;
  };
  return visit(root, 0);
};
const entries = (bundle: Obj): Obj[] => list(bundle.entry).filter(isObject);
const firstType = (bundle: Obj): unknown => {
  const resource = entries(bundle)[0]?.resource;
  return isObject(resource) ? resource.resourceType : undefined;
};
const comparable = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' && /\d{4}/.test(a) && /\d{4}/.test(b);

/** Start not after end, as far as the precision of both tells. */
const inOrder = (start: unknown, end: unknown): boolean => {
  if (!comparable(start, end)) return true;
  const [a, b] = [start as string, end as string];
  if (a.includes('T') && b.includes('T')) return !(Date.parse(a) > Date.parse(b));
  const length = Math.min(a.length, b.length, 10);
  return a.slice(0, length) <= b.slice(0, length);
};

const clinical = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const verification = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const allergyVerification = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';
const tests: Record<string, Test | true> = {
  'code.empty() or system.exists()': needs('code', 'system'),
  'data.empty() or contentType.exists()': needs('data', 'contentType'),
  'value.empty() or system.exists()': needs('value', 'system'),
  'htmlChecks()': (value) => typeof value !== 'string' || narrativeFault(value) === undefined,
  'start.hasValue().not() or end.hasValue().not() or (start <= end)': of((o) => inOrder(o.start, o.end)),
  'low.empty() or high.empty() or (low <= high)': of(({ low, high }) => {
    if (!isObject(low) || !isObject(high) || (low.code ?? low.unit) !== (high.code ?? high.unit)) return true;
    return typeof low.value !== 'number' || typeof high.value !== 'number' || low.value <= high.value;
  }),
  '(numerator.empty() xor denominator.exists()) and (numerator.exists() or extension.exists())': of(
    (o) => has(o, 'numerator') === has(o, 'denominator') && (has(o, 'numerator') || has(o, 'extension')),
  ),
  "reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))":
    of(
      ({ reference }, ctx) =>
        typeof reference !== 'string' || !reference.startsWith('#') || ctx.resolve(reference) !== undefined,
    ),
  'comparator.empty()': of((o) => !has(o, 'comparator')),
  'dataAbsentReason.empty() or value.empty()': of((o) => !has(o, 'dataAbsentReason') || !any(o, 'value')),
  'value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()': of((o, ctx) => {
    if (!any(o, 'value') || !Array.isArray(o.component)) return true;
    const own = codings(ctx.resource.code);
    return !o.component.some((c) => isObject(c) && codings(c.code).some((one) => own.some((mine) => equal(one, mine))));
  }),
  '($this as dateTime).toString().length() >= 8': (value) => typeof value !== 'string' || value.length >= 8,
  '(component.empty() and hasMember.empty()) implies (dataAbsentReason.exists() or value.exists())': of(
    (o) => has(o, 'component') || has(o, 'hasMember') || has(o, 'dataAbsentReason') || any(o, 'value'),
  ),
  'value.exists() or dataAbsentReason.exists()': of((o) => any(o, 'value') || has(o, 'dataAbsentReason')),
  'low.exists() or high.exists() or text.exists()': of((o) => has(o, 'low') || has(o, 'high') || has(o, 'text')),
  'name.exists() or telecom.exists() or address.exists() or organization.exists()': of((o) =>
    ['name', 'telecom', 'address', 'organization'].some((name) => has(o, name)),
  ),
  '(identifier.count() + name.count()) > 0': of((o) => has(o, 'identifier') || has(o, 'name')),
  "where(use = 'home').empty()": of((o) => o.use !== 'home'),
  "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')": of((o) => typeof o.name !== 'string' || nameRule.test(o.name)),
  'duration.empty() or durationUnit.exists()': needs('duration', 'durationUnit'),
  'period.empty() or periodUnit.exists()': needs('period', 'periodUnit'),
  'duration.exists() implies duration >= 0': of((o) => typeof o.duration !== 'number' || o.duration >= 0),
  'period.exists() implies period >= 0': of((o) => typeof o.period !== 'number' || o.period >= 0),
  'periodMax.empty() or period.exists()': needs('periodMax', 'period'),
  'durationMax.empty() or duration.exists()': needs('durationMax', 'duration'),
  'countMax.empty() or count.exists()': needs('countMax', 'count'),
  'timeOfDay.empty() or when.empty()': of((o) => !has(o, 'timeOfDay') || !has(o, 'when')),
  "offset.empty() or (when.exists() and when.select($this in ('C' | 'CM' | 'CD' | 'CV')).allFalse())": of(
    (o) =>
      !has(o, 'offset') || (has(o, 'when') && !list(o.when).some((w) => ['C', 'CM', 'CD', 'CV'].includes(w as string))),
  ),
  'expression.exists() or reference.exists()': of((o) => has(o, 'expression') || has(o, 'reference')),
  "abatement.empty() or clinicalStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-clinical' and (code='resolved' or code='remission' or code='inactive')).exists()":
    of((o) => !any(o, 'abatement') || coded(o.clinicalStatus, clinical, ['resolved', 'remission', 'inactive'])),
  "verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code='entered-in-error').empty() or clinicalStatus.empty()":
    of((o) => !coded(o.verificationStatus, verification, ['entered-in-error']) || !has(o, 'clinicalStatus')),
  // `category.select($this = 'problem-list-item')` compares a CodeableConcept with a text: never empty when there is a category.
  "clinicalStatus.exists() or verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists() or category.select($this='problem-list-item').empty()":
    of(
      (o) =>
        has(o, 'clinicalStatus') ||
        coded(o.verificationStatus, verification, ['entered-in-error']) ||
        !list(o.category).some((c) => codings(c).some((one) => one.code === 'problem-list-item')),
    ),
  "verificationStatus.coding.where(system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification' and code = 'entered-in-error').exists() or clinicalStatus.exists()":
    of((o) => has(o, 'clinicalStatus') || coded(o.verificationStatus, allergyVerification, ['entered-in-error'])),
  "verificationStatus.coding.where(system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification' and code = 'entered-in-error').empty() or clinicalStatus.empty()":
    of((o) => !coded(o.verificationStatus, allergyVerification, ['entered-in-error']) || !has(o, 'clinicalStatus')),
  'value.exists() or code.exists()': of((o) => any(o, 'value') || has(o, 'code')),
  'detail.empty() or reference.empty()': of((o) => !has(o, 'detail') || !has(o, 'reference')),
  'orderDetail.empty() or code.exists()': needs('orderDetail', 'code'),
  'text.exists() or entry.exists() or section.exists()': of(
    (o) => has(o, 'text') || has(o, 'entry') || has(o, 'section'),
  ),
  'emptyReason.empty() or entry.empty()': of((o) => !has(o, 'emptyReason') || !has(o, 'entry')),
  'documentType.exists() or reference.exists()': of((o) => has(o, 'documentType') || has(o, 'reference')),
  'vaccineCode.exists() or targetDisease.exists()': of((o) => has(o, 'vaccineCode') || has(o, 'targetDisease')),
  'dose.exists() or rate.exists()': of((o) => has(o, 'dose') || any(o, 'rate')),
  'descendants().linkId.isDistinct()': (value) => distinct(value, 'linkId', 'item'),
  'concept.code.combine($this.descendants().concept.code).isDistinct()': (value) => distinct(value, 'code', 'concept'),
  "operator = 'exists' implies (answer is Boolean)": of(
    (o) => o.operator !== 'exists' || !any(o, 'answer') || typeof o.answerBoolean === 'boolean',
  ),
  'resource.exists() or request.exists() or response.exists()': of(
    (o) => has(o, 'resource') || has(o, 'request') || has(o, 'response'),
  ),
  "fullUrl.exists() implies fullUrl.contains('/_history/').not()": of(
    (o) => typeof o.fullUrl !== 'string' || !o.fullUrl.includes('/_history/'),
  ),
  "total.empty() or (type = 'searchset') or (type = 'history')": of(
    (o) => !has(o, 'total') || o.type === 'searchset' || o.type === 'history',
  ),
  "entry.search.empty() or (type = 'searchset')": of(
    (o) => o.type === 'searchset' || entries(o).every((e) => !has(e, 'search')),
  ),
  "entry.all(request.exists() = (%resource.type = 'batch' or %resource.type = 'transaction' or %resource.type = 'history'))":
    of((o) => {
      const asks = ['batch', 'transaction', 'history'].includes(o.type as string);
      return entries(o).every((e) => has(e, 'request') === asks);
    }),
  "entry.all(response.exists() = (%resource.type = 'batch-response' or %resource.type = 'transaction-response' or %resource.type = 'history'))":
    of((o) => {
      const answers = ['batch-response', 'transaction-response', 'history'].includes(o.type as string);
      return entries(o).every((e) => has(e, 'response') === answers);
    }),
  "(type = 'history') or entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()": of(
    (o) => {
      if (o.type === 'history') return true;
      const seen = new Set<string>();
      for (const { fullUrl, resource } of entries(o)) {
        if (typeof fullUrl !== 'string') continue;
        const meta = isObject(resource) && isObject(resource.meta) ? resource.meta : {};
        const key = `${fullUrl} ${meta.versionId ?? ''}`;
        if (seen.has(key)) return false;
        seen.add(key);
      }
      return true;
    },
  ),
  "type = 'document' implies (identifier.system.exists() and identifier.value.exists())": of(
    (o) =>
      o.type !== 'document' || (isObject(o.identifier) && has(o.identifier, 'system') && has(o.identifier, 'value')),
  ),
  "type = 'document' implies (timestamp.hasValue())": of((o) => o.type !== 'document' || there(o.timestamp)),
  "type = 'document' implies entry.first().resource.is(Composition)": of(
    (o) => o.type !== 'document' || firstType(o) === 'Composition',
  ),
  "type = 'message' implies entry.first().resource.is(MessageHeader)": of(
    (o) => o.type !== 'message' || firstType(o) === 'MessageHeader',
  ),
  '(answer.exists() and item.exists()).not()': of((o) => !has(o, 'answer') || !has(o, 'item')),
};

const flat = (expression: string): string => expression.replace(/\s+/g, ' ').trim();
const byText = new Map(Object.entries(tests).map(([expression, test]) => [flat(expression), test]));

/** The rule written by hand; `true` when it is checked elsewhere. */
export const handWritten = (expression: string): Test | true | undefined => byText.get(flat(expression));
