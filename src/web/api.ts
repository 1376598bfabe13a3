import { QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Entry, Reply } from '../platform/http/contract.ts';
import { tied } from '../platform/text/tied.rules.ts';

type Sent<S> = S extends z.ZodType ? z.input<S> : never;
type Part<K extends string, S> = S extends z.ZodType ? { [P in K]: z.input<S> } : { [P in K]?: undefined };
/** What a call needs: only the parts that the entry declares. */
export type Sending<E extends Entry> = Part<'params', E['params']> &
  (Sent<E['query']> extends never ? { query?: undefined } : { query?: Sent<E['query']> }) &
  Part<'body', E['body']>;

/** A refusal of the server (RFC 9457), or of the network (status 0). `message` is French and meant for the person: the one place where sentences of the server come to screens apart from what people typed. */
export class Refusal extends Error {
  readonly status: number;
  readonly title: string;
  readonly fields: Record<string, string>;
  readonly extra: Record<string, unknown>;
  constructor(
    status: number,
    title: string,
    detail: string,
    fields: Record<string, string> = {},
    extra: Record<string, unknown> = {},
  ) {
    super(tied(detail));
    this.status = status;
    this.title = tied(title);
    this.fields = Object.fromEntries(Object.entries(fields).map(([field, words]) => [field, tied(words)]));
    this.extra = extra;
  }
}

let account: string | undefined;
/** Whose pages these are, said with each request: a tab that was left open never acts as the person who came after. */
export const pagesOf = (of: string | undefined) => {
  account = of;
};

/** What every screen must hear about, whoever asked: the session is over, it is locked, the network is gone or back. */
/** `opened`: the same person is in again, and the page stands as it was. `shown-elsewhere`: their session is open in another tab. */
export type Signal = 'lost' | 'locked' | 'opened' | 'shown-elsewhere' | 'offline' | 'online';
const listeners = new Set<(signal: Signal) => void>();
export const signals = {
  say(signal: Signal) {
    for (const listener of listeners) listener(signal);
  },
  listen(listener: (signal: Signal) => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

/** Whether the server answers at all. */
export const isThere = (): Promise<boolean> =>
  fetch('/api/health', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );

const address = (entry: Entry, params: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string => {
  const path = entry.path.replace(/:(\w+)|\*/g, (all, name: string) =>
    all === '*' ? String(params['*'] ?? '') : encodeURIComponent(String(params[name] ?? '')),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    if (Array.isArray(value)) for (const one of value) search.append(name, String(one));
    else search.set(name, String(value));
  }
  return search.size ? `${path}?${search}` : path;
};

/** The address of an entry, for links, frames and event streams. */
export const urlOf = <E extends Entry>(
  entry: E,
  sending: { params?: Record<string, unknown>; query?: Record<string, unknown> } = {},
): string => address(entry, sending.params, sending.query);

/** Names of fields are for programs: on screen each reason stands beside its field. */
const withoutNames = (detail: string | undefined, fields: Record<string, string> = {}): string | undefined =>
  Object.entries(fields).reduce(
    (words, [name, reason]) => words?.replace(`${name} (${reason})`, reason.replace(/\.$/, '')),
    detail,
  );

async function refusalOf(response: Response): Promise<Refusal> {
  const problem = (await response.json().catch(() => ({}))) as {
    title?: string;
    detail?: string;
    fields?: Record<string, string>;
  } & Record<string, unknown>;
  return new Refusal(
    response.status,
    problem.title ?? 'Demande refusée',
    withoutNames(problem.detail, problem.fields) ??
      'Le serveur n’a pas pu répondre. Ce que vous avez saisi est conservé sur cet écran ; réessayez dans un instant.',
    problem.fields,
    problem,
  );
}

const cut = (method: string): Refusal =>
  new Refusal(
    0,
    'Réseau coupé',
    method === 'GET'
      ? 'Le serveur ne répond pas. Ce qui manque ici s’affichera quand le réseau reviendra.'
      : 'Le serveur ne répond pas. Votre saisie est conservée ici ; elle partira quand le réseau reviendra et que vous réessaierez.',
  );
/** How long a read may wait for its whole answer, and a file for its next part, ms: nobody looks at an empty page for longer. A write, a file sent, a stream of events take the time they take. */
const patience = 30_000;
const late = (): Refusal =>
  new Refusal(
    0,
    'Pas de réponse',
    'La réponse n’est pas venue. Le réseau est peut-être très lent, ou le serveur occupé : réessayez dans un instant.',
    {},
    { late: true },
  );
/** A read that ends in words when its answer does not come. */
async function inTime<T>(
  signal: AbortSignal | undefined,
  read: (signal: AbortSignal, goesOn: () => void) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const leave = () => end.abort();
  if (signal?.aborted) leave();
  signal?.addEventListener('abort', leave);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const goesOn = () => {
    clearTimeout(timer);
    timer = setTimeout(leave, patience);
  };
  goesOn();
  try {
    return await read(end.signal, goesOn);
  } catch (error) {
    throw end.signal.aborted && !signal?.aborted ? late() : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}

/** What a reply says. The page by which a network asks to sign in to it is none, nor is a reply cut off on its way. */
async function replyOf(response: Response, method: string, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw error instanceof SyntaxError
      ? new Refusal(
          0,
          'Réponse illisible',
          'Ce n’est pas Estran qui a répondu. Le réseau de ce lieu demande peut-être de s’y connecter : ouvrez une autre page pour le faire, puis réessayez.',
        )
      : cut(method);
  }
}

/** When the server was last found to be away. */
let awaySince = -Infinity;
signals.listen((signal) => {
  if (signal === 'offline') awaySince = performance.now();
});

async function send(url: string, init: RequestInit, quiet = false): Promise<Response> {
  const asked = performance.now();
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    signals.say('offline');
    throw cut(init.method ?? 'GET');
  }
  // What was on its way when the server stopped may still be answered: that is no sign of its return.
  if (asked > awaySince) signals.say('online');
  if (response.ok) return response;
  const refusal = await refusalOf(response);
  if (refusal.status === 401 && !quiet) signals.say(refusal.extra.reason === 'locked' ? 'locked' : 'lost');
  throw refusal;
}

/** Acts on their way. A button pressed twice says one thing: the second press has the answer of the first. */
const underway = new Map<string, Promise<unknown>>();
function shared<T>(key: string, act: () => Promise<T>): Promise<T> {
  const running = (underway.get(key) as Promise<T> | undefined) ?? act().finally(() => underway.delete(key));
  underway.set(key, running);
  return running;
}

/** Calls an entry of a contract. Throws `Refusal`. */
export async function call<const E extends Entry>(
  entry: E,
  ...[sending, options]: Record<string, never> extends Sending<E>
    ? [sending?: Sending<E>, options?: CallOptions]
    : [sending: Sending<E>, options?: CallOptions]
): Promise<Reply<E>> {
  const { params, query, body } = (sending ?? {}) as {
    params?: Record<string, unknown>;
    query?: Record<string, unknown>;
    body?: unknown;
  };
  const headers: Record<string, string> = { accept: 'application/json' };
  if (account) headers['x-estran-account'] = account;
  if (options?.background) headers['x-estran-background'] = '1';
  if (options?.once) headers['x-estran-once'] = options.once;
  let payload: BodyInit | undefined;
  if (body instanceof FormData) payload = body;
  else if (entry.method !== 'GET' && body !== undefined) {
    headers['content-type'] = 'application/json';
    payload = JSON.stringify(body);
  }
  const url = address(entry, params, query);
  const act = async (signal = options?.signal): Promise<Reply<E>> => {
    const response = await send(
      url,
      { method: entry.method, headers, body: payload, signal, keepalive: options?.leaving },
      options?.quiet,
    );
    if (response.status === 204) return undefined as Reply<E>;
    return (await replyOf(response, entry.method, signal)) as Reply<E>;
  };
  if (entry.method === 'GET' || options?.signal) return inTime(options?.signal, act);
  return payload instanceof FormData
    ? act()
    : shared([entry.method, url, payload ?? '', options?.once ?? ''].join('\n'), () => act());
}
export interface CallOptions {
  /** Given by whoever may stop waiting: such a call reads and writes nothing, whatever its method. */
  signal?: AbortSignal;
  /** Do not open the sign-in when the answer is 401: the caller is the sign-in. */
  quiet?: boolean;
  /** Nobody asked for it: it does not keep the session awake. */
  background?: boolean;
  /** Sent even if the page goes meanwhile. */
  leaving?: boolean;
  /** The same words sent again with this are done once: the answer to the first may have been lost on the way. */
  once?: string;
}

/** The bytes of a file, with the session; `body`: what a draft is drawn of. A large one comes slowly, and ends in words only when nothing more of it comes. Throws `Refusal`. */
export function fileOf(url: string, signal: AbortSignal, body?: string): Promise<Blob> {
  const headers: Record<string, string> = account ? { 'x-estran-account': account } : {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  const method = body === undefined ? 'GET' : 'POST';
  return inTime(signal, async (still, goesOn) => {
    const response = await send(url, { method, headers, body, signal: still });
    const parts: BlobPart[] = [];
    const reader = response.body!.getReader();
    try {
      for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
        parts.push(value!);
        goesOn();
      }
    } catch (error) {
      throw still.aborted ? error : cut(method);
    }
    return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
  });
}

/** Sends a file with its fields, telling the share done (0–1). Throws `Refusal`. */
export function upload<E extends Entry>(
  entry: E,
  params: Record<string, unknown>,
  form: FormData,
  onProgress?: (share: number) => void,
): Promise<Reply<E>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(entry.method, address(entry, params));
    request.setRequestHeader('accept', 'application/json');
    if (account) request.setRequestHeader('x-estran-account', account);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total);
    request.onerror = () =>
      reject(
        new Refusal(
          0,
          'Réseau coupé',
          'L’envoi s’est interrompu. Le fichier n’est pas enregistré ; réessayez quand le réseau reviendra.',
        ),
      );
    request.onload = async () => {
      if (request.status < 300)
        return request.responseText
          ? replyOf(new Response(request.responseText), entry.method, undefined).then(
              (reply) => resolve(reply as Reply<E>),
              reject,
            )
          : resolve(undefined as Reply<E>);
      const refusal = await refusalOf(new Response(request.responseText, { status: request.status }));
      if (refusal.status === 401) signals.say('lost');
      reject(refusal);
    };
    request.send(form);
  });
}

/** A read, cached under the entry's path and what was asked. */
export const reading = <const E extends Entry>(entry: E, sending?: Sending<E>) =>
  queryOptions({
    queryKey: [
      entry.path,
      (sending as { params?: unknown })?.params ?? null,
      (sending as { query?: unknown })?.query ?? null,
    ],
    queryFn: ({ signal }): Promise<Reply<E>> =>
      (call as (entry: Entry, sending: unknown, options: CallOptions) => Promise<Reply<E>>)(entry, sending, { signal }),
  });

/** The network, the server or its database is away: what one sees still stands. */
export const isOutage = (error: unknown): boolean =>
  error instanceof Refusal && (error.status === 0 || error.status >= 500);
/** An outage that ends by itself: one asks whether it is over, then reads again. */
export const isAway = (error: unknown): boolean =>
  error instanceof Refusal && !error.extra.late && [0, 502, 503, 504].includes(error.status);

/** What was asked for, as a page sees it. */
export interface Asked {
  data: unknown;
  error: Error | null;
  refetch: () => unknown;
}
/**
 * Why a page cannot be shown, the one way to ask. What it shows already, and what is being typed in it, stands when reading it again fails: the banner tells of it.
 * What may be seen no longer is gone from the cache by then (`closed`), so that its page closes.
 */
export const failureOf = (...asked: readonly Asked[]): Error | null =>
  asked.find(({ data, error }) => error !== null && data === undefined)?.error ?? null;

/** What one may read no longer, or that is there no longer: an outage takes nothing away of what a page shows, this does. */
const closed: ReadonlySet<number> = new Set([403, 404, 410]);

/** How long what was read is shown again without a question, ms; what changes meanwhile is told (web/live.ts). */
export const fresh = 15_000;
export const queries = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      if (error instanceof Refusal && closed.has(error.status)) query.setState({ data: undefined });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: fresh,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => isOutage(error) && !(error as Refusal).extra.late && navigator.onLine && count < 2,
      // Without a network a read says so at once: held back it would be a page that loads for ever.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    // Without a network an act says so at once. Held back to be sent later by itself, it would go with what stood in the form then, and what was typed since would be lost.
    mutations: { retry: false, networkMode: 'always' },
  },
});
