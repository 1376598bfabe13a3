import type { DeviceRequest, Dosage, Extension, MedicationRequest, Period, ServiceRequest } from '@medplum/fhirtypes';
import { professionSystem, professions } from '../../access/index.ts';
import { categorySystem, isOneOf, type Resource, type Stored } from '../../fhir/index.ts';
import { daysCovered } from '../contract/orders/order.rules.ts';
import {
  type ControlledBody,
  controlledBody,
  type OrderLineBody,
  type TransportBody,
  transportBody,
} from '../contract/orders/line.ts';
import { dosagesFromText, withPeriod } from '../contract/treatments/dosage.rules.ts';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { unitOfLabel } from '../contract/treatments/read.rules.ts';
import { isOrderKind, notSubstitutable, type OrderKind, orderFamilies } from '../data/orders/families.ts';
import { addDays, addMonths } from '../dates.rules.ts';
import { idOf, labelOf, textConcept, ucum, withoutEmpty } from '../fhir-words.ts';

/** One line of a prescription as FHIR holds it, and back. What FHIR has an element for stands there; the rest is in marks of ours, one a fact. */
export type OrderResource = MedicationRequest | ServiceRequest | DeviceRequest;
export const orderTypes = ['MedicationRequest', 'ServiceRequest', 'DeviceRequest'] as const;
export type StoredLine = Stored<(typeof orderTypes)[number]>;
export const isOrderType = (type: string): type is (typeof orderTypes)[number] =>
  orderTypes.some((one) => one === type);
export const isLine = (resource: Resource): resource is Resource & OrderResource => isOneOf(resource, orderTypes);
const kindSystem = 'urn:estran:order-kind';
const repeatsUrl = 'urn:estran:order-repeats';
const durationUrl = 'urn:estran:order-duration';
const followUrl = 'urn:estran:order-follow';
export const homeUrl = 'urn:estran:order-home';
const orderAldUrl = 'urn:estran:order-ald';
const controlledUrl = 'urn:estran:controlled';
const transportUrl = 'urn:estran:transport';
export const prescriptionSystem = 'urn:estran:prescription';
const substitutionSystem = 'urn:estran:not-substitutable';

export const typeOfKind = (kind: OrderKind): (typeof orderTypes)[number] => {
  const { group } = orderFamilies[kind];
  return group === 'medicines' ? 'MedicationRequest' : group === 'devices' ? 'DeviceRequest' : 'ServiceRequest';
};
/** Tests are asked and answered under the same kind of data, `results`; care and devices are what carers ask of one another (docs/adr/0022). */
const categoryOf = (kind: OrderKind): string => (orderFamilies[kind].group === 'tests' ? 'test' : 'order');

/** The last day covered, renewals included; none when no length was said. */
export function coveredUntil(line: OrderLineBody, from: string): string | undefined {
  const covered = daysCovered(line);
  return covered ? addDays(addMonths(from, covered.months), covered.days - 1) : undefined;
}

export interface Around {
  id: string;
  subject: MedicationRequest['subject'];
  requester: ServiceRequest['requester'];
  authoredOn: string;
  /** Of the prescription. */
  group: string;
  /** ISO days. */
  from: string;
}
/** The resource of a line: its type follows from its kind. */
export function resourceOf(line: OrderLineBody, around: Around, status = 'active'): Resource {
  const build = {
    MedicationRequest: medicationRequest,
    DeviceRequest: deviceRequest,
    ServiceRequest: serviceRequest,
  }[typeOfKind(line.kind)];
  const built: object = { ...shared(line, around, status), ...build(line, around) };
  return withoutEmpty(built) as Resource;
}

const shared = (line: OrderLineBody, around: Around, status: string) => ({
  id: around.id,
  status,
  intent: 'order',
  priority: line.urgent ? 'urgent' : 'routine',
  subject: around.subject,
  requester: around.requester,
  authoredOn: around.authoredOn,
  reasonCode: line.reason ? [{ text: line.reason }] : undefined,
});
const prescriptionOf = (around: Around) => ({ system: prescriptionSystem, value: around.group });
const periodOf = (line: OrderLineBody, { from }: Around): Period => {
  const until = coveredUntil(line, from);
  return { start: from, ...(until && { end: until }) };
};
const durationOf = ({ duration }: OrderLineBody) =>
  duration && {
    value: duration.value,
    unit: { d: 'jour', wk: 'semaine', mo: 'mois' }[duration.unit],
    system: ucum,
    code: duration.unit,
  };
const quantityOf = (line: OrderLineBody) =>
  line.quantity ? { value: line.quantity, unit: line.unit || orderFamilies[line.kind].unit } : undefined;
const kindCoding = ({ kind }: OrderLineBody) => ({
  system: kindSystem,
  code: kind,
  display: orderFamilies[kind].label,
});
const reference = (value: string | null | undefined) => (value ? { reference: value } : undefined);
const performerOf = ({ performer }: OrderLineBody) => reference(performer && `Practitioner/${performer}`);
const noteOf = ({ instructions }: OrderLineBody) => (instructions ? [{ text: instructions }] : undefined);
const only = <T>(value: T | null | undefined): T[] | undefined => (value ? [value] : undefined);
const marks = (line: OrderLineBody, ...more: (Extension | false | null | undefined)[]): Extension[] =>
  [line.ald && { url: orderAldUrl, valueBoolean: true }, ...more].filter((one): one is Extension => Boolean(one));
/** What has an element in a MedicationRequest alone. */
function elsewhere(line: OrderLineBody): Extension[] {
  const duration = durationOf(line);
  return marks(
    line,
    line.repeats > 0 && { url: repeatsUrl, valueInteger: line.repeats },
    duration && { url: durationUrl, valueDuration: duration },
    line.follow && { url: followUrl, valueBoolean: true },
    line.home && { url: homeUrl, valueBoolean: true },
    line.transport && factsExtension(transportUrl, line.transport),
  );
}

const medicationRequest = (line: OrderLineBody, around: Around): object => ({
  resourceType: 'MedicationRequest',
  extension: marks(line, line.controlled && factsExtension(controlledUrl, line.controlled)),
  groupIdentifier: prescriptionOf(around),
  category: [{ coding: [kindCoding(line)] }],
  medicationCodeableConcept: textConcept(line.label, line.code, line.system),
  priorPrescription: reference(line.renews),
  dosageInstruction: line.instructions
    ? withPeriod(dosagesFromText(line.instructions, unitOfLabel(line.label)), periodOf(line, around))
    : [{ timing: { repeat: { boundsPeriod: periodOf(line, around) } } }],
  courseOfTherapyType: {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy',
        code: line.follow ? 'continuous' : 'acute',
      },
    ],
  },
  dispenseRequest: {
    validityPeriod: periodOf(line, around),
    numberOfRepeatsAllowed: line.repeats || undefined,
    quantity: quantityOf(line),
    expectedSupplyDuration: durationOf(line),
  },
  substitution: line.notSubstitutable
    ? {
        allowedBoolean: false,
        reason: {
          coding: [{ system: substitutionSystem, code: line.notSubstitutable }],
          text: notSubstitutable[line.notSubstitutable],
        },
      }
    : undefined,
});
function deviceRequest(line: OrderLineBody, around: Around): object {
  const quantity = quantityOf(line);
  return {
    resourceType: 'DeviceRequest',
    extension: [{ url: kindSystem, valueCode: line.kind }, ...elsewhere(line)],
    groupIdentifier: prescriptionOf(around),
    codeCodeableConcept: textConcept(line.label, line.code, line.system),
    priorRequest: only(reference(line.renews)),
    occurrencePeriod: periodOf(line, around),
    performer: performerOf(line),
    parameter: quantity && [{ code: { text: 'Quantité' }, valueQuantity: quantity }],
    note: noteOf(line),
  };
}
function serviceRequest(line: OrderLineBody, around: Around): object {
  const [doneBy] = orderFamilies[line.kind].doneBy;
  return {
    resourceType: 'ServiceRequest',
    extension: elsewhere(line),
    requisition: prescriptionOf(around),
    category: [{ coding: [{ system: categorySystem, code: categoryOf(line.kind) }] }, { coding: [kindCoding(line)] }],
    code: textConcept(line.label, line.code, line.system),
    replaces: only(reference(line.renews)),
    occurrencePeriod: periodOf(line, around),
    performer: only(performerOf(line)),
    performerType: doneBy
      ? {
          coding: [
            { system: professionSystem, code: doneBy, display: professions[doneBy as keyof typeof professions].fr },
          ],
        }
      : undefined,
    quantityQuantity: quantityOf(line),
    note: noteOf(line),
  };
}

/** A few facts of one thing as one extension, each under its name; a list is repeated. */
const factsExtension = (url: string, facts: ControlledBody | TransportBody): Extension => ({
  url,
  extension: Object.entries(facts).flatMap(([name, said]) =>
    (Array.isArray(said) ? said : [said]).flatMap((one): Extension[] =>
      typeof one === 'string' && one
        ? [{ url: name, valueString: one }]
        : typeof one === 'number'
          ? [{ url: name, valueInteger: one }]
          : one === true
            ? [{ url: name, valueBoolean: true }]
            : [],
    ),
  ),
});
function factsIn(extension: Extension | undefined, many: readonly string[] = []): Record<string, unknown> | null {
  if (!extension) return null;
  const facts: Record<string, unknown> = Object.fromEntries(many.map((name) => [name, []]));
  for (const { url, valueString, valueInteger, valueBoolean } of extension.extension ?? []) {
    const said = valueString ?? valueInteger ?? valueBoolean;
    if (many.includes(url)) (facts[url] as unknown[]).push(said);
    else facts[url] = said;
  }
  return facts;
}
const mark = (resource: OrderResource, url: string): Extension | undefined =>
  resource.extension?.find((one) => one.url === url);
/** What a line asks for; a medicine that another software prescribed is a medicine. Undefined: no line of a prescription (a task of the team). */
export function kindOfOrder(resource: OrderResource): OrderKind | undefined {
  const coded =
    resource.resourceType === 'DeviceRequest'
      ? mark(resource, kindSystem)?.valueCode
      : resource.category?.flatMap((one) => one.coding ?? []).find(({ system }) => system === kindSystem)?.code;
  if (coded && isOrderKind(coded)) return coded;
  return resource.resourceType === 'MedicationRequest'
    ? 'medicine'
    : resource.resourceType === 'DeviceRequest'
      ? 'equipment'
      : undefined;
}
const inOwnUnits = (duration: { value?: number; code?: string } | undefined): OrderLineBody['duration'] =>
  duration?.value &&
  Number.isInteger(duration.value) &&
  duration.value > 0 &&
  (duration.code === 'd' || duration.code === 'wk' || duration.code === 'mo')
    ? { value: duration.value, unit: duration.code }
    : null;
const whole = (value: number | undefined): number | null =>
  value && Number.isInteger(value) && value > 0 && value <= 500 ? value : null;

/** The line as its form holds it: what a renewal, a correction and a template begin from. */
export function bodyOf(resource: OrderResource, kind: OrderKind): OrderLineBody {
  const medicine = resource.resourceType === 'MedicationRequest';
  const concept = medicine
    ? resource.medicationCodeableConcept
    : resource.resourceType === 'DeviceRequest'
      ? resource.codeCodeableConcept
      : resource.code;
  const coding = concept?.coding?.find((one) => one.code && one.system);
  const quantity = medicine
    ? resource.dispenseRequest?.quantity
    : resource.resourceType === 'DeviceRequest'
      ? resource.parameter?.[0]?.valueQuantity
      : resource.quantityQuantity;
  const reason = (resource.reasonCode ?? [])
    .map((one) => labelOf(one))
    .filter(Boolean)
    .join(', ');
  const code = medicine
    ? resource.substitution?.reason?.coding?.find(({ system }) => system === substitutionSystem)?.code
    : undefined;
  const performer =
    resource.resourceType === 'ServiceRequest'
      ? resource.performer?.[0]
      : resource.resourceType === 'DeviceRequest'
        ? resource.performer
        : undefined;
  const instructions = medicine
    ? sayDosages(unbound(resource.dosageInstruction, resource.dispenseRequest?.validityPeriod))
    : (resource.note ?? [])
        .map((one) => one.text)
        .filter(Boolean)
        .join('\n');
  return {
    kind,
    label: (
      labelOf(concept) ||
      (medicine ? resource.medicationReference?.display : undefined) ||
      orderFamilies[kind].label
    ).slice(0, 300),
    code: coding?.code ?? null,
    system: coding?.system ?? null,
    instructions: instructions.slice(0, 1000),
    quantity: whole(quantity?.value),
    unit: quantity?.unit && quantity.unit !== orderFamilies[kind].unit ? quantity.unit.slice(0, 40) : null,
    duration: inOwnUnits(
      medicine ? resource.dispenseRequest?.expectedSupplyDuration : mark(resource, durationUrl)?.valueDuration,
    ),
    repeats: Math.min(
      12,
      (medicine ? resource.dispenseRequest?.numberOfRepeatsAllowed : mark(resource, repeatsUrl)?.valueInteger) ?? 0,
    ),
    ald: mark(resource, orderAldUrl)?.valueBoolean === true,
    notSubstitutable:
      code && Object.hasOwn(notSubstitutable, code) ? (code as OrderLineBody['notSubstitutable']) : null,
    reason: reason.slice(0, 300) || null,
    urgent: resource.priority !== undefined && resource.priority !== 'routine',
    home: mark(resource, homeUrl)?.valueBoolean === true,
    follow: medicine
      ? resource.courseOfTherapyType?.coding?.[0]?.code === 'continuous'
      : mark(resource, followUrl)?.valueBoolean === true,
    performer: idOf(performer, 'Practitioner') ?? null,
    // What another software wrote there and does not read as ours is not taken.
    controlled: controlledBody.safeParse(factsIn(mark(resource, controlledUrl))).data ?? null,
    transport: transportBody.safeParse(factsIn(mark(resource, transportUrl), ['states'])).data ?? null,
    renews: renewedBy(resource) ?? null,
  };
}
/** Without the days that the whole line covers: they are said of the line, not of the dose. */
function unbound(dosages: readonly Dosage[] | undefined, period: Period | undefined): Dosage[] {
  return (dosages ?? []).map((dosage) => {
    const bounds = dosage.timing?.repeat?.boundsPeriod;
    if (!bounds || (period && (bounds.start !== period.start || bounds.end !== period.end))) return dosage;
    const { timing: { repeat: { boundsPeriod: _, ...repeat } = {}, ...timing } = {}, ...rest } = dosage;
    return withoutEmpty({
      ...rest,
      ...((Object.keys(repeat).length > 0 || Object.keys(timing).length > 0) && {
        timing: { ...timing, ...(Object.keys(repeat).length > 0 && { repeat }) },
      }),
    });
  });
}
/** What a line prescribes, in words. */
export const labelOfOrder = (resource: Resource): string =>
  ((kind) => (kind && isLine(resource) ? bodyOf(resource, kind).label : ''))(
    isLine(resource) ? kindOfOrder(resource) : undefined,
  );
/** What this line renews. */
export const renewedBy = (resource: OrderResource): string | undefined =>
  (resource.resourceType === 'MedicationRequest'
    ? resource.priorPrescription
    : resource.resourceType === 'DeviceRequest'
      ? resource.priorRequest?.[0]
      : resource.replaces?.[0]
  )?.reference;
/** The last day of what is prescribed, when a length was said. */
export const endsOf = (resource: OrderResource): string | null =>
  resource.resourceType === 'MedicationRequest' ? null : (resource.occurrencePeriod?.end ?? null);
export const groupOf = (resource: Resource): string | undefined => {
  if (!isLine(resource)) return undefined;
  const identifier = resource.resourceType === 'ServiceRequest' ? resource.requisition : resource.groupIdentifier;
  return identifier?.system === prescriptionSystem ? identifier.value : undefined;
};

/** The line taken back or at its end, by the word its type has for it. */
export const ended = (resource: OrderResource, how: 'cancelled' | 'completed' | 'active'): OrderResource =>
  resource.resourceType === 'MedicationRequest'
    ? { ...resource, status: how }
    : { ...resource, status: how === 'cancelled' ? 'revoked' : how };
export const isCancelled = (resource: { status?: string | undefined }): boolean =>
  ['cancelled', 'revoked', 'stopped', 'entered-in-error'].includes(resource.status ?? '');
