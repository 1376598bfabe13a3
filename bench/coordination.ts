/**
 * `npm run bench -- --coordination`: what a day costs for a professional with 1,000 patients, 300 open tasks and 5,000 messages, in a practice
 * where others have theirs. Each request of the screen is measured alone; the day is their sum, which is more than it takes when they go together.
 */
import { availableParallelism, loadavg } from 'node:os';
import type { Outcome, Shot, Task } from './driver.ts';
import { type Measured, startProduct } from './product.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources and answers of every shape
type Json = any;
type Fetch = (
  product: Measured,
  path: string,
  headers: Record<string, string>,
  body?: string,
) => Promise<{ status: number; headers: Headers; body: Json }>;
/** Milliseconds of the whole day at the 95th centile. */
const target = 80;

/** Whom the world is made for. */
export interface World {
  nurse: string;
  physician: string;
  patients: number;
  now: Date;
}
/** One part of what a day shows: what must be there, and what its screen asks. */
export interface DayPart {
  name: string;
  resources(world: World): Iterable<Json>;
  /** The list itself; the target is on the sum of these. */
  list: Shot;
  /** What the page asks beside it: counts, blocks. */
  beside: Shot[];
}
const get = (path: string): Shot => ({ method: 'GET', path });
const ref = (id: string) => ({ reference: `Practitioner/${id}` });
const day = (now: Date, days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

function* patients({ nurse, physician, patients: count }: World): Generator<Json> {
  const families = [
    'Kermarrec',
    'Le Goff',
    'Tanguy',
    'Morvan',
    'Abgrall',
    'Salaün',
    'Guéguen',
    'Prigent',
    'Riou',
    'Hénaff',
  ];
  for (let at = 0; at < count; at++) {
    yield {
      resourceType: 'Patient',
      id: `bench-${at}`,
      active: true,
      name: [{ use: 'official', family: families[at % families.length], given: [`Prénom${at}`] }],
      gender: at % 2 ? 'female' : 'male',
      birthDate: `${1930 + (at % 70)}-0${1 + (at % 9)}-1${at % 9}`,
    };
    yield {
      resourceType: 'CareTeam',
      id: `bench-team-${at}`,
      status: 'active',
      subject: { reference: `Patient/bench-${at}` },
      participant: [{ member: ref(nurse) }, { member: ref(physician) }],
    };
  }
}
/** 300 open tasks of the nurse, 1,200 of her team, 3,000 that are done. */
function* tasks({ nurse, physician, patients: count, now }: World): Generator<Json> {
  for (let at = 0; at < 4500; at++) {
    const mine = at < 300;
    const ended = at >= 1500;
    const subject = { reference: `Patient/bench-${(at * 7) % count}` };
    const priority = at % 6 ? 'routine' : 'urgent';
    const asked = new Date(now.getTime() - (at % 40) * 86_400_000).toISOString();
    yield {
      resourceType: 'ServiceRequest',
      id: `bench-req-${at}`,
      status: ended ? 'completed' : 'active',
      intent: 'order',
      priority,
      category: [{ coding: [{ system: 'urn:estran:category', code: 'task' }] }],
      code: { text: `Contrôler la tension et le poids (${at})` },
      subject,
      requester: ref(physician),
      authoredOn: asked,
      note: [{ text: 'Deux fois par semaine, le matin, avant le petit déjeuner.' }],
    };
    yield {
      resourceType: 'Task',
      id: `bench-task-${at}`,
      status: ended ? 'completed' : at % 3 ? 'accepted' : 'requested',
      intent: 'order',
      priority,
      code: { coding: [{ system: 'urn:estran:task-kind', code: 'request' }] },
      focus: { reference: `ServiceRequest/bench-req-${at}` },
      for: subject,
      requester: ref(physician),
      authoredOn: asked,
      lastModified: asked,
      ...(at % 12 === 11
        ? { performerType: [{ coding: [{ system: 'urn:estran:profession', code: 'physiotherapist' }] }] }
        : { owner: ref(mine ? nurse : physician) }),
      restriction: { period: { end: day(now, (at % 30) - 4) } },
    };
  }
}
/** 5,000 messages in a thousand conversations with the nurse. */
function* messages({ nurse, physician, patients: count, now }: World): Generator<Json> {
  const total = 5000;
  for (let at = 0; at < total; at++)
    yield {
      resourceType: 'Communication',
      id: `bench-day-message-${at}`,
      status: 'completed',
      category: [{ coding: [{ system: 'urn:estran:category', code: 'message' }] }],
      ...(at % 5 > 0 && { partOf: [{ reference: `Communication/bench-day-message-${at - (at % 5)}` }] }),
      topic: { text: `Échange ${Math.floor(at / 5)}` },
      subject: { reference: `Patient/bench-${Math.floor(at / 5) % count}` },
      sender: ref(physician),
      recipient: [ref(nurse)],
      sent: new Date(now.getTime() - (total - at) * 60_000).toISOString(),
      payload: [{ contentString: `Pansement refait, tension stable, à revoir (${at}).` }],
    };
}
/** In the order of the page. */
export const parts: DayPart[] = [
  { name: 'patients', resources: patients, list: get('/api/day'), beside: [] },
  {
    name: 'tasks',
    resources: tasks,
    list: get('/api/tasks?view=mine'),
    beside: [get('/api/handovers'), get('/api/tasks/count')],
  },
  {
    name: 'messages',
    resources: messages,
    list: get('/api/messages/threads?view=unread'),
    beside: [get('/api/messages/counts')],
  },
];

async function build(product: Measured, fetchJson: Fetch, practice: string): Promise<string> {
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
  const accounts = (await fetchJson(product, '/api/demo-accounts', {})).body as { account: string; login: string }[];
  const world: World = {
    nurse: 'pro-soizic-abgrall',
    physician: 'pro-anne-kermarrec',
    patients: 1000,
    now: new Date(),
  };
  let batch: Json[] = [];
  const send = async () => {
    const entry = batch.map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    }));
    batch = [];
    const made = await fetchJson(
      product,
      '/fhir/R4',
      api,
      JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
    );
    if (made.status >= 300) throw new Error(`the world was refused: ${JSON.stringify(made.body).slice(0, 500)}`);
  };
  for (const part of parts)
    for (const resource of part.resources(world)) {
      batch.push(resource);
      if (batch.length >= 200) await send();
    }
  if (batch.length) await send();
  const origin = `http://127.0.0.1:${product.port}`;
  const signed = await fetchJson(
    product,
    '/api/sign-in/demo',
    { origin, 'content-type': 'application/json' },
    JSON.stringify({ account: accounts.find((one) => one.login === 'soizic.abgrall')!.account }),
  );
  return String(signed.headers.get('set-cookie') ?? '').split(';')[0]!;
}

/** The figures as a table, one engine after the other. */
export async function coordination(
  engines: readonly ('pglite' | 'postgres')[],
  drive: (task: Task) => Promise<Outcome>,
  fetchJson: Fetch,
  say: (text: string) => void,
  seconds: number,
): Promise<string> {
  const lines: string[] = [];
  for (const engine of engines) {
    const product = await startProduct(engine);
    try {
      const practices = JSON.parse(product.command(['practice', 'list', '--json']).out) as {
        id: string;
        name: string;
      }[];
      say(`${engine}: making 1,000 patients, 4,500 tasks, 5,000 messages`);
      const cookie = await build(product, fetchJson, practices.find((one) => one.name.includes('Abers'))!.id);
      if (engine === 'postgres') await product.sql('vacuum (analyze)');
      const headers = { cookie, origin: `http://127.0.0.1:${product.port}` };
      const check = (await fetchJson(product, '/api/tasks?view=mine', headers)).body;
      if ((check?.counts?.mine ?? 0) < 250)
        throw new Error(`the nurse has ${check?.counts?.mine} tasks: nothing to measure`);
      lines.push(
        `### ${engine === 'postgres' ? 'PostgreSQL' : 'Embedded'}: a day with 1,000 patients, ${check.counts.mine} tasks of mine, ${check.counts.team} of my teams`,
        '',
        '| request | per second | p50 ms | p95 ms | p99 ms | CPU ms server | CPU ms database |',
        '| --- | --: | --: | --: | --: | --: | --: |',
      );
      let whole = 0;
      let lists = 0;
      for (const shot of parts.flatMap((part) => [part.list, ...part.beside])) {
        const task = (length: number): Task => ({
          port: product.port,
          clients: 1,
          seconds: length,
          shots: [shot],
          headers,
        });
        await drive(task(seconds / 4));
        const first = product.usage();
        const outcome = await drive(task(seconds));
        const last = product.usage();
        if (outcome.failed) throw new Error(`${shot.path}: ${outcome.firstFailure}`);
        whole += outcome.p95;
        if (parts.some((part) => part.list === shot)) lists += outcome.p95;
        lines.push(
          `| GET ${shot.path} | ${Math.round(outcome.done / outcome.seconds)} | ${outcome.p50.toFixed(1)} | ${outcome.p95.toFixed(1)} | ${outcome.p99.toFixed(1)} | ${(((last.server - first.server) * 1000) / outcome.done).toFixed(1)} | ${(((last.database - first.database) * 1000) / outcome.done).toFixed(1)} |`,
        );
        say(`  ${shot.path}: p95 ${outcome.p95.toFixed(1)} ms`);
      }
      lines.push(
        '',
        `My day (the day, my tasks, my messages), the sum of the p95: ${lists.toFixed(1)} ms; target ≤ ${target} ms ${lists <= target ? 'met' : 'NOT met'}. With handovers and counts: ${whole.toFixed(1)} ms. Load average ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores.`,
        '',
      );
    } finally {
      product.stop();
    }
  }
  return lines.join('\n');
}
