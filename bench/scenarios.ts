import { randomUUID } from 'node:crypto';
import type { Shot } from './driver.ts';
import type { Measured } from './product.ts';

export interface Scenario {
  name: string;
  /** Of the targets in report.ts. */
  key?: string;
  clients: number;
  shots: Shot[];
  headers: Record<string, string>;
  once?: boolean;
  /** Resources a request stands for, when the figure is resources a second. */
  resourcesEach?: number;
  unit?: 'requests' | 'resources';
}
type Fetch = (
  product: Measured,
  path: string,
  headers: Record<string, string>,
  body?: string,
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
) => Promise<{ status: number; headers: Headers; body: any }>;

const codes = ['29463-7', '8302-2', '8867-4', '4548-4', '14682-9', '2089-1', '718-7', '3016-3'];
const prefixes = ['ker', 'tan', 'mor', 'abg', 'pri', 'rio', 'sal', 'gue', 'hel', 'che'];

/** What is asked of the product, about patients that are really there; the patients' ids are found as any client finds them. */
export async function prepareScenarios(
  product: Measured,
  practice: string,
  fetchJson: Fetch,
  patients: number,
): Promise<Scenario[]> {
  const client = JSON.parse(
    product.command(['client', 'create', '--practice', practice, '--scope', 'system/*.cruds', '--json']).out,
  ) as { client_id: string; client_secret: string };
  const token = await fetchJson(
    product,
    '/oauth2/token',
    {
      authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    'grant_type=client_credentials',
  );
  const headers = {
    authorization: `Bearer ${token.body.access_token}`,
    'content-type': 'application/fhir+json',
    accept: 'application/fhir+json',
  };
  const ask = async (path: string) => (await fetchJson(product, `/fhir/R4/${path}`, headers)).body;
  const idOf = async (n: number): Promise<string | undefined> =>
    (await ask(`Patient?identifier=urn:estran:ipp:bench|${1_000_000 + n}`)).entry?.[0]?.resource.id;
  const people: string[] = [];
  for (let i = 0; i < 200 && i < patients - 1; i++)
    people.push((await idOf(1 + Math.floor((i * (patients - 1)) / Math.min(200, patients - 1))))!);
  const longest = (await idOf(0))!;
  // The write scenarios make these records grow by hundreds of entries: what is read is measured on records as they were
  // generated, and, apart and without a target, on those that grew.
  const written = Math.min(60, people.length >> 1);
  const asGenerated = people.slice(written);
  const grown = people.slice(0, 30);
  const observations: { id: string; text: string }[] = [];
  for (const patient of people.slice(0, written))
    for (const { resource } of (await ask(`Observation?patient=${patient}&_count=20`)).entry ?? [])
      observations.push({ id: resource.id, text: JSON.stringify(resource) });
  const ids = observations.map(({ id }) => id);
  const fresh = (i: number) => {
    const { id: _id, meta: _meta, ...rest } = JSON.parse(observations[i % observations.length]!.text);
    return { ...rest, effectiveDateTime: `2026-1${i % 2}-1${i % 9}T10:00:00+01:00` };
  };
  const get = (path: string): Shot => ({ method: 'GET', path });
  const byCode = (whose: readonly string[], i: number) =>
    `/fhir/R4/Observation?patient=${whose[i % whose.length]}&code=http://loinc.org|${codes[i % codes.length]}`;
  const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
  const bundle = (k: number) =>
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: many(50, (i) => ({
        fullUrl: `urn:uuid:${randomUUID()}`,
        resource: fresh(k * 50 + i),
        request: { method: 'POST', url: 'Observation' },
      })),
    });
  const scenarios: Scenario[] = [
    {
      name: 'create an Observation',
      key: 'create',
      clients: 16,
      headers,
      shots: many(400, (i) => ({ method: 'POST', path: '/fhir/R4/Observation', body: JSON.stringify(fresh(i)) })),
    },
    {
      name: 'read by id',
      key: 'read',
      clients: 32,
      headers,
      shots: ids.map((id) => get(`/fhir/R4/Observation/${id}`)),
    },
    {
      name: 'search patient + code, -date',
      key: 'search',
      clients: 16,
      headers,
      shots: many(400, (i) => get(`${byCode(asGenerated, i)}&_sort=-date`)),
    },
    {
      name: 'search patient + code + date',
      clients: 16,
      headers,
      shots: many(400, (i) => get(`${byCode(asGenerated, i)}&date=ge2022-01-01&_sort=-date`)),
    },
    {
      name: 'search with accurate total',
      key: 'total',
      clients: 16,
      headers,
      shots: many(400, (i) => get(`${byCode(asGenerated, i)}&_sort=-date&_total=accurate`)),
    },
    {
      name: 'search patient by name prefix',
      key: 'name',
      clients: 16,
      headers,
      shots: many(200, (i) => get(`/fhir/R4/Patient?name=${prefixes[i % prefixes.length]}&_count=10`)),
    },
    {
      name: 'update',
      key: 'update',
      clients: 8,
      headers,
      shots: many(Math.min(2000, observations.length), (i) => {
        const { id, text } = observations[i]!;
        return {
          method: 'PUT',
          path: `/fhir/R4/Observation/${id}`,
          body: JSON.stringify({ ...JSON.parse(text), note: [{ text: `Vérifié ${i}` }] }),
        };
      }),
    },
    {
      name: 'transaction of 50',
      key: 'transaction',
      clients: 4,
      headers,
      resourcesEach: 50,
      unit: 'resources',
      shots: many(40, (k) => ({ method: 'POST', path: '/fhir/R4', body: bundle(k) })),
    },
    {
      name: '$everything of ~100',
      key: 'everything',
      clients: 4,
      headers,
      shots: asGenerated.map((id) => get(`/fhir/R4/Patient/${id}/$everything?_count=200`)),
    },
    {
      name: 'search patient + code after the write load',
      clients: 16,
      headers,
      shots: many(400, (i) => get(`${byCode(grown, i)}&_sort=-date`)),
    },
  ];
  return [
    ...scenarios,
    ...(await screens(product, fetchJson, headers, { asGenerated: asGenerated.slice(0, 60), grown, longest })),
  ];
}

/** What the screens ask, as a physician of the demo region who is in the care team of these patients. */
async function screens(
  product: Measured,
  fetchJson: Fetch,
  api: Record<string, string>,
  { asGenerated, grown, longest }: { asGenerated: readonly string[]; grown: readonly string[]; longest: string },
): Promise<Scenario[]> {
  const origin = `http://127.0.0.1:${product.port}`;
  const { body: accounts } = await fetchJson(product, '/api/demo-accounts', {});
  const list = (Array.isArray(accounts) ? accounts : (accounts?.accounts ?? [])) as {
    account: string;
    profession: string;
  }[];
  const account = list.find(({ profession }) => /physician|practitioner|Médecin/i.test(profession)) ?? list[0];
  const signed = await fetchJson(
    product,
    '/api/sign-in/demo',
    { origin, 'content-type': 'application/json' },
    JSON.stringify({ account: account?.account }),
  );
  const cookie = String(signed.headers.get('set-cookie') ?? '').split(';')[0]!;
  const me = await fetchJson(product, '/api/me', { cookie });
  const practitioner = me.body?.practitioner?.id ?? me.body?.practitioner ?? me.body?.me?.practitioner;
  if (!practitioner) throw new Error(`the screens cannot be measured: ${JSON.stringify(me.body).slice(0, 300)}`);
  for (const patient of [longest, ...asGenerated, ...grown]) {
    const team = {
      resourceType: 'CareTeam',
      status: 'active',
      subject: { reference: `Patient/${patient}` },
      participant: [{ member: { reference: `Practitioner/${practitioner}` } }],
    };
    const made = await fetchJson(product, '/fhir/R4/CareTeam', api, JSON.stringify(team));
    if (made.status !== 201) throw new Error(`no care team: ${JSON.stringify(made.body)}`);
  }
  const headers = { cookie, origin, 'content-type': 'application/json' };
  const get = (path: string): Shot => ({ method: 'GET', path });
  const typed = ['k', 'ke', 'ker', 'kerm', 'le gof', 'morv', 'tang', 'salaun', 'gue', 'jean ab', 'yann', 'ferre'];
  return [
    {
      name: 'screen: patient search as one types',
      key: 'type',
      clients: 1,
      headers,
      shots: typed.map((q) => get(`/api/patients?q=${encodeURIComponent(q)}`)),
    },
    {
      name: 'screen: record page, one user',
      key: 'page',
      clients: 1,
      headers,
      shots: asGenerated.map((id) => get(`/api/patients/${id}/record`)),
    },
    {
      name: 'screen: record page after the write load',
      clients: 1,
      headers,
      shots: grown.map((id) => get(`/api/patients/${id}/record`)),
    },
    {
      name: 'screen: record page of 700 encounters',
      key: 'longest',
      clients: 1,
      headers,
      shots: [get(`/api/patients/${longest}/record`)],
    },
    {
      name: 'screen: save a measure',
      key: 'measure',
      clients: 1,
      headers,
      shots: asGenerated.map((id, i) => ({
        method: 'POST',
        path: `/api/patients/${id}/measures`,
        body: JSON.stringify({ values: [{ code: '29463-7', value: 60 + (i % 40) }] }),
      })),
    },
  ];
}
