// https://hl7.org/fhir/uv/ips/STU2/OperationDefinition-summary.html
import { randomUUID } from 'node:crypto';
import { exactText, parseExact } from '../decimals.ts';
import { isResourceType } from '../definitions/index.ts';
import { kindOfResource } from '../store/kind-of-type.ts';
import { openKinds } from '../store/open-kinds.ts';
import { ifThere } from '../outcome.ts';
import { asJson, type FhirStore, type JsonResource, type Resource, type Stored } from '../store/store.ts';
import { isObject } from './body.ts';
import type { Call, Handler } from './call.ts';
import { whereGone } from './merged.ts';
import { inputsOf } from './operation-parameters.ts';
import { type IpsSection, ipsSections, ipsTypes, isOf, label, repeats } from './summary-sections.ts';

const most = 200;
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const narrative = (lines: readonly string[], otherwise: string) => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${lines.length > 0 ? `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>` : `<p>${escaped(otherwise)}</p>`}</div>`,
});
const reason = (code: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code }],
});
const refOf = (one: Stored): string => `${one.type}/${one.id}`;

function chosen(section: IpsSection, record: readonly Stored[]): Stored[] {
  const taken = record.filter((one) => isOf(section, asJson(one.resource)));
  const told = section.among && new Set<Resource>(section.among(taken.map(({ resource }) => asJson(resource))));
  const found = told ? taken.filter(({ resource }) => told.has(resource)) : taken;
  if (!repeats(section)) return found;
  const seen = new Set<string>();
  return found.filter((one) => {
    const name = `${one.type} ${label(asJson(one.resource).code)}`;
    return !seen.has(name) && seen.add(name);
  });
}
function sectionOf(call: Call, section: IpsSection, found: readonly Stored[], open: ReadonlySet<string>): object[] {
  const closed = !section.types.some((type) => open.has(`${type} ${section.kind}`));
  if (found.length === 0 && !closed && !section.required) return [];
  const empty = closed ? 'Non accessible avec les droits de cette demande.' : section.empty.words;
  return [
    {
      title: section.title,
      code: { coding: [{ system: 'http://loinc.org', code: section.code, display: section.display }] },
      text: narrative(
        found.map((one) => section.words(asJson(one.resource))),
        empty,
      ),
      ...(found.length > 0
        ? { entry: found.map((one) => ({ reference: `${call.base}/${refOf(one)}` })) }
        : { emptyReason: reason(closed ? 'withheld' : section.empty.reason) }),
    },
  ];
}

/** What these point to as `Type/id` on this server. */
function* pointed(value: unknown, base: string): Generator<{ local: string; put(other: object): void }> {
  if (Array.isArray(value)) for (const one of value) yield* pointed(one, base);
  else if (isObject(value))
    for (const [key, one] of Object.entries(value)) {
      if (isObject(one) && typeof one.reference === 'string') {
        const text = one.reference.startsWith(`${base}/`) ? one.reference.slice(base.length + 1) : one.reference;
        const [type = '', id] = text.split('/');
        if (id && isResourceType(type)) yield { local: `${type}/${id}`, put: (other) => void (value[key] = other) };
      } else if (Array.isArray(one)) {
        for (const [at, item] of one.entries())
          if (isObject(item) && typeof item.reference === 'string') {
            const [type = '', id] = item.reference.replace(`${base}/`, '').split('/');
            if (id && isResourceType(type)) yield { local: `${type}/${id}`, put: (other) => void (one[at] = other) };
          } else yield* pointed(item, base);
      } else yield* pointed(one, base);
    }
}
/** Who and where these entries name; a report's values; a medicine. Nothing else of the record comes along by a reference. */
const along = ['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Medication', 'Device'] as const;
const comesAlong = new Set<string>(along);
async function company(
  store: FhirStore,
  base: string,
  entries: readonly Stored[],
  record: readonly Stored[],
): Promise<Stored[]> {
  const values = new Map(
    record
      .filter((one) => one.type === 'Observation' && ['results', 'measures'].includes(kindOfResource(one.resource)))
      .map((one) => [refOf(one), one]),
  );
  const have = new Set(entries.map(refOf));
  const added: Stored[] = [];
  for (let next: readonly Stored[] = entries, round = 0; next.length > 0 && round < 3; round += 1) {
    const wanted = new Set<string>();
    for (const one of next)
      for (const { local } of pointed(one.resource, base))
        if (!have.has(local) && comesAlong.has(local.split('/')[0]!)) wanted.add(local);
    const found: Stored[] = [
      ...new Set(next.flatMap((one) => [...pointed(one.resource, base)].map(({ local }) => local))),
    ]
      .filter((ref) => !have.has(ref))
      .flatMap((ref) => values.get(ref) ?? []);
    for (const type of along) {
      const ids = [...wanted].filter((ref) => ref.startsWith(`${type}/`)).map((ref) => ref.slice(type.length + 1));
      for (let at = 0; at < ids.length; at += 100) {
        const some = await ifThere(
          store.search(type, [
            ['_id', ids.slice(at, at + 100).join(',')],
            ['_count', '100'],
          ]),
        );
        found.push(...(some?.resources ?? []));
      }
    }
    for (const one of found) have.add(refOf(one));
    added.push(...found);
    next = found;
  }
  return added;
}
/** What is not in the document is not pointed to from it: neither its address nor its name. */
function selfContained(one: Stored, base: string, have: ReadonlySet<string>): string {
  const resource = parseExact(one.text) as JsonResource;
  const outside = [...pointed(resource, base)].filter(({ local }) => !have.has(local));
  if (outside.length === 0) return one.text;
  for (const { put } of outside) put({ display: 'Non joint à cette synthèse' });
  // What was written for the whole entry may name what was taken out.
  delete resource.text;
  return exactText(resource);
}

/** The International Patient Summary of one patient, as a document: what the caller may see, without sensitive entries and private notes. */
export const summary: Handler = async (call) => {
  inputsOf(call);
  const { store, base } = call;
  // A record that has gone into another is read there.
  const id = (await whereGone(call, [call.id])).get(call.id) ?? call.id;
  const patient = await store.read('Patient', id);
  const open = await openKinds(
    store,
    id,
    ipsSections.flatMap(({ types, kind }) => types.map((type) => [type, kind] as const)),
  );
  const record = await store.compartment(id, { types: ipsTypes, each: most });
  const found = new Map(ipsSections.map((section) => [section, chosen(section, record)]));
  const entries = [...new Map([patient, ...[...found.values()].flat()].map((one) => [refOf(one), one])).values()];
  const all = [...entries, ...(await company(store, base, entries, record))].filter(
    (one) => !['private-notes', 'mental-health', 'sexual-health'].includes(kindOfResource(one.resource)),
  );
  const have = new Set(all.map(refOf));
  const [composition, device] = [`urn:uuid:${randomUUID()}`, `urn:uuid:${randomUUID()}`];
  const now = new Date().toISOString();
  const me = store.caller.kind === 'person' ? `Practitioner/${store.caller.practitioner}` : undefined;
  const document = {
    resourceType: 'Composition',
    language: 'fr-FR',
    text: narrative([], 'Synthèse internationale du patient (IPS), établie à partir du dossier.'),
    status: 'final',
    type: { coding: [{ system: 'http://loinc.org', code: '60591-5', display: 'Patient summary Document' }] },
    subject: { reference: `${base}/Patient/${id}` },
    date: now,
    author: [{ reference: device, display: 'Estran' }, ...(me && have.has(me) ? [{ reference: `${base}/${me}` }] : [])],
    title: 'Synthèse internationale du patient',
    confidentiality: 'N',
    event: [{ code: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActClass', code: 'PCPR' }] }] }],
    section: ipsSections.flatMap((section) => sectionOf(call, section, found.get(section)!, open)),
  };
  const parts = [
    `{"fullUrl":"${composition}","resource":${JSON.stringify(document)}}`,
    ...all.map(
      (one) => `{"fullUrl":${JSON.stringify(`${base}/${refOf(one)}`)},"resource":${selfContained(one, base, have)}}`,
    ),
    `{"fullUrl":"${device}","resource":${JSON.stringify({ resourceType: 'Device', status: 'active', deviceName: [{ name: 'Estran', type: 'user-friendly-name' }] })}}`,
  ];
  return {
    status: 200,
    text: `{"resourceType":"Bundle","identifier":{"system":"urn:ietf:rfc:3986","value":"urn:uuid:${randomUUID()}"},"type":"document","timestamp":"${now}","entry":[${parts.join(',')}]}`,
  };
};
