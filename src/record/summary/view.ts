import { createHash } from 'node:crypto';
import type { Composition } from '@medplum/fhirtypes';
import { type KindOfData, kindsOfData } from '../../access/index.ts';
import type { Stored } from '../../fhir/index.ts';
import { notFound } from '../../platform/index.ts';
import type { Summaries, SummaryLine, SummarySection, SummaryView } from '../contract.ts';
import { dayOf } from '../dates.rules.ts';
import { idOf, loinc } from '../fhir-words.ts';
import { briefOf } from '../identity/patient.rules.ts';
import { givenLines } from '../letters/given.ts';
import { correctionUrl, extensionText } from '../read/labels.ts';
import type { Entered } from '../read/enter.ts';
import { isMedicalSummary, kindOfStored, lineWho, type Reading, statusLabels, statusOf } from '../read/reading.ts';
import { entryOf } from '../write/save.ts';
import { emptyWords, keptOf } from './composition.rules.ts';
import { frozen, gather, isSensitive, linesOf, refOf } from './gather.ts';
import { isOfSection, type Made, type SummarySectionOf, summarySections } from './sections.ts';

/** Who may sign: who may write what a summary says first. The table of rights decides, physicians have it all (SEC-3). */
const toSign: readonly KindOfData[] = ['history', 'allergies', 'treatments', 'documents'];
export const maySign = ({ rights }: Entered): boolean => toSign.every((kind) => rights.add.has(kind));
export const mayWrite = ({ rights }: Entered): boolean => rights.add.has('documents');
const labels = (kinds: readonly KindOfData[]): string[] => kinds.map((kind) => kindsOfData[kind].fr);
export const hiddenOf = ({ rights }: Entered, section: SummarySectionOf): KindOfData[] =>
  section.kinds.filter((kind) => !rights.see.has(kind));

/** Those of this patient, newest first, entered in error too. */
export async function summariesOf(entered: Entered): Promise<Stored<'Composition'>[]> {
  if (!entered.rights.see.has('documents')) return [];
  const { resources } = await entered.store.search('Composition', [
    ['subject', `Patient/${entered.patientId}`],
    ['type', `${loinc}|60591-5`],
    ['_sort', '-date'],
    ['_count', '100'],
  ]);
  await entered.room.directory.learn(entered.store, resources);
  return resources.filter((one) => isMedicalSummary(one.resource));
}
export async function summaryOf(entered: Entered, id: string): Promise<Stored<'Composition'>> {
  const stored = await entryOf(entered, 'Composition', id);
  if (!isMedicalSummary(stored.resource) || kindOfStored(stored) === 'private-notes') throw notFound('Cette synthèse');
  return stored;
}
export const isSigned = (one: Stored<'Composition'>): boolean => ['final', 'amended'].includes(statusOf(one.resource));
/** The one in force. */
export const inForce = (all: readonly Stored<'Composition'>[]): Stored<'Composition'> | undefined => all.find(isSigned);

/** What makes a summary: what the reader sees now, and what stands in those signed. */
export interface Sources {
  all: readonly Stored<'Composition'>[];
  record: readonly Stored[];
}
export const sourcesOf = async (entered: Entered): Promise<Sources> => ({
  all: await summariesOf(entered),
  record: await gather(entered),
});

interface Listed {
  lines: Omit<SummaryLine, 'left' | 'change'>[];
}
async function frozenLines(
  entered: Entered,
  stored: Stored<'Composition'>,
  record: readonly Stored[],
): Promise<Map<string, Listed>> {
  const composition = stored.resource;
  const found = await frozen(entered, composition, new Map(record.map((one) => [refOf(one), one])));
  // Said as on the day it was signed.
  const r: Reading = { ...entered.reading, today: dayOf(composition.date!) };
  return new Map(
    summarySections.map((section) => {
      const kept = keptOf(composition, section.code)
        .entries.flatMap((reference) => found.get(reference) ?? [])
        .filter((one) => isOfSection(section, one.stored));
      const since = new Map(kept.map((one) => [refOf(one.stored), one.since]));
      return [
        section.code,
        {
          lines: section
            .lines(
              r,
              kept.map((one) => one.stored),
            )
            .map((line) => ({ ...line, since: since.get(refOf(line)) ?? null })),
        },
      ];
    }),
  );
}

const key = (line: { type: string; id: string; label: string; fixed: boolean }): string =>
  line.fixed ? line.label : refOf(line);
/** Against the one in force: by entry, or by name where a newer entry says the same thing anew (a measure, a vaccine). */
function changeOf(line: Made, before: Listed | undefined): SummaryLine['change'] {
  if (!before) return null;
  const same = before.lines.find((one) => key(one) === key(line));
  if (same) return same.fixed || (same.version === line.version && same.since === null) ? null : 'changed';
  return before.lines.some((one) => one.label === line.label) ? 'changed' : 'new';
}

/** What a person saw of a draft: a signature is for this and nothing else. */
const sealOf = (sections: readonly SummarySection[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        sections.map((one) => [
          one.code,
          one.lines.filter((line) => !line.left).map((line) => [refOf(line), line.version]),
          one.words.map((words) => [words.by.id, words.text]),
        ]),
      ),
    )
    .digest('base64url');

export async function viewOf(
  entered: Entered,
  stored: Stored<'Composition'>,
  { all, record }: Sources,
): Promise<SummaryView> {
  const composition = stored.resource;
  const { reading: r, caller, room } = entered;
  await room.directory.learn(entered.store, [stored]);
  const status = statusOf(stored.resource);
  const draft = status === 'draft';
  const signed =
    stored.resource.status !== 'entered-in-error'
      ? !draft
      : (composition.section?.some((one) => one.entry?.length || one.emptyReason) ?? false);
  const base = draft ? inForce(all) : undefined;
  const before = base && (await frozenLines(entered, base, record));
  const listed = signed ? await frozenLines(entered, stored, record) : undefined;
  const ordinary = record.filter((one) => !isSensitive(one));
  const updated = new Map(record.map((one) => [refOf(one), one.updated]));
  const sections = summarySections.map((section): SummarySection => {
    const kept = keptOf(composition, section.code);
    const lines = listed
      ? listed.get(section.code)!.lines.map((line): SummaryLine => ({ ...line, left: false, change: null }))
      : linesOf(section, r, ordinary).map(
          (line): SummaryLine => ({
            ...line,
            left: kept.left.includes(refOf(line)),
            change: kept.left.includes(refOf(line)) ? null : changeOf(line, before?.get(section.code)),
            since: null,
          }),
        );
    const words = kept.words.map((one) => ({
      by: r.directory.who(caller, one.by, one.at)!,
      at: one.at,
      text: one.text,
    }));
    const gone =
      before
        ?.get(section.code)
        ?.lines.filter(
          (line) => line.sensitive === null && !lines.some((one) => key(one) === key(line) || one.label === line.label),
        )
        .map(({ label }) => label) ?? [];
    const { verified } = kept;
    const stale =
      verified !== null &&
      draft &&
      (lines.some((line) => !line.left && (updated.get(refOf(line)) ?? '') > verified.at) ||
        words.some((one) => one.at > verified.at));
    return {
      code: section.code,
      title: section.title,
      lines,
      empty: listed ? emptyWords(section, kept) : section.empty,
      hidden: labels(hiddenOf(entered, section)),
      withheld: labels(kept.withheld.filter((kind): kind is KindOfData => Object.hasOwn(kindsOfData, kind))),
      words,
      verified: verified && { by: r.directory.who(caller, verified.by, verified.at)!, at: verified.at, stale },
      gone,
    };
  });
  const follower = all.find((one) => isSigned(one) && replacedBy(one) === stored.id);
  return {
    id: stored.id,
    version: stored.version,
    status,
    statusLabel: statusLabels[status],
    at: composition.date ?? stored.updated,
    who: lineWho(r, stored.resource),
    reason: extensionText(composition, correctionUrl) ?? null,
    corrected: correctionOf(entered, composition),
    given: givenLines(entered, composition),
    replaces: replacedBy(stored) ?? null,
    replacedBy: follower?.id ?? null,
    sections,
    sensitive: draft && maySign(entered) ? sensitiveLines(r, record) : [],
    seal: draft ? sealOf(sections) : '',
  };
}
/** Each who signed attests, the corrections after the signature: the last of several is the last correction. */
function correctionOf({ reading: r, caller }: Entered, { attester = [] }: Composition): SummaryView['corrected'] {
  const last = attester.length > 1 ? attester.at(-1) : undefined;
  const by = last?.party && r.directory.who(caller, last.party, last.time);
  return by && last?.time ? { by, at: last.time } : null;
}
export const replacedBy = (one: Stored<'Composition'>): string | undefined =>
  one.resource.relatesTo?.map(({ targetReference }) => idOf(targetReference, 'Composition')).find(Boolean);
const sensitiveLines = (r: Reading, record: readonly Stored[]): SummaryView['sensitive'] =>
  summarySections.flatMap((section) =>
    linesOf(section, r, record.filter(isSensitive))
      .filter((line) => !line.fixed)
      .map((line) => ({ ...line, left: false, change: null, since: null, section: section.title })),
  );

/** The page of summaries, as this person may read it. */
export async function readSummaries(entered: Entered): Promise<Summaries> {
  const sources = await sourcesOf(entered);
  const { all } = sources;
  const [draft, current] = [all.find((one) => statusOf(one.resource) === 'draft'), inForce(all)];
  const brief = briefOf(entered.patient, entered.reading.today, false);
  return {
    patient: {
      name: brief.name,
      about: [brief.birthName, `${brief.birthDateLabel} (${brief.age})`].filter(Boolean).join(', '),
    },
    canWrite: mayWrite(entered),
    canSign: maySign(entered),
    signWords: maySign(entered)
      ? ''
      : `La signature revient à qui peut écrire ici : ${labels(toSign).join(', ').toLowerCase()}.`,
    draft: draft ? await viewOf(entered, draft, sources) : null,
    current: current ? await viewOf(entered, current, sources) : null,
    earlier: all
      .filter((one) => one !== current && statusOf(one.resource) !== 'draft')
      .map((one) => ({
        id: one.id,
        at: one.resource.date ?? one.updated,
        who: lineWho(entered.reading, one.resource),
        status: statusOf(one.resource),
        statusLabel: isSigned(one) ? 'Remplacé' : statusLabels[statusOf(one.resource)],
      })),
  };
}
