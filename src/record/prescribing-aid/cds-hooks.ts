import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AidCard } from '../contract/prescribing-aid.ts';
import { AidFailure, type AidQuestion, type AidReply, type PrescribingAid } from './port.ts';

/** CDS Hooks 2.0 over HTTP (https://cds-hooks.hl7.org/2.0/): services are discovered, those of the hook are asked, their cards are read. */
const service = z.object({
  id: z.string().regex(/^[A-Za-z0-9._~-]{1,200}$/),
  hook: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  prefetch: z.record(z.string(), z.string()).optional(),
});
const discovery = z.object({ services: z.array(service).max(200) });
const link = z.object({ label: z.string(), url: z.string(), type: z.string().optional() });
const card = z.object({
  summary: z.string().min(1),
  indicator: z.enum(['info', 'warning', 'critical']).catch('info'),
  detail: z.string().optional(),
  source: z.object({ label: z.string(), url: z.string().optional() }),
  links: z.array(link).optional(),
});
const answer = z.object({ cards: z.array(card).max(100) });

const [mostBytes, mostWords] = [1_000_000, 5000];
const discoveredFor = 10 * 60_000;
const safeUrl = (url: string | undefined): string | null =>
  url && /^https:\/\//i.test(url) ? url.slice(0, 1000) : null;
const cut = (text: string): string => text.slice(0, mostWords);

/** `token`: sent as a bearer. `timeout`: of one exchange, in milliseconds. */
export function cdsHooksAid(options: {
  address: string;
  token?: string | undefined;
  timeout?: number;
}): PrescribingAid {
  const address = options.address.replace(/\/+$/, '');
  const timeout = options.timeout ?? 4000;
  let known: { at: number; services: z.infer<typeof service>[] } | null = null;

  async function exchange<T>(path: string, shape: z.ZodType<T>, body?: unknown): Promise<T> {
    const response = await fetch(`${address}${path}`, {
      method: body ? 'POST' : 'GET',
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(options.token && { authorization: `Bearer ${options.token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new AidFailure(
        error instanceof Error && error.name === 'TimeoutError' ? 'délai dépassé' : 'pas de réponse',
      );
    });
    if (!response.ok) throw new AidFailure(`réponse ${response.status}`);
    const text = await limited(response);
    const parsed = shape.safeParse(json(text));
    if (!parsed.success) throw new AidFailure('réponse illisible');
    return parsed.data;
  }
  async function services(): Promise<z.infer<typeof service>[]> {
    if (!known || Date.now() - known.at > discoveredFor)
      known = { at: Date.now(), services: (await exchange('/cds-services', discovery)).services };
    return known.services;
  }
  return {
    address,
    async ask(question) {
      const all = await services();
      // A product that only knows the older hook of the medicines is asked by that one.
      const asked = all.filter(({ hook }) => hook === question.hook);
      const used =
        asked.length > 0
          ? asked
          : all.filter(
              ({ hook }) => hook === 'medication-prescribe' || hook === 'order-sign' || hook === 'order-select',
            );
      if (used.length === 0) throw new AidFailure('aucun service de prescription annoncé');
      const replies = await Promise.all(
        used.map((one) => exchange(`/cds-services/${one.id}`, answer, requestOf(one, question))),
      );
      return {
        product: used[0]!.title ?? used[0]!.id,
        cards: replies.flatMap(({ cards }) => cards.map(cardOf)),
      } satisfies AidReply;
    },
  };
}
async function limited(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new AidFailure('réponse coupée');
    });
    if (done) return Buffer.concat(parts).toString('utf8');
    size += value.length;
    if (size > mostBytes) {
      void reader.cancel();
      throw new AidFailure('réponse trop longue');
    }
    parts.push(value);
  }
}
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AidFailure('réponse illisible');
  }
}
const cardOf = (one: z.infer<typeof card>): AidCard => ({
  summary: cut(one.summary),
  indicator: one.indicator,
  detail: cut(one.detail ?? ''),
  source: cut(one.source.label),
  sourceUrl: safeUrl(one.source.url),
  links: (one.links ?? [])
    .flatMap(({ label, url, type }) =>
      type !== 'smart' && safeUrl(url) ? [{ label: cut(label), url: safeUrl(url)! }] : [],
    )
    .slice(0, 10),
});

const bundle = (resources: readonly unknown[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: resources.length,
  entry: resources.map((resource) => ({ resource })),
});
/** What each prefetch template asks for, by the type it begins with; what we do not hold is left out, as the specification lets a client do. */
function requestOf(one: z.infer<typeof service>, question: AidQuestion): unknown {
  const { known, drafts, patient, hook } = question;
  const prefetch: Record<string, unknown> = {};
  const give = (template: string): unknown => {
    const type = /^([A-Za-z]+)/.exec(template)?.[1];
    if (type === 'Patient') return patient;
    if (type === 'MedicationStatement' || type === 'MedicationRequest')
      return bundle(known.medications.filter(({ resourceType }) => resourceType === type));
    if (type === 'AllergyIntolerance') return bundle(known.allergies);
    if (type === 'Condition') return bundle(known.conditions);
    if (type === 'Observation') return bundle(known.observations);
    return undefined;
  };
  for (const [key, template] of Object.entries(
    one.prefetch ?? {
      patient: 'Patient/{{context.patientId}}',
      requests: 'MedicationRequest',
      statements: 'MedicationStatement',
      allergies: 'AllergyIntolerance',
      conditions: 'Condition',
      observations: 'Observation',
    },
  )) {
    const given = give(template);
    if (given !== undefined) prefetch[key] = given;
  }
  const draftOrders = { resourceType: 'Bundle', type: 'collection', entry: drafts.map((resource) => ({ resource })) };
  const context = {
    userId: 'Practitioner/prescriber',
    patientId: String(patient.id),
    ...(one.hook === 'medication-prescribe' ? { medications: draftOrders } : { draftOrders }),
    ...(one.hook === 'order-select' && { selections: drafts.map(({ id }) => `MedicationRequest/${String(id)}`) }),
  };
  return { hook: one.hook === hook ? hook : one.hook, hookInstance: randomUUID(), context, prefetch };
}
