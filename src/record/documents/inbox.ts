import type { z } from 'zod';
import { type Staff, staffOf } from '../../access/index.ts';
import type { ReceivedLine } from '../contract.ts';
import type { documentEntries } from '../contract/wire-documents.ts';
import { documentTypeOf } from '../data/choices.ts';
import { addDays, dateLabel, today } from '../dates.rules.ts';
import { firstCode, normalise } from '../fhir-words.ts';
import { briefsOf } from '../identity/search-patients.ts';
import type { PersonCaller, Room } from '../room.ts';
import { ifThere, keyOf } from '../../fhir/index.ts';
import { noFacts } from './facts.rules.ts';
import { factsOfLab, shownLab } from './lab-file.rules.ts';
import { knownReport } from './lab-results.ts';
import { likeness, type Match } from './match.rules.ts';
import { proposalsOf } from './propose.ts';
import { mine, sorts } from './receive.ts';
import { doneRows, type Received, waitingAmong, waitingRows } from './received.store.ts';
import { mostRecognised } from './scans.store.ts';
import { nearIn, sameAs, type TextRow, textsOf } from './words.store.ts';

const most = 100;
const kept = 7;
const confidences = { sure: 'Concorde', likely: 'Probable', possible: 'À vérifier' } as const;

export async function inboxOf(room: Room, caller: PersonCaller): Promise<z.infer<typeof documentEntries.inbox.reply>> {
  const all = await sorts(room, caller);
  const by = all ? null : caller.practitioner;
  const { waiting, done } = await room.db.tenant(caller.tenant, async (sql) => ({
    waiting: await waitingRows(sql, caller.tenant, by, most + 1),
    done: await doneRows(sql, caller.tenant, by, `${addDays(today(room.now()), -kept)}T00:00:00Z`, 30),
  }));
  const lines = await linesOf(room, caller, all, [...waiting.slice(0, most), ...done]);
  return {
    all,
    waiting: lines.slice(0, Math.min(most, waiting.length)),
    more: waiting.length > most,
    done: lines.slice(Math.min(most, waiting.length)),
  };
}

/** One file, with its proposals as of now; `patient`: against what that record holds already. */
export async function receivedOf(
  room: Room,
  caller: PersonCaller,
  document: string,
  patient?: string,
): Promise<ReceivedLine> {
  const { row, all } = await mine(room, caller, document);
  const fresh =
    row.state === 'waiting' && row.facts && !row.lab
      ? { ...row, facts: { ...row.facts, matches: await matchesNow(room, caller, row) } }
      : row;
  const [line] = await linesOf(room, caller, all, [fresh]);
  const asked = patient ?? (line!.proposals[0]?.confidence === 'sure' ? line!.proposals[0].patient.id : undefined);
  if (row.state !== 'waiting' || !asked) return line!;
  return {
    ...line!,
    alike: [...line!.alike, ...(await earlierIn(room, caller, row, asked))],
    lab: line!.lab && { ...line!.lab, known: await knownReport(room, caller, all, row, asked) },
  };
}
const matchesNow = (room: Room, caller: PersonCaller, row: Received): Promise<Match[]> =>
  room.db.tenant(caller.tenant, async (sql) =>
    proposalsOf(
      sql,
      caller.tenant,
      row.facts!,
      (await textsOf(sql, caller.tenant, [row.document])).get(row.document)?.body ?? '',
      row.name,
    ),
  );

/** A laboratory's file tells who it is about in its head: looked for each time, for those few that wait. */
async function withLab(room: Room, caller: PersonCaller, row: Received): Promise<Received> {
  if (!row.lab || row.state !== 'waiting') return row;
  const { facts, text } = factsOfLab(row.lab, row.name, room.now());
  // Free text tells more than its head.
  if (row.lab.format === 'text')
    return row.facts
      ? {
          ...row,
          facts: {
            ...row.facts,
            code: facts.code,
            day: facts.day ?? row.facts.day,
            author: row.facts.author || facts.author,
          },
        }
      : row;
  return {
    ...row,
    facts: {
      ...facts,
      matches: await room.db.tenant(caller.tenant, (sql) => proposalsOf(sql, caller.tenant, facts, text, row.name)),
    },
  };
}
export async function linesOf(
  room: Room,
  caller: PersonCaller,
  all: boolean,
  given: readonly Received[],
): Promise<ReceivedLine[]> {
  const rows: Received[] = [];
  for (const row of given) rows.push(await withLab(room, caller, row));
  const store = room.fhirFor(caller);
  const texts = await room.db.tenant(caller.tenant, (sql) =>
    textsOf(
      sql,
      caller.tenant,
      rows.map((row) => row.document),
      false,
    ),
  );
  const same = await sameOf(
    room,
    caller,
    all,
    rows.filter((row) => row.state === 'waiting'),
    texts,
  );
  const briefs = await briefsOf(
    store,
    [
      ...rows.flatMap((row) => [...(row.facts?.matches ?? []).map(({ id }) => id), row.patient ?? '']),
      ...[...same.values()].flat().map(({ patient }) => patient ?? ''),
    ].filter(Boolean),
    room.now(),
  );
  const staff = await room.db.tenant(caller.tenant, (sql) => staffOf(sql, caller.tenant));
  return rows.map((row): ReceivedLine => {
    const text = texts.get(row.document);
    const recognition = recognitionOf(text, room.scans?.works ?? false);
    return {
      document: row.document,
      version: row.version,
      name: row.name,
      contentType: row.content_type,
      size: row.size,
      pages: text?.pages ?? null,
      at: new Date(row.at).toISOString(),
      by: row.by_name,
      mine: row.by === caller.practitioner,
      state: row.state,
      lab: row.lab && { ...shownLab(row.lab), known: null },
      reading: isBeingRead(row, text, recognition),
      recognition,
      unreadable: text?.state === 'unreadable',
      proposals:
        row.state === 'waiting'
          ? (row.facts?.matches ?? []).flatMap((match) =>
              briefs.has(match.id) ? [{ patient: briefs.get(match.id)!, ...saidSure(match, recognition) }] : [],
            )
          : [],
      alike: (same.get(row.document) ?? []).map(({ document, kind, words, patient }) => ({
        document,
        kind,
        words,
        patient: (patient && briefs.get(patient)) || null,
      })),
      guess: guessOf(row, staff),
      patient: row.patient ? (briefs.get(row.patient) ?? null) : null,
      doneBy: row.sorted_name,
      doneAt: row.sorted_at ? new Date(row.sorted_at).toISOString() : null,
      reason: row.reason,
    };
  });
}
function isBeingRead(row: Received, text: TextRow | undefined, recognition: Recognition): boolean {
  if (row.state !== 'waiting' || text?.state === 'unreadable') return false;
  // A head that is fields says all that is looked for.
  if (row.lab !== null && row.lab.format !== 'text') return false;
  return row.facts === null || text?.state === 'waiting' || (recognition?.running === true && recognition.done === 0);
}
/** What the form begins with, from what the file says of itself. */
function guessOf({ facts: found, name }: Received, staff: readonly Staff[]): ReceivedLine['guess'] {
  const facts = found ?? noFacts;
  const label = facts.code ? documentTypeOf(facts.code) : undefined;
  const reader = staff.find((one) => one.kind === 'care' && facts.addressees.some((said) => isCalled(one.name, said)));
  return {
    title: label
      ? [label, facts.author.split(', ').at(-1)].filter(Boolean).join(', ')
      : name.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[_-]+/g, ' '),
    documentType: facts.code ?? '34109-9',
    at: facts.day ? dateLabel(facts.day) : '',
    author: facts.author,
    reader: reader?.practitioner ?? null,
  };
}
type Recognition = ReceivedLine['recognition'];
function recognitionOf(text: TextRow | undefined, works: boolean): Recognition {
  if (!text || (text.confidence === null && !(text.state === 'scanned' && works))) return null;
  return {
    done: text.recognised,
    pages: Math.min(text.pages ?? 1, mostRecognised),
    running: text.state === 'scanned' && works,
    confidence: text.confidence === null ? null : Math.round(text.confidence * 100),
  };
}
/** What was recognised is never taken as certain, whatever agrees. */
function saidSure(
  { confidence, reasons }: Match,
  recognition: Recognition,
): Pick<ReceivedLine['proposals'][number], 'confidence' | 'confidenceLabel' | 'reasons'> {
  const said = recognition && confidence === 'sure' ? 'likely' : confidence;
  return {
    confidence: said,
    confidenceLabel: confidences[said],
    reasons: recognition ? [...reasons, 'texte reconnu'] : reasons,
  };
}
/** «kermarrec» or «anne kermarrec» of a letter is Anne Kermarrec of the practice. */
function isCalled(name: string, written: string): boolean {
  const [whole, words] = [normalise(name), written.split(' ')];
  const family = whole.split(' ').slice(1).join(' ');
  return (
    written === whole ||
    written === family ||
    (words.length > 1 && whole.split(' ').every((word) => words.includes(word)))
  );
}

interface Same {
  document: string;
  kind: 'same' | 'same-words';
  words: string;
  patient: string | null;
}
/**
 * Repeats of these files. Who sorts for the practice is told where the same file went, since they hold it; others only of what they put in themselves, or could read in the record.
 */
async function sameOf(
  room: Room,
  caller: PersonCaller,
  all: boolean,
  rows: readonly Received[],
  texts: ReadonlyMap<string, TextRow>,
): Promise<Map<string, Same[]>> {
  const found = new Map<string, Same[]>();
  const store = room.fhirFor(caller);
  for (const row of rows) {
    const text = texts.get(row.document);
    if (!text) continue;
    const { others, waiting } = await room.db.tenant(caller.tenant, async (sql) => {
      const repeats = await sameAs(sql, caller.tenant, row.document, text);
      return {
        others: repeats,
        waiting: await waitingAmong(
          sql,
          caller.tenant,
          repeats.map(({ id }) => id),
        ),
      };
    });
    const lines: Same[] = [];
    for (const other of others) {
      const kind = other.bytes ? 'same' : 'same-words';
      const what = other.bytes ? 'Le même fichier' : 'Un document au texte identique';
      const queued = waiting.get(other.id);
      if (queued && (all || queued.by === caller.practitioner)) {
        // Of two that wait the later one is the repeat.
        if (
          new Date(queued.at) < new Date(row.at) ||
          (queued.at.getTime() === row.at.getTime() && other.id < row.document)
        )
          lines.push({
            document: other.id,
            kind,
            words: `${what} attend déjà d’être classé (${queued.name}).`,
            patient: null,
          });
      } else if (!queued && other.patient && (all || (await ifThere(store.read('DocumentReference', other.id)))))
        lines.push({ document: other.id, kind, words: `${what} est déjà dans ce dossier.`, patient: other.patient });
    }
    if (lines.length > 0) found.set(row.document, lines);
  }
  return found;
}

/** An earlier version of the same report in this record: same day, same author or kind, most of the same words. Read by the house for who sorts; its content is not told. */
async function earlierIn(
  room: Room,
  caller: PersonCaller,
  row: Received,
  patient: string,
): Promise<ReceivedLine['alike']> {
  const facts = row.facts;
  if (!facts?.day) return [];
  const { near, text } = await room.db.tenant(caller.tenant, async (sql) => ({
    near: await nearIn(sql, caller.tenant, String(keyOf(`Patient/${patient}`)), facts.day!, row.document),
    text: (await textsOf(sql, caller.tenant, [row.document])).get(row.document),
  }));
  if (!text || text.body === '') return [];
  const store = room.fhirFor(caller);
  const all = await sorts(room, caller);
  const author = normalise(facts.author);
  const found: ReceivedLine['alike'] = [];
  for (const one of near) {
    const sameHand =
      author !== '' &&
      (one.author.includes(author) ||
        author
          .split(' ')
          .filter((word) => word.length > 3)
          .every((word) => one.author.includes(word) || normalise(one.body).includes(word)));
    if (!(sameHand || one.code === facts.code) || likeness(text.body, one.body) < 0.6) continue;
    const stored = await ifThere(
      (all ? store.asHouse('nouvelle version d’un document reçu') : store).read('DocumentReference', one.id),
    );
    const document = stored?.resource;
    if (document?.status !== 'current') continue;
    found.push({
      document: one.id,
      kind: 'earlier',
      words: `Ce dossier contient déjà un document presque identique : ${documentTypeOf(firstCode(document.type) ?? '') ?? 'document'} du ${dateLabel(document.date)}.`,
      patient: null,
    });
  }
  return found.slice(0, 3);
}
