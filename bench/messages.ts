/** What messages cost: lists and counts over 5 000 of them, and one message told to 200 browsers at once (COO-8). */
import { randomUUID } from 'node:crypto';
import type { Shot } from './driver.ts';
import type { Measured } from './product.ts';
import type { Row } from './report.ts';
import type { Scenario } from './scenarios.ts';

type Fetch = (
  product: Measured,
  path: string,
  headers: Record<string, string>,
  body?: string,
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
) => Promise<{ status: number; headers: Headers; body: any }>;
const count = 5_000;
const streams = 200;

/** Everyone of the demo practice to which this physician belongs, signed in. */
async function people(product: Measured, fetchJson: Fetch) {
  const origin = `http://127.0.0.1:${product.port}`;
  const { body } = await fetchJson(product, '/api/demo-accounts', {});
  const list = (Array.isArray(body) ? body : body.accounts) as { account: string; profession: string }[];
  const first = list.find(({ profession }) => /physician|Médecin/i.test(profession)) ?? list[0]!;
  const practice = first.account.split('.')[0];
  const signed: { practitioner: string; headers: Record<string, string> }[] = [];
  for (const { account } of [first, ...list.filter((one) => one !== first && one.account.split('.')[0] === practice)]) {
    const answer = await fetchJson(
      product,
      '/api/sign-in/demo',
      { origin, 'content-type': 'application/json' },
      JSON.stringify({ account }),
    );
    const cookie = String(answer.headers.get('set-cookie') ?? '').split(';')[0]!;
    const me = await fetchJson(product, '/api/me', { cookie });
    if (me.status === 200)
      signed.push({
        practitioner: me.body.practitioner,
        headers: { origin, cookie, 'content-type': 'application/json' },
      });
  }
  return signed;
}

/** Five thousand messages of the last days in a thousand conversations about the physician's patients. */
export async function prepareMessages(product: Measured, practice: string, fetchJson: Fetch): Promise<Scenario[]> {
  const [doctor, other] = await people(product, fetchJson);
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
  const api = { authorization: `Bearer ${token.body.access_token}`, 'content-type': 'application/fhir+json' };
  const teams = await fetchJson(
    product,
    `/fhir/R4/CareTeam?participant=Practitioner/${doctor!.practitioner}&_count=60`,
    api,
  );
  const patients = [
    ...new Set(
      (teams.body.entry ?? []).map(
        (entry: { resource: { subject: { reference: string } } }) => entry.resource.subject.reference,
      ),
    ),
  ] as string[];
  const words = ['pansement', 'rendez-vous', 'tension', 'glycémie', 'kinésithérapie', 'ordonnance', 'chute', 'sortie'];
  for (let start = 0; start < count; start += 50) {
    const entry = Array.from({ length: 50 }, (_, i) => {
      const n = start + i;
      const head = `bench-message-${n - (n % 5)}`;
      const resource = {
        resourceType: 'Communication',
        id: `bench-message-${n}`,
        status: 'completed',
        category: [{ coding: [{ system: 'urn:estran:category', code: 'message' }] }],
        ...(n % 5 > 0 && { partOf: [{ reference: `Communication/${head}` }] }),
        topic: { text: `Échange ${Math.floor(n / 5)}` },
        subject: { reference: patients[Math.floor(n / 5) % patients.length] },
        sender: { reference: `Practitioner/${other!.practitioner}` },
        recipient: [{ reference: `Practitioner/${doctor!.practitioner}` }],
        sent: new Date(Date.now() - (count - n) * 60_000).toISOString(),
        payload: [{ contentString: `Message ${n} : ${words[n % words.length]}, ${words[(n * 3) % words.length]}.` }],
      };
      return { resource, request: { method: 'PUT', url: `Communication/${resource.id}` } };
    });
    const made = await fetchJson(
      product,
      '/fhir/R4',
      api,
      JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
    );
    if (made.status !== 200) throw new Error(`no messages: ${JSON.stringify(made.body).slice(0, 400)}`);
  }
  const get = (path: string): Shot => ({ method: 'GET', path });
  const { headers } = doctor!;
  return [
    {
      name: 'screen: messages, counts of 5 000',
      key: 'counts',
      clients: 1,
      headers,
      shots: [get('/api/messages/counts')],
    },
    {
      name: 'screen: messages, unread first page',
      key: 'threads',
      clients: 1,
      headers,
      shots: [get('/api/messages/threads?view=unread'), get('/api/messages/threads?view=mine')],
    },
    {
      name: 'screen: messages, search by words',
      key: 'words',
      clients: 1,
      headers,
      shots: words.map((word) => get(`/api/messages/threads?q=${encodeURIComponent(`message 4321 ${word}`)}`)),
    },
    {
      name: 'screen: messages, one conversation',
      clients: 1,
      headers,
      shots: Array.from({ length: 60 }, (_, i) => get(`/api/messages/threads/bench-message-${i * 5}`)),
    },
  ];
}

/** One message to everyone, 200 open streams: from the request to the last browser that has its hint. */
export async function fanOut(product: Measured, fetchJson: Fetch, rounds: number): Promise<Row> {
  const all = await people(product, fetchJson);
  const stop = new AbortController();
  let heard = 0;
  let last = 0;
  await Promise.all(
    Array.from({ length: streams }, async (_, n) => {
      const answer = await fetch(`http://127.0.0.1:${product.port}/api/live`, {
        headers: { cookie: all[n % all.length]!.headers.cookie! },
        signal: stop.signal,
      });
      const reader = answer.body!.getReader();
      await reader.read();
      void (async () => {
        const decoder = new TextDecoder();
        for (;;) {
          const { value, done } = await reader.read();
          if (done) return;
          if (!decoder.decode(value).includes('"topic":"messages"')) continue;
          heard++;
          last = performance.now();
        }
      })().catch(() => undefined);
    }),
  );
  const times: number[] = [];
  let failed = 0;
  const before = product.usage();
  for (let round = 0; round < rounds; round++) {
    heard = 0;
    const began = performance.now();
    const sent = await fetchJson(
      product,
      '/api/messages/threads',
      all[0]!.headers,
      JSON.stringify({ key: randomUUID(), topic: `À tous ${round}`, text: 'Bonjour', to: { everyone: true } }),
    );
    while (heard < streams && performance.now() - began < 5_000) await new Promise((resolve) => setTimeout(resolve, 1));
    if (sent.status !== 200 || heard < streams) failed++;
    times.push(last - began);
  }
  const after = product.usage();
  stop.abort();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return {
    name: `one message to ${streams} browsers`,
    key: 'fan-out',
    clients: streams,
    perSecond: 1000 / at(0.5),
    unit: 'requests',
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    failed,
    ...(failed > 0 && { firstFailure: `${heard} of ${streams} heard` }),
    cpuServer: ((after.server - before.server) * 1000) / rounds,
    cpuDatabase: ((after.database - before.database) * 1000) / rounds,
  };
}
