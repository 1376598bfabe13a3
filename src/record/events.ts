import { type KindOfData, kindsOfData } from '../access/index.ts';
import type { RecordChange } from './change-feed.ts';
import { enter } from './read/enter.ts';
import { rightsHere } from './read/rights-here.store.ts';
import type { Ctx, PersonCaller, Room } from './room.ts';

const beat = 20_000;
/** Streams of this process, to be ended when the server stops. */
export const openStreams = new Set<() => void>();

/**
 * Hints that someone else wrote to this record: type, kind, act and name, never the content. Rights are asked again at each one, so that a
 * right taken away closes the stream's mouth at once. `stillOpen` gives who the session is now, whose profession may have changed since, and rejects when it has ended.
 */
export async function streamEvents(
  room: Room,
  ctx: Ctx,
  patient: string,
  stillOpen: () => Promise<Ctx>,
): Promise<undefined> {
  await enter(room, ctx.caller, patient);
  const { practitioner, tenant } = ctx.caller;
  ctx.reply.hijack();
  const { raw } = ctx.reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  raw.write('retry: 3000\n\n');
  const say = (event: string, data: unknown) => raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  let closed = false;
  const stop = () => {
    if (closed) return;
    closed = true;
    clearInterval(timer);
    silence();
    openStreams.delete(stop);
    raw.end();
  };
  const end = (reason: string) => {
    if (!closed) say('closed', { reason });
    stop();
  };
  const allowed = async (caller: PersonCaller, kind: KindOfData): Promise<boolean> => {
    const store = room.fhirFor(caller);
    const [read, write] = [await store.sight('read'), await store.sight('write')];
    return store.sql(async (sql) => (await rightsHere(sql, tenant, patient, read, write)).see.has(kind));
  };
  /** The kind of data that changed, where this person may hear of it. */
  const heard = async (change: RecordChange): Promise<KindOfData | null> => {
    // A private note of someone else does not even make a noise.
    if (
      closed ||
      change.actor === `Practitioner/${practitioner}` ||
      change.kind === 'private-notes' ||
      !Object.hasOwn(kindsOfData, change.kind)
    )
      return null;
    const kind = change.kind as KindOfData;
    const now = await stillOpen().catch(() => null);
    if (!now) {
      end('session');
      return null;
    }
    return (await allowed(now.caller, kind)) ? kind : null;
  };
  const tell = async (change: RecordChange) => {
    const kind = await heard(change);
    if (kind)
      say('changed', {
        type: change.type,
        id: change.id,
        kind,
        kindLabel: kindsOfData[kind].fr,
        act: change.deleted ? 'removed' : change.version > 1 ? 'changed' : 'added',
        by: change.actorName,
        at: room.now().toISOString(),
      });
  };
  /** What changed after the page was read and before this stream was open. */
  const tellMissed = async () => {
    for (const { change, ago } of room.feed.recent(tenant, patient))
      if (await heard(change)) {
        say('missed', { ago });
        return;
      }
  };
  // In the order of the changes, whatever a look at the rights takes.
  let told = Promise.resolve();
  const next = (work: () => Promise<void>) => {
    told = told.then(work).catch(() => end('error'));
  };
  const silence = room.feed.listen(tenant, patient, (change) => next(() => tell(change)));
  next(tellMissed);
  const timer = setInterval(() => {
    stillOpen().then(
      () => closed || raw.write(': \n\n'),
      () => end('session'),
    );
  }, beat);
  timer.unref();
  openStreams.add(stop);
  raw.on('close', stop);
  raw.on('error', stop);
  return undefined;
}
